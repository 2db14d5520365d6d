/** Leads a webview's request to the lab through the same checks as the language server. */
import type { Lab } from "../../server/src/lab/contract.js";
import { readPutBookmark, readRemoveBookmark } from "../../server/src/lsp/bookmark-params.js";
import * as readDiagrams from "../../server/src/lsp/diagram-params.js";
import { checkFields, type Fields } from "../../server/src/lsp/fields.js";
import * as history from "../../server/src/lsp/history-params.js";
import * as read from "../../server/src/lsp/lab-params.js";
import { readEntry, readLiveMessage } from "../../server/src/lsp/message-params.js";
import * as readRun from "../../server/src/lsp/run-params.js";

/** Answers a request; what is wrong with its parameters is a failure, as it is over the wire. */
export async function readLabRequest(lab: Lab, method: string, params: unknown): Promise<unknown> {
  const { signal } = new AbortController();
  const serve = async <P>(reader: (fields: Fields) => P, call: (checked: P) => Promise<unknown>): Promise<unknown> => {
    const checked = checkFields(method, params, reader);
    return checked.ok ? call(checked.value) : { ok: false, message: checked.message };
  };
  switch (method) {
    case "raftlab/session/open":
      return serve(read.readSession, (p) => lab.openSession(p, { signal, onProgress: () => undefined }));
    case "raftlab/cursor/move":
      return serve(read.readMoveCursor, (p) => lab.moveCursor(p));
    case "raftlab/view/cluster":
      return serve(read.readClusterView, (p) => lab.clusterView(p, signal));
    case "raftlab/view/timeline":
      return serve(read.readTimeline, (p) => lab.timeline(p, signal));
    case "raftlab/notes":
      return serve(read.readSession, (p) => lab.notes(p, signal));
    case "raftlab/bookmarks":
      return serve(read.readSession, (p) => lab.bookmarks(p));
    case "raftlab/bookmarks/put":
      return serve(readPutBookmark, (p) => lab.putBookmark(p));
    case "raftlab/bookmarks/remove":
      return serve(readRemoveBookmark, (p) => lab.removeBookmark(p));
    case "raftlab/view/diagram":
      return serve(readDiagrams.readDiagram, (p) => lab.diagram(p, signal));
    case "raftlab/view/diagramRows":
      return serve(readDiagrams.readDiagramRows, (p) => lab.diagramRows(p, signal));
    case "raftlab/view/diagramPlace":
      return serve(readDiagrams.readDiagramPlace, (p) => lab.diagramPlace(p, signal));
    case "raftlab/view/diagramFind":
      return serve(readDiagrams.readDiagramFind, (p) => lab.diagramFind(p, signal));
    case "raftlab/view/diagramOverview":
      return serve(readDiagrams.readDiagramOverview, (p) => lab.diagramOverview(p, signal));
    case "raftlab/view/history":
      return serve(history.readHistory, (p) => lab.history(p, signal));
    case "raftlab/view/historyRows":
      return serve(history.readHistoryRows, (p) => lab.historyRows(p, signal));
    case "raftlab/view/historyOperation":
      return serve(history.readHistoryOperation, (p) => lab.historyOperation(p, signal));
    case "raftlab/view/historyCheck":
      return serve(history.readHistoryCheck, (p) => lab.historyCheck(p, signal));
    case "raftlab/why":
      return serve(read.readWhy, (p) => lab.why(p, signal));
    case "raftlab/events":
      return serve(read.readEvents, (p) => lab.events(p, signal));
    case "raftlab/live/start":
      return serve(read.readLiveStart, () => lab.startLive({ source: null }));
    case "raftlab/live/control":
      return serve(read.readLiveControl, (p) => lab.controlLive(p));
    case "raftlab/live/act":
      return serve(read.readLiveAct, (p) => lab.act(p, signal));
    case "raftlab/sessions":
      return { ok: true, ...(await lab.sessions()) };
    case "raftlab/view/comparison":
      return serve(readRun.readComparison, (p) => lab.comparison(p, signal));
    case "raftlab/view/milestones":
      return serve(readRun.readMilestones, (p) => lab.milestones(p, signal));
    case "raftlab/entry":
      return serve(readEntry, (p) => lab.entry(p, signal));
    case "raftlab/live/message":
      return serve(readLiveMessage, (p) => lab.actOnMessage(p, signal));
    case "raftlab/live/branch":
      return serve(read.readBranch, (p) => lab.branchLive(p, signal));
    default:
      return { ok: false, message: `${method} is not for webviews` };
  }
}
