/**
 * Wires the requests of `protocol/requests.ts` to the lab: parameters checked, cancellation and progress
 * passed on, defects logged and answered as failures. Nothing here waits for a simulation other than the asker.
 */

import type { CancellationToken, Connection, WorkDoneProgressReporter } from "vscode-languageserver";
import type { Lab, RunControl, RunProgress, Source } from "../lab/contract.js";
import * as bookmarks from "../protocol/bookmarks.js";
import * as comparison from "../protocol/comparison.js";
import * as diagrams from "../protocol/diagram-rows.js";
import * as exports from "../protocol/exports.js";
import * as history from "../protocol/history-view.js";
import { notesRequest } from "../protocol/lecture.js";
import { entryRequest } from "../protocol/log-entry.js";
import { liveMessageRequest } from "../protocol/messages-under-way.js";
import type { Failure, RequestDefinition } from "../protocol/requests.js";
import * as protocol from "../protocol/requests.js";
import * as runs from "../protocol/runs.js";
import { answering, signalOf } from "./answering.js";
import * as bookmarkParams from "./bookmark-params.js";
import * as diagramParams from "./diagram-params.js";
import { type Fields, given } from "./fields.js";
import * as historyParams from "./history-params.js";
import type { ReadResult } from "./host.js";
import type { LabAccess } from "./lab-access.js";
import * as params from "./lab-params.js";
import type { Log } from "./log.js";
import { readEntry, readLiveMessage } from "./message-params.js";
import * as runParams from "./run-params.js";
import { stepKinds } from "./step-kinds.js";
import { readWhyQuestions } from "./why-params.js";

/** What the requests need besides the lab. */
export interface LabRequestServices {
  readonly connection: Connection;
  readonly lab: LabAccess;
  readonly log: Log;
  /** The text of a document as the person sees it: the open one, else from where it is kept. */
  readonly readText: (uri: string) => Promise<ReadResult>;
  /** Answers `raftlab/scenarios`, which needs no lab. */
  readonly scenarios: (uri: string, text: string) => readonly { title: string; line: number; runnable: boolean }[];
}

/** Registers all requests beyond the Language Server Protocol. */
export function registerLabRequests(services: LabRequestServices): void {
  const { connection, lab, log, readText } = services;

  const on = answering(connection, log);

  /** A request that the lab answers with no more than the parameters and, where it may take long, a signal. */
  function onLab<P, R>(
    definition: RequestDefinition<P, R>,
    read: (fields: Fields) => P,
    answer: (lab: Lab, params: P, signal: AbortSignal) => Promise<R>,
  ): void {
    on(definition, read, async (p, token) => answer(await lab.get(), p, signalOf(token)));
  }

  on(protocol.runRequest, params.readRun, async (p, token) => {
    // Of a text that was run before the lab has the words, also where the document is gone.
    const kept = { ok: true, source: { uri: p.uri, text: "" } } as const;
    const source = p.textOf === undefined ? await sourceOf(readText, p.uri) : kept;
    if (!source.ok) return source;
    const progress = connection.window.attachWorkDoneProgress(p.workDoneToken);
    return withProgress(progress, p.scenario, token, async (control) =>
      (await lab.get()).run(
        {
          source: source.source,
          scenario: p.scenario,
          ...given("seed", p.seed),
          ...given("settings", p.settings),
          ...given("textOf", p.textOf),
        },
        control,
      ),
    );
  });
  on(protocol.scenariosRequest, params.readScenarios, async ({ uri }) => {
    const read = await readText(uri);
    return read.ok ? { ok: true, scenarios: services.scenarios(uri, read.text) } : read;
  });
  on(protocol.liveStartRequest, params.readLiveStart, async (p) => {
    if (p.uri === undefined) return (await lab.get()).startLive({ source: null, ...given("seed", p.seed) });
    const source = await sourceOf(readText, p.uri);
    if (!source.ok) return source;
    const asked = { source: source.source, ...given("scenario", p.scenario), ...given("seed", p.seed) };
    return (await lab.get()).startLive(asked);
  });
  on(protocol.openSessionRequest, params.readSession, (p, token) =>
    withProgress(null, "", token, async (control) => (await lab.get()).openSession(p, control)),
  );
  // A list has no form for a failure: an empty one would say that everything is lost, so this one may reject.
  connection.onRequest(protocol.sessionsRequest.method, async () => {
    try {
      return await (await lab.get()).sessions();
    } catch (error) {
      log.failed(protocol.sessionsRequest.method, error);
      throw error;
    }
  });
  onLab(protocol.liveControlRequest, params.readLiveControl, (l, p) => l.controlLive(p));
  onLab(protocol.liveActRequest, params.readLiveAct, (l, p, signal) => l.act(p, signal));
  onLab(liveMessageRequest, readLiveMessage, (l, p, signal) => l.actOnMessage(p, signal));
  onLab(protocol.liveNamesRequest, params.readSession, (l, p) => l.liveNames(p));
  onLab(protocol.liveCheckRequest, params.readLiveAct, (l, p) => l.checkStep(p));
  onLab(protocol.liveSaveRequest, params.readSession, (l, p, signal) => l.saveLive(p, signal));
  onLab(protocol.liveBranchRequest, params.readBranch, (l, p, signal) => l.branchLive(p, signal));
  connection.onRequest(protocol.stepKindsRequest.method, () => ({ kinds: stepKinds() }));
  onLab(protocol.deleteSessionRequest, params.readSession, (l, p) => l.deleteSession(p));
  onLab(protocol.moveCursorRequest, params.readMoveCursor, (l, p) => l.moveCursor(p));
  onLab(protocol.eventOfLineRequest, params.readEventOfLine, (l, p) => l.eventOfLine(p));
  onLab(protocol.clusterViewRequest, params.readClusterView, (l, p, signal) => l.clusterView(p, signal));
  onLab(bookmarks.bookmarksRequest, params.readSession, (l, p) => l.bookmarks(p));
  onLab(
    bookmarks.allBookmarksRequest,
    () => ({}),
    (l) => l.allBookmarks(),
  );
  onLab(bookmarks.putBookmarkRequest, bookmarkParams.readPutBookmark, (l, p) => l.putBookmark(p));
  onLab(bookmarks.removeBookmarkRequest, bookmarkParams.readRemoveBookmark, (l, p) => l.removeBookmark(p));
  onLab(notesRequest, params.readSession, (l, p, signal) => l.notes(p, signal));
  onLab(entryRequest, readEntry, (l, p, signal) => l.entry(p, signal));
  onLab(protocol.timelineRequest, params.readTimeline, (l, p, signal) => l.timeline(p, signal));
  onLab(protocol.diagramRequest, diagramParams.readDiagram, (l, p, signal) => l.diagram(p, signal));
  onLab(diagrams.diagramRowsRequest, diagramParams.readDiagramRows, (l, p, signal) => l.diagramRows(p, signal));
  onLab(diagrams.diagramPlaceRequest, diagramParams.readDiagramPlace, (l, p, signal) => l.diagramPlace(p, signal));
  onLab(diagrams.diagramFindRequest, diagramParams.readDiagramFind, (l, p, signal) => l.diagramFind(p, signal));
  onLab(diagrams.diagramOverviewRequest, diagramParams.readDiagramOverview, (l, p, signal) =>
    l.diagramOverview(p, signal),
  );
  onLab(protocol.whyRequest, params.readWhy, (l, p, signal) => l.why(p, signal));
  onLab(protocol.whyQuestionsRequest, readWhyQuestions, (l, p, signal) => l.whyQuestions(p, signal));
  onLab(protocol.eventsRequest, params.readEvents, (l, p, signal) => l.events(p, signal));
  onLab(protocol.keysRequest, params.readKeys, (l, p, signal) => l.keys(p, signal));
  onLab(protocol.keyHistoryRequest, params.readKeyHistory, (l, p, signal) => l.keyHistory(p, signal));
  onLab(protocol.watchesRequest, params.readWatches, (l, p, signal) => l.watches(p, signal));
  onLab(history.historyRequest, historyParams.readHistory, (l, p, signal) => l.history(p, signal));
  onLab(history.historyRowsRequest, historyParams.readHistoryRows, (l, p, signal) => l.historyRows(p, signal));
  onLab(history.historyOperationRequest, historyParams.readHistoryOperation, (l, p, signal) =>
    l.historyOperation(p, signal),
  );
  onLab(history.historyCheckRequest, historyParams.readHistoryCheck, (l, p, signal) => l.historyCheck(p, signal));
  onLab(exports.runSourceRequest, params.readSession, (l, p, signal) => l.runSource(p, signal));
  onLab(exports.reportRequest, params.readSession, (l, p, signal) => l.report(p, signal));
  onLab(runs.compareRequest, runParams.readCompare, (l, p, signal) => l.compare(p, signal));
  onLab(comparison.comparisonRequest, runParams.readComparison, (l, p, signal) => l.comparison(p, signal));
  onLab(comparison.milestonesRequest, runParams.readMilestones, (l, p, signal) => l.milestones(p, signal));
  onLab(comparison.runSettingsRequest, runParams.readRunSettings, (l, p) => l.runSettings(p));
  onLab(runs.tracePageRequest, runParams.readTracePage, (l, p, signal) => l.tracePage(p, signal));
}

async function sourceOf(
  readText: (uri: string) => Promise<ReadResult>,
  uri: string,
): Promise<{ readonly ok: true; readonly source: Source } | Failure> {
  const read = await readText(uri);
  return read.ok ? { ok: true, source: { uri, text: read.text } } : read;
}

async function withProgress<T>(
  reporter: WorkDoneProgressReporter | null,
  title: string,
  token: CancellationToken,
  work: (control: RunControl) => Promise<T>,
): Promise<T> {
  reporter?.begin(title, 0, undefined, true);
  try {
    return await work({ signal: signalOf(token), onProgress: (progress) => report(reporter, progress) });
  } finally {
    reporter?.done();
  }
}

function report(reporter: WorkDoneProgressReporter | null, progress: RunProgress): void {
  if (progress.fraction === null) reporter?.report(progress.message);
  else reporter?.report(Math.round(100 * progress.fraction), progress.message);
}
