/**
 * What the panels draw: plain data, each a function of a session's trace and cursor. The webviews ask for
 * windows; nothing here grows with the length of a run.
 */
import type { WatchView } from "./kv-views.js";
import type { EventId, SessionId } from "./session.js";

/** A server's role as shown. */
export type RoleView = "follower" | "pre-candidate" | "candidate" | "leader";

/** The cluster at one event. */
export interface ClusterView {
  readonly sessionId: SessionId;
  readonly eventId: EventId;
  readonly timeUs: number;
  readonly servers: readonly ServerView[];
  readonly clients: readonly ClientView[];
  readonly messages: readonly MessageInFlight[];
  /** More are in flight than `messages` holds (at most 200). */
  readonly moreMessages: number;
  /** Faults in force, newest last. */
  readonly faults: readonly FaultView[];
  /** Ordered pairs of endpoints between which nothing passes. */
  readonly blocked: readonly { readonly from: string; readonly to: string }[];
  /** The indices of the logs that are shown, both inclusive, and the last that any log has. */
  readonly logRange: { readonly from: number; readonly to: number; readonly last: number };
  /** The newest watches, at most 50, in the order of creation, each with its newest change. */
  readonly watches: readonly WatchView[];
  readonly moreWatches: number;
}

/** One server. */
export interface ServerView {
  readonly name: string;
  readonly status: "up" | "down" | "paused";
  /** It is down because its disk failed. */
  readonly diskFailed: boolean;
  readonly role: RoleView;
  readonly term: number;
  readonly vote: string | null;
  readonly leader: string | null;
  /** Candidate: who granted; otherwise empty. */
  readonly votes: readonly string[];
  readonly configuration: ConfigurationView;
  /** Leader only: whom it hands its leadership to. */
  readonly transferee: string | null;
  readonly commitIndex: number;
  readonly appliedIndex: number;
  readonly durableIndex: number;
  readonly lastIndex: number;
  /** The first index that the log still holds; `lastIndex + 1` when it holds none. */
  readonly firstIndex: number;
  /** The newest snapshot: last included index and term, size; `null` before the first. */
  readonly snapshot: { readonly index: number; readonly term: number; readonly bytes: number } | null;
  /** A window of the log, ascending and contiguous. */
  readonly log: readonly LogEntryView[];
  readonly timers: readonly TimerView[];
  /** Leader only. */
  readonly progress: readonly ProgressView[];
  readonly revision: number;
  /** Live keys in key order from where the view's window begins, at most 100. */
  readonly kv: readonly KeyValueView[];
  /** Keys behind these. */
  readonly moreKeys: number;
  /** The revision that history was compacted at; -1 before the first compaction. */
  readonly compactRevision: number;
  /** By id, at most 50. */
  readonly leases: readonly LeaseView[];
  readonly moreLeases: number;
  /** The alarms that are on: `nospace at s1`. */
  readonly alarms: readonly string[];
  /** Writes issued to the disk and not yet durable. */
  readonly pendingWrites: number;
  /** Log entries in these writes. */
  readonly pendingEntries: number;
  /** When the last of these writes is to be durable, in virtual microseconds; `null` while there is none. */
  readonly writesDoneUs: number | null;
  /** Faults of its clock and disk and crashes that wait for it, oldest first. */
  readonly faults: readonly ServerFaultView[];
  /** How far its own clock is ahead of virtual time, in microseconds; `null` where timers are driven by hand. */
  readonly clockOffsetUs: number | null;
  /** How fast its own clock runs: 1 for a right one, 1.1 for one a tenth too fast; `null` where timers are driven by hand. */
  readonly clockRate: number | null;
  /** The first damaged entry on its disk; `null` for none. */
  readonly damagedIndex: number | null;
}

/** The configuration that a server goes by, the newest in its own log. One that is down shows what its disk holds. */
export interface ConfigurationView {
  /** Index of its entry; 0 for the one the cluster began with; a snapshot's last included index. */
  readonly index: number;
  /** Empty at a spare, which knows of no configuration yet. */
  readonly voters: readonly string[];
  /** The old voters while two configurations overlap; otherwise empty. */
  readonly outgoing: readonly string[];
  readonly learners: readonly string[];
}

/** A fault of a server's clock or disk that is in force, or a crash that waits for it. */
export interface ServerFaultView {
  readonly kind:
    | "clock-drift"
    | "clock-jump"
    | "disk-slow"
    | "disk-ignore-fsync"
    | "disk-tear"
    | "disk-corrupt"
    | "disk-fail"
    | "crash-point";
  /** In the words of the language: `disk s1 slow 50ms`. */
  readonly text: string;
}

/** One log entry. */
export interface LogEntryView {
  readonly index: number;
  readonly term: number;
  /** `no-op`, `put color "red"`, … */
  readonly text: string;
  /** Its disk reports it as durable. */
  readonly durable: boolean;
  /**
   * Where it is: in memory alone; on its way to the disk, and not synced; reported as durable by a disk that ignores fsync, so that a
   * crash loses it; durable.
   */
  readonly stored: "memory" | "written" | "unsynced" | "durable";
  readonly committed: boolean;
  readonly applied: boolean;
}

/** A running timer; both instants in virtual microseconds. */
export interface TimerView {
  readonly kind: "election" | "heartbeat";
  readonly startUs: number;
  readonly deadlineUs: number;
}

/** What a leader knows of a follower. */
export interface ProgressView {
  readonly server: string;
  readonly next: number;
  readonly match: number;
  readonly state: "probe" | "replicate" | "snapshot";
}

/** A live key. */
export interface KeyValueView {
  readonly key: string;
  readonly value: string;
  readonly createRevision: number;
  readonly modRevision: number;
  readonly version: number;
  /** The id of its lease in hexadecimal digits, as etcd writes it; `null` for none. */
  readonly lease: string | null;
}

/** A lease as one server knows it. */
export interface LeaseView {
  /** Hexadecimal digits, as etcd writes it. */
  readonly id: string;
  /** Granted, in seconds. */
  readonly ttl: number;
  /** What is left by the server's own clock, in microseconds, negative when it is over; `null` at a server that does not count: for it leases last for ever. */
  readonly remainingUs: number | null;
  /** The keys that hang on it, in key order, at most 20. */
  readonly keys: readonly string[];
  readonly moreKeys: number;
}

/** A client process. */
export interface ClientView {
  readonly name: string;
  readonly status: "up" | "down" | "paused";
  /** Whom it believes to be leader. */
  readonly target: string | null;
  /** Its oldest operation under way as text, or `null`. */
  readonly pending: string | null;
  /** All of them, oldest first, at most 20. */
  readonly operations: readonly OperationView[];
  readonly moreOperations: number;
}

/** An operation of a client that is under way. */
export interface OperationView {
  /** From 1, in the order of invocation. */
  readonly number: number;
  /** `put color "red"` */
  readonly text: string;
  /** The event that began it. */
  readonly eventId: EventId;
  readonly sinceUs: number;
  /** When its client gives up, the outcome unknown. */
  readonly givesUpUs: number;
  /** How often a server was asked. */
  readonly attempts: number;
  /** The server that was asked last; `null` before the first. */
  readonly server: string | null;
  /** It was meant for that server alone. */
  readonly only: boolean;
  /** Why it asks nobody just now, in words; `null` while it waits for an answer. */
  readonly pause: string | null;
}

/** A message under way at the cursor. */
export interface MessageInFlight {
  /** The event that sent it: identifies it, together with `copy`. */
  readonly eventId: EventId;
  /** Which of several copies of it that are under way, from 0. */
  readonly copy: number;
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly term: number;
  readonly sentUs: number;
  /** When it will arrive; `null` while it is held, or waits for a paused server or to be delivered by hand: the text says so. */
  readonly arrivesUs: number | null;
  /** `AppendEntries term 2, 3 entries after 4/2, commit 4`. */
  readonly text: string;
  /** Granted or success for replies, otherwise `null`. */
  readonly positive: boolean | null;
  /** How many log entries an AppendEntries carries; 0 for all else. */
  readonly entries: number;
  /** It waits in a manual network until a step delivers or loses it. */
  readonly byHand: boolean;
  /** A step of the language can name it: it travels, or waits in a manual network. Not what a rule holds or a paused server has yet to read. */
  readonly nameable: boolean;
}

/** A fault in force. */
export interface FaultView {
  readonly id: number;
  /** `partition {s1 s2} | {s3 s4 s5}` */
  readonly text: string;
  readonly sinceUs: number;
  readonly untilUs: number | null;
  /** `null` for a fault of a machine. */
  readonly network: NetworkFaultView | null;
}

/** What a fault does to the network, link by link. */
export interface NetworkFaultView {
  readonly effect: "block" | "loss" | "duplicate" | "reorder" | "latency" | "drop" | "delay" | "hold";
  /** The type of message that it concerns; `null` for all. */
  readonly message: string | null;
  /** Ordered pairs, at most 300; `null`: every link. */
  readonly links: readonly { readonly from: string; readonly to: string }[] | null;
  /** Loss, duplicates, reordering: the chance, from 0 to 1. */
  readonly chance: number | null;
  /** Latency: the range; delay: twice the same. In microseconds. */
  readonly us: { readonly min: number; readonly max: number } | null;
  /** Messages that a rule has struck so far; `null` for what is no rule. */
  readonly struck: number | null;
  /** Messages that a counted rule will still strike; `null` for no limit. */
  readonly left: number | null;
}

/** What an event is about; filters and icons go by it. */
export type EventCategory =
  | "message"
  | "timer"
  | "role"
  | "log"
  | "disk"
  | "client"
  | "watch"
  | "fault"
  | "step"
  | "note"
  | "violation";

/** One event in words. */
export interface EventView {
  readonly id: EventId;
  readonly timeUs: number;
  readonly category: EventCategory;
  /** The server or client it happened at; `null` for the lab itself. */
  readonly at: string | null;
  /** `s3 becomes leader of term 2` */
  readonly title: string;
  /** `3 of 5 votes: a majority (§5.2)`; `null` where there was nothing to decide. */
  readonly reason: string | null;
  readonly cause: EventId | null;
  /** 1-based scenario line, or `null`. */
  readonly line: number | null;
  /** Message or state fields, as name and text, in a fixed order. */
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}

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

/** A sequence diagram of a window of events: one model for mermaid, for our own drawing and for text. */
export interface DiagramView {
  readonly sessionId: SessionId;
  readonly fromEvent: EventId;
  readonly toEvent: EventId;
  readonly fromUs: number;
  readonly toUs: number;
  readonly lifelines: readonly { readonly name: string; readonly kind: "server" | "client" }[];
  readonly rows: readonly DiagramRow[];
  /** Rows left out because the window holds more than the limit; they follow the last row. */
  readonly moreRows: number;
  /** The same as mermaid `sequenceDiagram` text. Row n of `rows` is the n-th message or note in it. */
  readonly mermaid: string;
}

/** One row of a diagram. */
export type DiagramRow =
  | {
      readonly kind: "message";
      /** The send event. */
      readonly eventId: EventId;
      /** The delivery, `null` when lost or still under way. */
      readonly deliveredId: EventId | null;
      readonly from: string;
      readonly to: string;
      readonly type: string;
      /** `AppendEntries t2 prev 4/2 +3 commit 4` */
      readonly label: string;
      readonly sentUs: number;
      readonly deliveredUs: number | null;
      /** Lost to the network, a rule, or a server that was down. */
      readonly lost: boolean;
      /** Heartbeats (request and reply) folded into this row; 1 for none. */
      readonly count: number;
      readonly line: number | null;
    }
  | {
      readonly kind: "event";
      readonly eventId: EventId;
      /** The lifeline, or `null` for a note across all. */
      readonly at: string | null;
      readonly category: EventCategory;
      readonly text: string;
      readonly timeUs: number;
      readonly line: number | null;
    }
  | { readonly kind: "term"; readonly eventId: EventId; readonly term: number; readonly timeUs: number };
