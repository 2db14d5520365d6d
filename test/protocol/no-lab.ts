/** A lab that answers every request with the same refusal: what tests do not replace. */
import type { CreateLab, Lab } from "../../server/src/lab/contract.js";
import type { Failure } from "../../server/src/protocol/requests.js";

/** Makes a lab that refuses everything for the reason. */
export function createNoLab(reason: string): CreateLab {
  const failure: Failure = { ok: false, message: reason };
  const refuse = async (): Promise<Failure> => failure;
  const lab: Lab = {
    run: refuse,
    startLive: refuse,
    controlLive: refuse,
    entry: refuse,
    act: refuse,
    actOnMessage: refuse,
    sessions: async () => ({ sessions: [] }),
    openSession: refuse,
    deleteSession: refuse,
    moveCursor: refuse,
    eventOfLine: refuse,
    bookmarks: refuse,
    allBookmarks: refuse,
    putBookmark: refuse,
    removeBookmark: refuse,
    notes: refuse,
    clusterView: refuse,
    timeline: refuse,
    diagram: refuse,
    diagramRows: refuse,
    diagramPlace: refuse,
    diagramFind: refuse,
    diagramOverview: refuse,
    why: refuse,
    whyQuestions: refuse,
    events: refuse,
    keys: refuse,
    keyHistory: refuse,
    watches: refuse,
    history: refuse,
    historyRows: refuse,
    historyOperation: refuse,
    historyCheck: refuse,
    narration: refuse,
    compare: refuse,
    comparison: refuse,
    milestones: refuse,
    runSettings: refuse,
    tracePage: refuse,
    runSource: refuse,
    report: refuse,
    liveNames: refuse,
    checkStep: refuse,
    configure: () => undefined,
    saveLive: refuse,
    branchLive: refuse,
    onEvent: () => () => undefined,
    dispose: async () => undefined,
  };
  return async () => lab;
}
