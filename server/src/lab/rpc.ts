/**
 * The calls between the lab and its worker: requests with an id, answered once, with progress in between; and
 * events. Both ends are ours and of one version, so shapes are typed here and not validated again.
 */

import type { comparisonRequest, milestonesRequest } from "../protocol/comparison.js";
import type {
  diagramFindRequest,
  diagramOverviewRequest,
  diagramPlaceRequest,
  diagramRowsRequest,
} from "../protocol/diagram-rows.js";
import type { RunSource, reportRequest } from "../protocol/exports.js";
import type {
  historyCheckRequest,
  historyOperationRequest,
  historyRequest,
  historyRowsRequest,
} from "../protocol/history-view.js";
import type { notesRequest } from "../protocol/lecture.js";
import type { entryRequest } from "../protocol/log-entry.js";
import type { liveMessageRequest } from "../protocol/messages-under-way.js";
import type {
  clusterViewRequest,
  diagramRequest,
  eventOfLineRequest,
  eventsRequest,
  Failure,
  keyHistoryRequest,
  keysRequest,
  liveActRequest,
  liveCheckRequest,
  liveControlRequest,
  liveNamesRequest,
  liveSaveRequest,
  moveCursorRequest,
  Outcome,
  timelineRequest,
  watchesRequest,
  whyQuestionsRequest,
  whyRequest,
} from "../protocol/requests.js";
import type { compareRequest, tracePageRequest } from "../protocol/runs.js";
import type { EventId, RunResult, SessionId, SessionInfo } from "../protocol/session.js";
import type { LabEvent, LabSettings, ParamsOf, ResultOf, RunProgress } from "./contract.js";
import type { LivePlace, SessionRecord } from "./record.js";
import type { Standing } from "./run-source.js";

/** A session in the worker's memory; `result` for a run that has finished. */
export type Opened = Outcome<{ readonly session: SessionInfo; readonly result: RunResult | null }>;

/** What the worker does, by name: parameters and result. */
export interface WorkerCalls {
  /** Runs the record's scenario from its beginning, after the runs asked for before; keeps the session open. */
  readonly run: {
    readonly params: SessionRecord;
    readonly result: Outcome<{ session: SessionInfo; result: RunResult }>;
  };
  /**
   * Brings a kept run back: to its end, or to where it was cancelled. Does not wait for runs under way. `announce`: its
   * end is told as a run's end is.
   */
  readonly reopen: {
    readonly params: { readonly record: SessionRecord; readonly announce: boolean };
    readonly result: Opened;
  };
  /** Opens a live cluster, brought back to the record's place; `exact`: it gave the same trace again. */
  readonly live: {
    readonly params: SessionRecord;
    readonly result: Outcome<{ session: SessionInfo; result: null; exact: boolean }>;
  };
  /** How an open session stands now. */
  readonly describe: { readonly params: { readonly sessionId: SessionId }; readonly result: Opened };
  readonly close: { readonly params: { readonly sessionId: SessionId }; readonly result: Outcome<object> };
  /** Tells the places of all live sessions, so that nothing is lost when the worker ends. */
  readonly places: { readonly params: Record<string, never>; readonly result: Outcome<object> };
  readonly control: {
    readonly params: ParamsOf<typeof liveControlRequest>;
    readonly result: ResultOf<typeof liveControlRequest>;
  };
  readonly act: { readonly params: ParamsOf<typeof liveActRequest>; readonly result: ResultOf<typeof liveActRequest> };
  readonly actOnMessage: {
    readonly params: ParamsOf<typeof liveMessageRequest>;
    readonly result: ResultOf<typeof liveMessageRequest>;
  };
  readonly liveNames: {
    readonly params: ParamsOf<typeof liveNamesRequest>;
    readonly result: ResultOf<typeof liveNamesRequest>;
  };
  readonly checkStep: {
    readonly params: ParamsOf<typeof liveCheckRequest>;
    readonly result: ResultOf<typeof liveCheckRequest>;
  };
  readonly saveLive: {
    readonly params: ParamsOf<typeof liveSaveRequest>;
    readonly result: ResultOf<typeof liveSaveRequest>;
  };
  /** How an open session stands now, and what its trace is: what its source needs. `live`: of a live session. */
  readonly standing: {
    readonly params: { readonly sessionId: SessionId };
    readonly result: Outcome<Standing>;
  };
  readonly report: {
    readonly params: { readonly sessionId: SessionId; readonly source: RunSource };
    readonly result: ResultOf<typeof reportRequest>;
  };
  /** Where a live session stood at an event (`null`: at its cursor). */
  readonly placeOf: {
    readonly params: { readonly sessionId: SessionId; readonly eventId: EventId | null };
    readonly result: Outcome<{ readonly place: LivePlace; readonly eventId: EventId }>;
  };
  readonly moveCursor: {
    readonly params: ParamsOf<typeof moveCursorRequest>;
    readonly result: ResultOf<typeof moveCursorRequest>;
  };
  readonly eventOfLine: {
    readonly params: ParamsOf<typeof eventOfLineRequest>;
    readonly result: ResultOf<typeof eventOfLineRequest>;
  };
  readonly clusterView: {
    readonly params: ParamsOf<typeof clusterViewRequest>;
    readonly result: ResultOf<typeof clusterViewRequest>;
  };
  readonly notes: { readonly params: ParamsOf<typeof notesRequest>; readonly result: ResultOf<typeof notesRequest> };
  readonly entry: { readonly params: ParamsOf<typeof entryRequest>; readonly result: ResultOf<typeof entryRequest> };
  readonly timeline: {
    readonly params: ParamsOf<typeof timelineRequest>;
    readonly result: ResultOf<typeof timelineRequest>;
  };
  readonly diagram: {
    readonly params: ParamsOf<typeof diagramRequest>;
    readonly result: ResultOf<typeof diagramRequest>;
  };
  readonly diagramRows: {
    readonly params: ParamsOf<typeof diagramRowsRequest>;
    readonly result: ResultOf<typeof diagramRowsRequest>;
  };
  readonly diagramPlace: {
    readonly params: ParamsOf<typeof diagramPlaceRequest>;
    readonly result: ResultOf<typeof diagramPlaceRequest>;
  };
  readonly diagramFind: {
    readonly params: ParamsOf<typeof diagramFindRequest>;
    readonly result: ResultOf<typeof diagramFindRequest>;
  };
  readonly diagramOverview: {
    readonly params: ParamsOf<typeof diagramOverviewRequest>;
    readonly result: ResultOf<typeof diagramOverviewRequest>;
  };
  readonly why: { readonly params: ParamsOf<typeof whyRequest>; readonly result: ResultOf<typeof whyRequest> };
  readonly whyQuestions: {
    readonly params: ParamsOf<typeof whyQuestionsRequest>;
    readonly result: ResultOf<typeof whyQuestionsRequest>;
  };
  readonly events: { readonly params: ParamsOf<typeof eventsRequest>; readonly result: ResultOf<typeof eventsRequest> };
  readonly keys: { readonly params: ParamsOf<typeof keysRequest>; readonly result: ResultOf<typeof keysRequest> };
  readonly keyHistory: {
    readonly params: ParamsOf<typeof keyHistoryRequest>;
    readonly result: ResultOf<typeof keyHistoryRequest>;
  };
  readonly watches: {
    readonly params: ParamsOf<typeof watchesRequest>;
    readonly result: ResultOf<typeof watchesRequest>;
  };
  readonly history: {
    readonly params: ParamsOf<typeof historyRequest>;
    readonly result: ResultOf<typeof historyRequest>;
  };
  readonly historyRows: {
    readonly params: ParamsOf<typeof historyRowsRequest>;
    readonly result: ResultOf<typeof historyRowsRequest>;
  };
  readonly historyOperation: {
    readonly params: ParamsOf<typeof historyOperationRequest>;
    readonly result: ResultOf<typeof historyOperationRequest>;
  };
  readonly historyCheck: {
    readonly params: ParamsOf<typeof historyCheckRequest>;
    readonly result: ResultOf<typeof historyCheckRequest>;
  };
  readonly narration: {
    readonly params: { readonly sessionId: SessionId };
    readonly result: Outcome<{ readonly lines: readonly string[] }>;
  };
  /** Both must be open. */
  readonly compare: {
    readonly params: ParamsOf<typeof compareRequest>;
    readonly result: ResultOf<typeof compareRequest>;
  };
  /** Both must be open. */
  readonly comparison: {
    readonly params: ParamsOf<typeof comparisonRequest>;
    readonly result: ResultOf<typeof comparisonRequest>;
  };
  /** Both must be open. */
  readonly milestones: {
    readonly params: ParamsOf<typeof milestonesRequest>;
    readonly result: ResultOf<typeof milestonesRequest>;
  };
  readonly tracePage: {
    readonly params: ParamsOf<typeof tracePageRequest>;
    readonly result: ResultOf<typeof tracePageRequest>;
  };
}

/** The name of a call. */
export type CallName = keyof WorkerCalls;

/** The answer to a call about a session that is not, or no longer, in the worker's memory: between worker and lab, nobody reads it. */
export const NOT_OPEN = "This session is not open. Open it again from the Runs view.";

/** What every answer of the worker may be instead: a failure in words. */
export type Answer<N extends CallName> = WorkerCalls[N]["result"] | Failure;

/** To the worker. */
export type ToWorker =
  | {
      readonly [name in CallName]: {
        readonly kind: "call";
        readonly id: number;
        readonly name: name;
        readonly params: WorkerCalls[name]["params"];
      };
    }[CallName]
  | { readonly kind: "abort"; readonly id: number }
  | { readonly kind: "limits"; readonly limits: Limits }
  /** Answered by `pong` as soon as the worker comes back to its event loop. */
  | { readonly kind: "ping" };

/** How far simulations may go. */
export type Limits = Pick<LabSettings, "maxEvents" | "maxSeconds">;

/** What the worker tells unasked. */
export type WorkerEvent =
  | Exclude<LabEvent, { readonly kind: "store-message" | "session-deleted" | "simulation" }>
  /** A live session moved on: what the store should know. At most once a second, and after every step. */
  | {
      readonly kind: "live-place";
      readonly sessionId: SessionId;
      readonly info: SessionInfo;
      readonly place: LivePlace;
    };

/** From the worker. */
export type FromWorker =
  | { readonly kind: "pong" }
  | { readonly kind: "result"; readonly id: number; readonly value: unknown }
  | { readonly kind: "error"; readonly id: number; readonly message: string }
  | { readonly kind: "progress"; readonly id: number; readonly progress: RunProgress }
  | { readonly kind: "event"; readonly event: WorkerEvent };
