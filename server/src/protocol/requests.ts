/**
 * Requests and notifications between the extension and the language server beyond the Language Server
 * Protocol. Each is defined once, here, with its direction and obligations; names start with `raftlab/`.
 */

import type { ClusterView } from "./cluster-view.js";
import type { DiagramView } from "./diagram-view.js";
import type { EventView } from "./event-view.js";
import type { KeyHistoryView, KeysView, StepNameView, WatchesView } from "./kv-views.js";
import type { EventId, RunResult, SessionId, SessionInfo, StepOutcome, ViolationInfo } from "./session.js";
import type { TimelineView } from "./timeline-view.js";
import type { WhyQuestion, WhySubject, WhyView } from "./why.js";

/** A request with the shapes of its parameters and result. */
export interface RequestDefinition<P, R> {
  readonly method: string;
  /** Phantom members: carry the types only. */
  readonly params?: P;
  readonly result?: R;
}

/** A notification with the shape of its parameters. */
export interface NotificationDefinition<P> {
  readonly method: string;
  readonly params?: P;
}

const request = <P, R>(method: string): RequestDefinition<P, R> => ({ method });
const notification = <P>(method: string): NotificationDefinition<P> => ({ method });

/** An expected failure of a request: clear words for the person, with the remedy. */
export interface Failure {
  readonly ok: false;
  readonly message: string;
}

/** A result, or an expected failure. */
export type Outcome<T> = ({ readonly ok: true } & T) | Failure;

// ---- Running -------------------------------------------------------------------------------------------

/**
 * Client to server. Runs one scenario of an open or saved document; answers when it has ended. Progress by
 * `$/progress` when `workDoneToken` is given; cancellation ends the run as `cancelled`.
 */
export const runRequest = request<
  {
    readonly uri: string;
    readonly scenario: string;
    readonly seed?: number;
    /** Other settings than the text's, each a line of a `cluster` block: `check-quorum off`. The session carries them. */
    readonly settings?: readonly string[];
    /** A session whose text is run once more, rather than the document's as it is now. */
    readonly textOf?: SessionId;
    readonly workDoneToken?: string | number;
  },
  Outcome<{ readonly session: SessionInfo; readonly result: RunResult }>
>("raftlab/run");

/** Client to server. The titles of a document's scenarios, in order, with their 1-based lines. */
export const scenariosRequest = request<
  { readonly uri: string },
  Outcome<{
    readonly scenarios: readonly { readonly title: string; readonly line: number; readonly runnable: boolean }[];
  }>
>("raftlab/scenarios");

// ---- Live clusters -------------------------------------------------------------------------------------

/**
 * Client to server. Starts a live cluster: of the scenario's (or file's) cluster settings and `given` state,
 * without its steps; or, without `uri`, of three servers with the defaults.
 */
export const liveStartRequest = request<
  { readonly uri?: string; readonly scenario?: string; readonly seed?: number },
  Outcome<{ readonly session: SessionInfo }>
>("raftlab/live/start");

/** What to do with a live cluster. `step` runs one event and stays paused. */
export type LiveControl =
  | { readonly kind: "run" | "pause" | "stop" }
  | { readonly kind: "step"; readonly events: number }
  /** Virtual seconds per real second; `null` is as fast as possible. */
  | { readonly kind: "pace"; readonly pace: number | null };

/** Client to server. Starts, pauses, steps, paces or stops a live cluster. */
export const liveControlRequest = request<
  { readonly sessionId: SessionId; readonly control: LiveControl },
  Outcome<{ readonly session: SessionInfo }>
>("raftlab/live/control");

/**
 * Client to server. Does one step of the scenario language on a live cluster at its current instant, e.g.
 * `crash leader`, `alice put color "red"`, `drop next AppendEntries s1 -> s2`. Answers when the step has its
 * result (a client operation: when it returned). A step that does not check gives its diagnostics as failure.
 */
export const liveActRequest = request<
  { readonly sessionId: SessionId; readonly step: string },
  Outcome<{ readonly outcome: StepOutcome }>
>("raftlab/live/act");

/** Client to server. The names that steps on a live cluster may use by now, in the order in which they were bound. */
export const liveNamesRequest = request<
  { readonly sessionId: SessionId },
  Outcome<{ readonly names: readonly StepNameView[] }>
>("raftlab/live/names");

/**
 * Client to server. What is wrong with a step for a live cluster, without doing it: the language's own messages, empty for a step that
 * checks.
 */
export const liveCheckRequest = request<
  { readonly sessionId: SessionId; readonly step: string },
  Outcome<{ readonly problems: readonly string[] }>
>("raftlab/live/check");

/**
 * Client to server. A live session, as it stands now, as the text of a `.raftlab` file. The server runs what it wrote: `exact` says
 * whether that gave the session's trace hash, `null` that it would take too long to see.
 */
export const liveSaveRequest = request<
  { readonly sessionId: SessionId },
  Outcome<{
    readonly text: string;
    /** The title of its scenario. */
    readonly scenario: string;
    readonly traceHash: string;
    readonly exact: boolean | null;
  }>
>("raftlab/live/save");

/**
 * Client to server. A new live session that goes on from a moment of a run or of another live session: where that stood when the event
 * had happened (left out: at its cursor; -1: at its beginning). It is paused; the other one stays as it is. What a run's scenario
 * had still to do does not happen.
 */
export const liveBranchRequest = request<
  { readonly sessionId: SessionId; readonly eventId?: EventId },
  Outcome<{ readonly session: SessionInfo }>
>("raftlab/live/branch");

/** A kind of step, as the language's vocabulary has it. */
export interface StepKindView {
  /** Its first word: `crash`. */
  readonly name: string;
  /** What it is about: `Servers`, `Network`. */
  readonly group: string;
  /** How it is written: capitals for what one fills in, `[ ]` for what may be missing. */
  readonly syntax: string;
  readonly example: string;
  /** What it does, Markdown. */
  readonly says: string;
}

/** Client to server. The kinds of steps there are, for whoever types one: those of the language, operations of clients included. */
export const stepKindsRequest = request<Record<string, never>, { readonly kinds: readonly StepKindView[] }>(
  "raftlab/live/stepKinds",
);

// ---- Sessions and the time cursor ----------------------------------------------------------------------

/** Client to server. All sessions, kept ones too, newest first. */
export const sessionsRequest = request<Record<string, never>, { readonly sessions: readonly SessionInfo[] }>(
  "raftlab/sessions",
);

/** Client to server. Makes a kept session available again: it is run anew, which gives the same trace. */
export const openSessionRequest = request<
  { readonly sessionId: SessionId },
  Outcome<{ readonly session: SessionInfo; readonly result: RunResult | null }>
>("raftlab/session/open");

/** Client to server. Forgets a session for good. */
export const deleteSessionRequest = request<{ readonly sessionId: SessionId }, Outcome<object>>(
  "raftlab/session/delete",
);

/** Where to move the cursor. `null` follows the newest event. Relative moves start from the present cursor. */
export type CursorMove =
  | { readonly kind: "event"; readonly eventId: EventId | null }
  | { readonly kind: "time"; readonly timeUs: number }
  | { readonly kind: "by"; readonly events: number }
  /** The next or previous event of a kind. `server` steps among the events at that server. */
  | {
      readonly kind: "jump";
      readonly direction: "next" | "previous";
      readonly to: "leader" | "commit" | "failure" | "note" | "fault" | "message" | "step";
      readonly server?: string;
    };

/** Client to server. Moves the session's one time cursor; `raftlab/cursorChanged` tells every view. */
export const moveCursorRequest = request<
  { readonly sessionId: SessionId; readonly move: CursorMove },
  Outcome<{ readonly cursor: EventId | null; readonly event: EventView | null }>
>("raftlab/cursor/move");

/** Client to server. The first event that a scenario line caused, for going from the editor to the run. */
export const eventOfLineRequest = request<
  { readonly sessionId: SessionId; readonly line: number },
  Outcome<{ readonly eventId: EventId }>
>("raftlab/eventOfLine");

// ---- Views ---------------------------------------------------------------------------------------------

/**
 * Client to server. The cluster at an event (`null`: at the cursor). `logWindow`: entries per server, default 40; `logEnd`: the last index
 * of them, the newest when left out; `keysAfter`: keys behind this one, from the first when left out.
 */
export const clusterViewRequest = request<
  {
    readonly sessionId: SessionId;
    readonly eventId: EventId | null;
    readonly logWindow?: number;
    readonly logEnd?: number;
    readonly keysAfter?: string;
  },
  Outcome<{ readonly view: ClusterView; readonly event: EventView | null }>
>("raftlab/view/cluster");

/** Client to server. The timeline of a span (all of it by default) in `buckets` steps. */
export const timelineRequest = request<
  { readonly sessionId: SessionId; readonly fromUs?: number; readonly toUs?: number; readonly buckets: number },
  Outcome<{ readonly view: TimelineView }>
>("raftlab/view/timeline");

/** What a diagram leaves out. Empty lists leave nothing out. */
export interface DiagramFilter {
  readonly servers?: readonly string[];
  readonly types?: readonly string[];
  /** Fold runs of heartbeats and their replies; default true. */
  readonly foldHeartbeats?: boolean;
  /** Show client requests and replies; default true. */
  readonly clients?: boolean;
  /** Only rows whose words hold this text, whatever its case; empty for all. */
  readonly text?: string;
  /** Only messages of these terms, both included; clients' messages have none. */
  readonly terms?: { readonly from: number; readonly to: number };
  /** Only what begins within a span of virtual time, both ends included. */
  readonly span?: { readonly fromUs: number; readonly toUs: number };
}

/** Which events a diagram shows. `around` centres on an event. Default: from the start. */
export type DiagramWindow =
  | { readonly kind: "events"; readonly from: EventId; readonly to: EventId }
  | { readonly kind: "time"; readonly fromUs: number; readonly toUs: number }
  | { readonly kind: "around"; readonly eventId: EventId };

/** Client to server. A sequence diagram of at most `limit` rows (default 200, at most `MOST_MERMAID_ROWS`). */
export const diagramRequest = request<
  {
    readonly sessionId: SessionId;
    readonly window: DiagramWindow;
    readonly filter?: DiagramFilter;
    readonly limit?: number;
  },
  Outcome<{ readonly view: DiagramView }>
>("raftlab/view/diagram");

/**
 * Client to server. Why an event happened: its causes. With `about`: why the subject is as it is at that event, whether what is asked about
 * is so or not. Nothing later than the event is told.
 */
export const whyRequest = request<
  { readonly sessionId: SessionId; readonly eventId: EventId; readonly about?: WhySubject },
  Outcome<{ readonly why: WhyView }>
>("raftlab/why");

/**
 * Client to server. What one can ask about an event's moment (`eventId` null: the cursor's): about the cluster, its servers and its clients,
 * the most likely first.
 */
export const whyQuestionsRequest = request<
  { readonly sessionId: SessionId; readonly eventId: EventId | null },
  Outcome<{ readonly questions: readonly WhyQuestion[] }>
>("raftlab/why/questions");

/** Client to server. A page of events as a list, for the text twin of every picture. At most 500. */
export const eventsRequest = request<
  { readonly sessionId: SessionId; readonly from: EventId; readonly count: number },
  Outcome<{ readonly events: readonly EventView[] }>
>("raftlab/events");

/**
 * Client to server. One level of the keys of a server at an event (`eventId` null: at the cursor): what begins with `prefix`, in key order,
 * with what has a further `/` as one child. `server` left out: the leader, or without one who has applied most. `after`: the key or
 * prefix of the last child of the page before. `limit`: children, default 100, at most 500.
 */
export const keysRequest = request<
  {
    readonly sessionId: SessionId;
    readonly eventId: EventId | null;
    readonly server?: string;
    readonly prefix: string;
    readonly after?: string;
    readonly limit?: number;
  },
  Outcome<{ readonly view: KeysView }>
>("raftlab/keys");

/**
 * Client to server. What a server keeps of a key's past at an event (null: at the cursor), newest first, each change with the event that
 * wrote it. `before`: only changes of lower revisions. `limit`: default 20, at most 500.
 */
export const keyHistoryRequest = request<
  {
    readonly sessionId: SessionId;
    readonly eventId: EventId | null;
    readonly server?: string;
    readonly key: string;
    readonly before?: number;
    readonly limit?: number;
  },
  Outcome<{ readonly view: KeyHistoryView }>
>("raftlab/keyHistory");

/** Client to server. The watches of a session at an event (null: at the cursor). `changes`: of each, default 20, at most 200. */
export const watchesRequest = request<
  { readonly sessionId: SessionId; readonly eventId: EventId | null; readonly changes?: number },
  Outcome<{ readonly view: WatchesView }>
>("raftlab/watches");

// ---- Notifications from the server ---------------------------------------------------------------------

/** Server to client. A session appeared or changed (state, events, leader, pace); at most 20 a second each. */
export const sessionChangedNotification = notification<{ readonly session: SessionInfo }>("raftlab/sessionChanged");

/** Server to client. A session was deleted. */
export const sessionDeletedNotification = notification<{ readonly sessionId: SessionId }>("raftlab/sessionDeleted");

/** Server to client. The time cursor moved. */
export const cursorChangedNotification = notification<{
  readonly sessionId: SessionId;
  readonly cursor: EventId | null;
  readonly line: number | null;
}>("raftlab/cursorChanged");

/** Server to client. A run ended: verdicts for lenses, failures for diagnostics, counted per document. */
export const runEndedNotification = notification<{
  readonly session: SessionInfo;
  readonly violations: readonly ViolationInfo[];
  readonly steps: readonly StepOutcome[];
}>("raftlab/runEnded");

/** Server to client. A live watch got an event: a line for the output channel. */
export const watchEventNotification = notification<{
  readonly sessionId: SessionId;
  readonly watch: string;
  readonly timeUs: number;
  readonly text: string;
}>("raftlab/watchEvent");

/** Server to client. Something was set aside or repaired in the store; shown once as a message. */
export const storeMessageNotification = notification<{ readonly message: string }>("raftlab/storeMessage");
