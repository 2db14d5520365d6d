/**
 * The client history of a session: what each client asked and was answered, what each watch received, and whether one store that does
 * everything one after the other explains it. In windows: nothing here grows with the length of a run.
 */

import type { EventView } from "./event-view.js";
import type { Outcome, RequestDefinition } from "./requests.js";
import type { EventId, SessionId } from "./session.js";

const request = <P, R>(method: string): RequestDefinition<P, R> => ({ method });

/** What sort of operation it is. `server`: one that a server answers by itself, such as `status`. */
export type OperationSort = "read" | "write" | "txn" | "lease" | "compact" | "server";

/** How an operation ended. `unknown`: it timed out, and nobody knows whether it took effect; `open`: it has no answer yet. */
export type OutcomeSort = "ok" | "none" | "failed" | "error" | "unknown" | "open";

/** What of a history is shown. What is left out leaves nothing out. */
export interface HistoryFilter {
  readonly clients?: readonly string[];
  readonly sorts?: readonly OperationSort[];
  readonly outcomes?: readonly OutcomeSort[];
  /** Only what touches this key, or names keys that hold this text. */
  readonly key?: string;
}

/** One operation as a bar. */
export interface HistoryOperation {
  /** From 1, in the order of invocation. */
  readonly number: number;
  /** Its place among those that pass the filter, from 0. */
  readonly row: number;
  readonly client: string;
  /** Its row among those of its client, from 0: operations under way at once stand below each other. */
  readonly lane: number;
  /** In the words of the scenario language. */
  readonly text: string;
  /** The first key or range that it names; `null` for none. */
  readonly key: string | null;
  /** The key's place in the order in which keys were first named: colours go by it. */
  readonly keyPlace: number;
  readonly sort: OperationSort;
  /** What a read promises; `null` of what is no read. */
  readonly reading: "linearizable" | "serializable" | "revision" | null;
  readonly invokeUs: number;
  readonly invokeEvent: EventId;
  readonly returnUs: number | null;
  readonly returnEvent: EventId | null;
  readonly outcome: OutcomeSort;
  /** `ok`, `"red"`, `timeout`, …; empty while there is none. */
  readonly answer: string;
  /** The store's revision in the answer; `null` where it has none. */
  readonly revision: number | null;
  /** How often a server was asked. */
  readonly attempts: number;
  /** Where it may have taken effect in the order that was found, from 1 in its set of keys; `null` where it stands in none. */
  readonly point: { readonly place: number; readonly timeUs: number; readonly order: number } | null;
  /** The number of the explanation, from 1, that says why no order places it; 0 for none. */
  readonly stuck: number;
  /** Numbers of the explanations that it takes part in. */
  readonly partOf: readonly number[];
}

/** What happened to a watch, at an instant. */
export interface WatchMarkView {
  readonly kind: "opened" | "resumed" | "created" | "events" | "progress" | "canceled" | "ended";
  readonly timeUs: number;
  readonly eventId: EventId;
  /** Of changes received: the revisions of the first and the last, otherwise the revision spoken of; 0 for none. */
  readonly fromRevision: number;
  readonly toRevision: number;
  /** Changes received. */
  readonly count: number;
  /** In words: `2 changes, rev 5 to 6`. */
  readonly text: string;
}

/** A promise to a watch that was broken, at its place. */
export interface WatchBreachView {
  readonly guarantee: string;
  readonly eventId: EventId;
  readonly timeUs: number;
  readonly revision: number;
  readonly key: string;
  readonly message: string;
}

/** A watch as a lane. */
export interface WatchLaneView {
  /** From 1, in the order of creation. */
  readonly number: number;
  readonly name: string;
  readonly client: string;
  /** `watch /config/ prefix from rev 3 prev-kv` */
  readonly request: string;
  readonly openedUs: number;
  /** `null` while it goes on. */
  readonly endedUs: number | null;
  readonly received: number;
  readonly connections: number;
  /** What happened within the window, ascending. Where that is too much, one mark stands for all changes of a stretch of time. */
  readonly marks: readonly WatchMarkView[];
  /** The guarantees that are judged, with how often each was broken; `null` until the check was asked for. */
  readonly verdicts: readonly { readonly guarantee: string; readonly broken: number }[] | null;
  /** The first 50. */
  readonly breaches: readonly WatchBreachView[];
}

/** A part of a history. */
export interface HistoryView {
  readonly sessionId: SessionId;
  /** Events that the session had. */
  readonly events: number;
  /** The instant that the session had reached. */
  readonly endUs: number;
  readonly fromUs: number;
  readonly toUs: number;
  readonly total: number;
  /** How many pass the filter, and how many of these are within the window. */
  readonly matching: number;
  readonly inWindow: number;
  /** In the order in which they asked first, without those that the filter leaves out. `lanes`: rows that each needs. */
  readonly clients: readonly { readonly name: string; readonly operations: number; readonly lanes: number }[];
  /** By invocation. Where more are in the window than asked for: those with an explanation, and `density` for all. */
  readonly operations: readonly HistoryOperation[];
  /** For each client: how many operations were under way in each of equally long parts of the window; `null` where `operations` has all. */
  readonly density: readonly (readonly number[])[] | null;
  /** The keys that are named most often, at most 100, in order of appearance. */
  readonly keys: readonly { readonly text: string; readonly place: number; readonly operations: number }[];
  readonly moreKeys: number;
  /** Revisions of the store with the instants at which they were first applied, at most 40, evenly chosen. */
  readonly revisions: readonly { readonly revision: number; readonly timeUs: number; readonly eventId: EventId }[];
  /** At most 50, the first. */
  readonly watches: readonly WatchLaneView[];
  readonly moreWatches: number;
  /** Whether points and explanations are those of these events: `raftlab/view/historyCheck` has been answered for them. */
  readonly checked: boolean;
}

/** Client to server. What was under way in a span of virtual time, at most `limit` (at most 3000) operations. */
export const historyRequest = request<
  {
    readonly sessionId: SessionId;
    readonly filter: HistoryFilter;
    /** Left out: the beginning, and the instant reached. */
    readonly fromUs?: number;
    readonly toUs?: number;
    readonly limit: number;
    /** Parts of `density`, at most 1000. */
    readonly buckets: number;
  },
  Outcome<{ readonly view: HistoryView }>
>("raftlab/view/history");

/** Client to server. Operations `from`..`from + count - 1` (at most 500) of those that pass the filter, for a table. */
export const historyRowsRequest = request<
  { readonly sessionId: SessionId; readonly filter: HistoryFilter; readonly from: number; readonly count: number },
  Outcome<{ readonly operations: readonly HistoryOperation[]; readonly matching: number }>
>("raftlab/view/historyRows");

/** An operation that explanations name. */
export interface HistoryOperationRef {
  readonly number: number;
  /** `bob get x => "1"` */
  readonly text: string;
  readonly eventId: EventId;
  readonly timeUs: number;
}

/** Why no order places an operation. */
export interface StuckView {
  readonly operation: HistoryOperationRef;
  /** The keys of the part that fails; empty for the whole store. */
  readonly keys: readonly string[];
  readonly reason: string;
  /** What it could have returned, in the order found for everything before it: `"2"`, `none`; empty where that is not known. */
  readonly possible: readonly string[];
  /** With these it has no explanation, by invocation, at most 12; each with how it stands to the operation in time. */
  readonly others: readonly { readonly operation: HistoryOperationRef; readonly relation: string }[];
  readonly moreOthers: number;
}

/** Whether one store explains what clients saw. */
export interface HistoryCheckView {
  readonly kind: "ok" | "violation" | "unproven";
  /** In one sentence. */
  readonly text: string;
  /** Events that the check went by. */
  readonly events: number;
  /** Operations that stand in the orders found, and those of unknown outcome among them: they took effect, or may have. */
  readonly placed: number;
  readonly placedUnknown: number;
  /** At most 8; explanation 1 is the first. */
  readonly stuck: readonly StuckView[];
  /** Serializable reads and reads at a revision that no state explains, at most 50. */
  readonly reads: readonly { readonly operation: HistoryOperationRef; readonly message: string }[];
  readonly watchBreaches: number;
  /** What the verdict does not speak of, a sentence each. */
  readonly reservations: readonly string[];
}

/**
 * Client to server. Checks the history as far as it goes now: linearizability, weaker reads, watches. It may take seconds, in pieces between
 * which other requests are answered; cancelling ends it. The verdict is kept until there are more events.
 */
export const historyCheckRequest = request<
  { readonly sessionId: SessionId },
  Outcome<{ readonly check: HistoryCheckView }>
>("raftlab/view/historyCheck");

/** A step on the way of an operation through the cluster. */
export interface OperationStepView {
  readonly kind:
    | "invoked"
    | "sent"
    | "lost"
    | "received"
    | "appended"
    | "committed"
    | "applied"
    | "answered"
    | "returned";
  /** `s1 appends it as entry 5 of term 2` */
  readonly text: string;
  readonly event: EventView;
}

/** One operation with what happened behind it. */
export interface OperationDetailView {
  readonly operation: HistoryOperation;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  /** In the order of events, at most 60. */
  readonly steps: readonly OperationStepView[];
  /** What the check does not say of it; `null` for nothing. */
  readonly reservation: string | null;
}

/** Client to server. One operation in full, with the events that carried it. */
export const historyOperationRequest = request<
  { readonly sessionId: SessionId; readonly number: number },
  Outcome<{ readonly detail: OperationDetailView }>
>("raftlab/view/historyOperation");
