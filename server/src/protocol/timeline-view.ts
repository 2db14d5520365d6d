/** A run over a span of virtual time, in windows: nothing here grows with the length of a run. */
import type { RoleView } from "./cluster-view.js";
import type { EventId, SessionId } from "./session.js";

/** The timeline over a span of virtual time. */
export interface TimelineView {
  readonly sessionId: SessionId;
  readonly events: number;
  readonly fromUs: number;
  readonly toUs: number;
  readonly endUs: number;
  /** Events per bucket, evenly over fromUs..toUs. */
  readonly density: readonly number[];
  /** Per server, in order: who it was, over time. */
  readonly lanes: readonly TimelineLane[];
  /** Elections won, configurations, snapshots installed, failures, notes, violations, faults; at most 500, the gravest kept. */
  readonly marks: readonly TimelineMark[];
  /** Faults that were in force within the span, in the order in which they began, at most 300. */
  readonly faults: readonly TimelineFault[];
  /** More than `faults` holds. */
  readonly moreFaults: number;
  /** Rows that the faults of the whole run take, so that a fault stands in its row at any zoom. */
  readonly faultRows: number;
  /** Every event of the span when there are at most 4,000; `null` when there are more. */
  readonly each: TimelineEvents | null;
}

/** A fault over time. */
export interface TimelineFault {
  readonly eventId: EventId;
  /** The event that ended it; `null` while it is in force. */
  readonly endEventId: EventId | null;
  readonly fromUs: number;
  /** `null` while it is in force. */
  readonly toUs: number | null;
  /** `down` and `paused`: a server; `fault`: of the network, a clock or a disk. */
  readonly kind: "fault" | "down" | "paused";
  /** In the words of the language: `partition {s1 s2} | {s3 s4 s5}`; or `s1 is down`. */
  readonly text: string;
  readonly line: number | null;
  /** From 0; no two faults that were in force at once share a row. */
  readonly row: number;
}

/** What an event is drawn as where there is room for each, in the order of their codes. */
export const EVENT_SIGNS = [
  "send",
  "deliver",
  "lost",
  "timer",
  "role",
  "commit",
  "log",
  "disk",
  "client",
  "watch",
  "fault",
  "step",
  "note",
] as const;

/** One of {@link EVENT_SIGNS}. */
export type EventSign = (typeof EVENT_SIGNS)[number];

/** Every event of a span, in columns: event `first + n` is the n-th of each. */
export interface TimelineEvents {
  readonly first: EventId;
  /** Microseconds after the view's `fromUs`, ascending. */
  readonly sinceUs: readonly number[];
  /** Positions in {@link EVENT_SIGNS}. */
  readonly signs: readonly number[];
  /** Positions in the view's `lanes`; -1 for what happened at clients and in the lab. */
  readonly lanes: readonly number[];
}

/** One server's lane. */
export interface TimelineLane {
  readonly server: string;
  readonly segments: readonly {
    readonly fromUs: number;
    readonly toUs: number;
    readonly role: RoleView | "down" | "paused";
    readonly term: number;
  }[];
}

/** A mark on the timeline. */
export interface TimelineMark {
  readonly eventId: EventId;
  readonly timeUs: number;
  /** `configuration`: one that nobody used before; `install`: a snapshot that replaced a server's state. */
  readonly kind:
    | "leader"
    | "configuration"
    | "install"
    | "fault"
    | "undone"
    | "note"
    | "failure"
    | "violation"
    | "step";
  readonly text: string;
  readonly line: number | null;
}
