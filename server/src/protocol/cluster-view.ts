/** The cluster at one event: servers, clients, messages and faults. Plain data, a function of a session's trace and cursor. */
import type { KeyValueView, LeaseView, WatchView } from "./kv-views.js";
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
