/**
 * What the lab offers to whoever serves a person: the language server, the command line, tests. Each method
 * mirrors one request of `protocol/requests.ts`; what differs is said at the method.
 *
 * Obligations of an implementation:
 * - No method blocks its caller: simulation happens in a worker, in bounded slices.
 * - What a person can cause (an unknown session, a text with errors, a step that does not check) is a
 *   {@link Failure} with clear words. A rejected promise is a defect: the server logs it with its context and
 *   tells the person that something went wrong.
 * - Parameters have been validated for shape by the caller; that names and numbers mean something is for the lab
 *   to check.
 * - Events are sent in the order in which things happened, never from within the call that caused them before
 *   that call's promise exists; a listener's exception hurts neither the lab nor other listeners.
 */
import type { Messages } from "../l10n/text.js";
import type {
  allBookmarksRequest,
  Bookmark,
  bookmarksRequest,
  putBookmarkRequest,
  removeBookmarkRequest,
} from "../protocol/bookmarks.js";
import type { comparisonRequest, milestonesRequest, runSettingsRequest } from "../protocol/comparison.js";
import type {
  diagramFindRequest,
  diagramOverviewRequest,
  diagramPlaceRequest,
  diagramRowsRequest,
} from "../protocol/diagram-rows.js";
import type { reportRequest, runSourceRequest } from "../protocol/exports.js";
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
  deleteSessionRequest,
  diagramRequest,
  eventOfLineRequest,
  eventsRequest,
  keyHistoryRequest,
  keysRequest,
  liveActRequest,
  liveBranchRequest,
  liveCheckRequest,
  liveControlRequest,
  liveNamesRequest,
  liveSaveRequest,
  moveCursorRequest,
  NotificationDefinition,
  Outcome,
  openSessionRequest,
  RequestDefinition,
  sessionsRequest,
  timelineRequest,
  watchesRequest,
  whyQuestionsRequest,
  whyRequest,
} from "../protocol/requests.js";
import type { compareRequest, tracePageRequest } from "../protocol/runs.js";
import type { EventId, RunResult, SessionId, SessionInfo, StepOutcome, ViolationInfo } from "../protocol/session.js";

/** The parameters of a request or notification of the protocol. */
export type ParamsOf<D> =
  D extends RequestDefinition<infer P, unknown> ? P : D extends NotificationDefinition<infer P> ? P : never;

/** The result of a request of the protocol. */
export type ResultOf<D> = D extends RequestDefinition<unknown, infer R> ? R : never;

/** A scenario file as the lab gets it: the text as it stood when the person asked, saved or not. */
export interface Source {
  /** Document URI; sessions carry it. */
  readonly uri: string;
  readonly text: string;
}

/** How far a run is. */
export interface RunProgress {
  /** Virtual time reached, microseconds. */
  readonly timeUs: number;
  /** Events so far. */
  readonly events: number;
  /** From 0 to 1 where the end is known, otherwise `null`. */
  readonly fraction: number | null;
  /** What is being done, for people: `line 14: await leader`. */
  readonly message: string;
}

/** How a caller follows and ends long work. */
export interface RunControl {
  /** Aborting ends the run within one slice: its session becomes `cancelled`, the answer a failure that says so. */
  readonly signal: AbortSignal;
  /** Called at most 10 times a second. */
  readonly onProgress: (progress: RunProgress) => void;
}

/** What happened in the lab, as the notifications of `protocol/requests.ts` pass it on. */
export type LabEvent =
  | { readonly kind: "session-changed"; readonly session: SessionInfo }
  | { readonly kind: "session-deleted"; readonly sessionId: SessionId }
  | {
      readonly kind: "cursor-changed";
      readonly sessionId: SessionId;
      readonly cursor: EventId | null;
      readonly line: number | null;
    }
  | {
      readonly kind: "run-ended";
      readonly session: SessionInfo;
      readonly violations: readonly ViolationInfo[];
      readonly steps: readonly StepOutcome[];
      /** The text that ran: the server shows outcomes on a line only while that line is unchanged. */
      readonly source: Source;
    }
  | {
      readonly kind: "watch-event";
      readonly sessionId: SessionId;
      readonly watch: string;
      readonly timeUs: number;
      readonly text: string;
    }
  | { readonly kind: "bookmarks-changed"; readonly sessionId: SessionId; readonly bookmarks: readonly Bookmark[] }
  | { readonly kind: "store-message"; readonly message: string }
  /** How the simulation is: told while it is at work, and when it comes to rest. `load` from 0 to 1; `trouble` for people. */
  | { readonly kind: "simulation"; readonly load: number; readonly trouble: string | null };

/** What a person's settings say about the lab; each holds from the next run, live cluster or session on. */
export interface LabSettings {
  /** Events that a run or a live cluster may record. */
  readonly maxEvents: number;
  /** Real time that a run may take, in seconds of simulation. */
  readonly maxSeconds: number;
  /** Virtual seconds per real second at which a new live cluster begins. */
  readonly pace: number;
  /** Sessions kept; the oldest beyond it are forgotten. */
  readonly keep: number;
}

/** What holds when nobody says otherwise: as the manifest's defaults. */
export const DEFAULT_LAB_SETTINGS: LabSettings = { maxEvents: 3_000_000, maxSeconds: 600, pace: 0.1, keep: 200 };

/** Runs and live clusters as a person handles them. */
export interface Lab {
  /** `raftlab/run`. The source is checked by the lab: errors in the asked scenario are a failure that quotes the first. */
  run(
    params: {
      readonly source: Source;
      readonly scenario: string;
      readonly seed?: number;
      readonly settings?: readonly string[];
      /** The text is that of this session, whatever the source's. */
      readonly textOf?: SessionId;
    },
    control: RunControl,
  ): Promise<Outcome<{ readonly session: SessionInfo; readonly result: RunResult }>>;

  /** `raftlab/live/start`. `source` is `null` for a cluster started from nothing. */
  startLive(params: {
    readonly source: Source | null;
    readonly scenario?: string;
    readonly seed?: number;
  }): Promise<Outcome<{ readonly session: SessionInfo }>>;

  /** `raftlab/live/control`. */
  controlLive(params: ParamsOf<typeof liveControlRequest>): Promise<ResultOf<typeof liveControlRequest>>;

  /** `raftlab/live/act`. Aborting stops waiting for the step's result, not the step. */
  act(params: ParamsOf<typeof liveActRequest>, signal: AbortSignal): Promise<ResultOf<typeof liveActRequest>>;

  /** `raftlab/live/message`. Aborting stops waiting for the step's result, not the step. */
  actOnMessage(
    params: ParamsOf<typeof liveMessageRequest>,
    signal: AbortSignal,
  ): Promise<ResultOf<typeof liveMessageRequest>>;

  /** `raftlab/live/names`. */
  liveNames(params: ParamsOf<typeof liveNamesRequest>): Promise<ResultOf<typeof liveNamesRequest>>;

  /** `raftlab/live/check`. */
  checkStep(params: ParamsOf<typeof liveCheckRequest>): Promise<ResultOf<typeof liveCheckRequest>>;

  /** `raftlab/live/save`. Runs what it wrote, in slices: aborting ends that with a failure. */
  saveLive(params: ParamsOf<typeof liveSaveRequest>, signal: AbortSignal): Promise<ResultOf<typeof liveSaveRequest>>;

  /** `raftlab/live/branch`. */
  branchLive(
    params: ParamsOf<typeof liveBranchRequest>,
    signal: AbortSignal,
  ): Promise<ResultOf<typeof liveBranchRequest>>;

  /** `raftlab/sessions`. */
  sessions(): Promise<ResultOf<typeof sessionsRequest>>;

  /** `raftlab/session/open`. Runs anew where needed, so it may take long: progress and cancellation as for a run. */
  openSession(
    params: ParamsOf<typeof openSessionRequest>,
    control: RunControl,
  ): Promise<ResultOf<typeof openSessionRequest>>;

  /** `raftlab/session/delete`. */
  deleteSession(params: ParamsOf<typeof deleteSessionRequest>): Promise<ResultOf<typeof deleteSessionRequest>>;

  /** `raftlab/cursor/move`. */
  moveCursor(params: ParamsOf<typeof moveCursorRequest>): Promise<ResultOf<typeof moveCursorRequest>>;

  /** `raftlab/bookmarks`. */
  bookmarks(params: ParamsOf<typeof bookmarksRequest>): Promise<ResultOf<typeof bookmarksRequest>>;

  /** `raftlab/bookmarks/all`. */
  allBookmarks(): Promise<ResultOf<typeof allBookmarksRequest>>;

  /** `raftlab/bookmarks/put`. Opens the session, which knows the event. */
  putBookmark(params: ParamsOf<typeof putBookmarkRequest>): Promise<ResultOf<typeof putBookmarkRequest>>;

  /** `raftlab/bookmarks/remove`. */
  removeBookmark(params: ParamsOf<typeof removeBookmarkRequest>): Promise<ResultOf<typeof removeBookmarkRequest>>;

  /** `raftlab/notes`. */
  notes(params: ParamsOf<typeof notesRequest>, signal: AbortSignal): Promise<ResultOf<typeof notesRequest>>;

  /** `raftlab/eventOfLine`. */
  eventOfLine(params: ParamsOf<typeof eventOfLineRequest>): Promise<ResultOf<typeof eventOfLineRequest>>;

  /** `raftlab/view/cluster`. */
  clusterView(
    params: ParamsOf<typeof clusterViewRequest>,
    signal: AbortSignal,
  ): Promise<ResultOf<typeof clusterViewRequest>>;

  /** `raftlab/entry`. */
  entry(params: ParamsOf<typeof entryRequest>, signal: AbortSignal): Promise<ResultOf<typeof entryRequest>>;

  /** `raftlab/view/timeline`. */
  timeline(params: ParamsOf<typeof timelineRequest>, signal: AbortSignal): Promise<ResultOf<typeof timelineRequest>>;

  /** `raftlab/view/diagram`. */
  diagram(params: ParamsOf<typeof diagramRequest>, signal: AbortSignal): Promise<ResultOf<typeof diagramRequest>>;

  /** `raftlab/view/diagramRows`. */
  diagramRows(
    params: ParamsOf<typeof diagramRowsRequest>,
    signal: AbortSignal,
  ): Promise<ResultOf<typeof diagramRowsRequest>>;

  /** `raftlab/view/diagramPlace`. */
  diagramPlace(
    params: ParamsOf<typeof diagramPlaceRequest>,
    signal: AbortSignal,
  ): Promise<ResultOf<typeof diagramPlaceRequest>>;

  /** `raftlab/view/diagramFind`. Of one session's searches only the newest is gone on with; one that it overtakes ends with a failure. */
  diagramFind(
    params: ParamsOf<typeof diagramFindRequest>,
    signal: AbortSignal,
  ): Promise<ResultOf<typeof diagramFindRequest>>;

  /** `raftlab/view/diagramOverview`. */
  diagramOverview(
    params: ParamsOf<typeof diagramOverviewRequest>,
    signal: AbortSignal,
  ): Promise<ResultOf<typeof diagramOverviewRequest>>;

  /** `raftlab/why`. */
  why(params: ParamsOf<typeof whyRequest>, signal: AbortSignal): Promise<ResultOf<typeof whyRequest>>;
  /** `raftlab/why/questions`. */
  whyQuestions(
    params: ParamsOf<typeof whyQuestionsRequest>,
    signal: AbortSignal,
  ): Promise<ResultOf<typeof whyQuestionsRequest>>;

  /** `raftlab/events`. */
  events(params: ParamsOf<typeof eventsRequest>, signal: AbortSignal): Promise<ResultOf<typeof eventsRequest>>;

  /** `raftlab/keys`. */
  keys(params: ParamsOf<typeof keysRequest>, signal: AbortSignal): Promise<ResultOf<typeof keysRequest>>;

  /** `raftlab/keyHistory`. */
  keyHistory(
    params: ParamsOf<typeof keyHistoryRequest>,
    signal: AbortSignal,
  ): Promise<ResultOf<typeof keyHistoryRequest>>;

  /** `raftlab/watches`. */
  watches(params: ParamsOf<typeof watchesRequest>, signal: AbortSignal): Promise<ResultOf<typeof watchesRequest>>;

  /** `raftlab/view/history`. */
  history(params: ParamsOf<typeof historyRequest>, signal: AbortSignal): Promise<ResultOf<typeof historyRequest>>;

  /** `raftlab/view/historyRows`. */
  historyRows(
    params: ParamsOf<typeof historyRowsRequest>,
    signal: AbortSignal,
  ): Promise<ResultOf<typeof historyRowsRequest>>;

  /** `raftlab/view/historyOperation`. */
  historyOperation(
    params: ParamsOf<typeof historyOperationRequest>,
    signal: AbortSignal,
  ): Promise<ResultOf<typeof historyOperationRequest>>;

  /** `raftlab/view/historyCheck`. */
  historyCheck(
    params: ParamsOf<typeof historyCheckRequest>,
    signal: AbortSignal,
  ): Promise<ResultOf<typeof historyCheckRequest>>;

  /**
   * What a session's newest events tell, a line an event, as a person would tell it: elections, refusals, commits, faults, operations,
   * what was broken. At most 20,000 events and 200 lines, the newest.
   */
  narration(
    params: { readonly sessionId: SessionId },
    signal: AbortSignal,
  ): Promise<Outcome<{ readonly lines: readonly string[] }>>;
  /** `raftlab/compare`. */
  compare(params: ParamsOf<typeof compareRequest>, signal: AbortSignal): Promise<ResultOf<typeof compareRequest>>;

  /** `raftlab/view/comparison`. */
  comparison(
    params: ParamsOf<typeof comparisonRequest>,
    signal: AbortSignal,
  ): Promise<ResultOf<typeof comparisonRequest>>;

  /** `raftlab/view/milestones`. */
  milestones(
    params: ParamsOf<typeof milestonesRequest>,
    signal: AbortSignal,
  ): Promise<ResultOf<typeof milestonesRequest>>;

  /** `raftlab/run/settings`. */
  runSettings(params: ParamsOf<typeof runSettingsRequest>): Promise<ResultOf<typeof runSettingsRequest>>;

  /** `raftlab/trace`. */
  tracePage(params: ParamsOf<typeof tracePageRequest>, signal: AbortSignal): Promise<ResultOf<typeof tracePageRequest>>;

  /** `raftlab/export/source`. */
  runSource(params: ParamsOf<typeof runSourceRequest>, signal: AbortSignal): Promise<ResultOf<typeof runSourceRequest>>;

  /** `raftlab/export/report`. */
  report(params: ParamsOf<typeof reportRequest>, signal: AbortSignal): Promise<ResultOf<typeof reportRequest>>;

  /** Hears of everything that happens from now on; the returned function stops that. */
  onEvent(listener: (event: LabEvent) => void): () => void;

  /** Goes by other settings from now on. */
  configure(settings: LabSettings): void;

  /** Ends the worker and writes out what the store still holds. Idempotent. */
  dispose(): Promise<void>;
}

/** How grave a log line is. */
export type LogLevel = "info" | "warn" | "error";

/** What a lab needs from whoever starts it. */
export interface LabOptions {
  /** The folder for the store; `null` keeps everything in memory. */
  readonly storageFolder: string | null;
  /** The translations for texts that the lab makes, as in `InitializationOptions`; `null` or left out: English. */
  readonly messages?: Messages | null;
  /** Left out: {@link DEFAULT_LAB_SETTINGS}. */
  readonly settings?: LabSettings;
  /** Where unexpected errors and notable events go, with their context. */
  readonly log: (level: LogLevel, message: string) => void;
}

/** Starts a lab. `lab/node.ts` exports one as `createLab` for Node (worker threads, lowdb on disk). */
export type CreateLab = (options: LabOptions) => Promise<Lab>;
