import type { Command } from "../kv/command.js";
import type { Entry, Index, ServerId, Term } from "../raft/types.js";

/** Number of an event of the run's trace, or {@link NO_EVENT}. */
export type EventNumber = number;

/** "No event is known", as the trace has it. */
export const NO_EVENT: EventNumber = -1;

/** What the safety checks watch: Figure 3 of the Raft paper, and two promises to clients. */
export const SAFETY_PROPERTIES = [
  "election-safety",
  "leader-append-only",
  "log-matching",
  "leader-completeness",
  "state-machine-safety",
  "acknowledged-lost",
  "applied-twice",
] as const;

/** The name of a safety property. */
export type SafetyProperty = (typeof SAFETY_PROPERTIES)[number];

/** A log entry of the cluster. */
export type LogEntry = Entry<Command>;

interface Found {
  /** The event after which the property no longer held. */
  readonly event: EventNumber;
  /** The earlier event that it contradicts, where known; else {@link NO_EVENT}. */
  readonly related: EventNumber;
}

/** Two servers were elected in one term (§5.2). */
export interface TwoLeaders extends Found {
  readonly property: "election-safety";
  readonly term: Term;
  readonly first: ServerId;
  readonly second: ServerId;
}

/** A leader removed or overwrote an entry of its own log (§5.3). */
export interface LeaderRewroteLog extends Found {
  readonly property: "leader-append-only";
  readonly server: ServerId;
  readonly term: Term;
  readonly index: Index;
  readonly expected: LogEntry | null;
  readonly found: LogEntry | null;
}

/** Two logs have an entry with the same index and term, but different commands or different entries before (§5.3). */
export interface LogsDiffer extends Found {
  readonly property: "log-matching";
  readonly server: ServerId;
  /** The server in whose log the entry was seen first. */
  readonly other: ServerId;
  readonly index: Index;
  readonly term: Term;
  readonly expected: LogEntry;
  readonly found: LogEntry;
  /** Terms of the entries just before: the same when it is the command that differs. */
  readonly expectedPrevTerm: Term;
  readonly foundPrevTerm: Term;
}

/** A leader lacks an entry that was committed in an earlier term (§5.4). */
export interface LeaderIncomplete extends Found {
  readonly property: "leader-completeness";
  readonly server: ServerId;
  /** The term it was elected in. */
  readonly term: Term;
  readonly index: Index;
  /** A term in which `expected` was committed, earlier than `term`. */
  readonly committedIn: Term;
  readonly expected: LogEntry;
  readonly found: LogEntry | null;
}

/** Two servers applied different commands at one index (§5.4.3). */
export interface AppliedDifferently extends Found {
  readonly property: "state-machine-safety";
  readonly first: ServerId;
  readonly second: ServerId;
  readonly index: Index;
  readonly expected: LogEntry;
  readonly found: LogEntry;
}

/** A client was told that its write succeeded, and it is gone. */
export interface AcknowledgedLost extends Found {
  readonly property: "acknowledged-lost";
  readonly client: number;
  readonly sequence: number;
  /** Servers whose log still holds the write. */
  readonly holders: readonly ServerId[];
  readonly servers: number;
  /** The leader that lacks it, or 0 when it was looked for in a majority. */
  readonly leader: ServerId;
}

/** One request of a client was executed at two indices (dissertation §6.3). */
export interface AppliedTwice extends Found {
  readonly property: "applied-twice";
  readonly server: ServerId;
  readonly client: number;
  readonly sequence: number;
  readonly firstIndex: Index;
  readonly secondIndex: Index;
}

/** A broken safety property as data; text is made by `violationText`. */
export type Violation =
  | TwoLeaders
  | LeaderRewroteLog
  | LogsDiffer
  | LeaderIncomplete
  | AppliedDifferently
  | AcknowledgedLost
  | AppliedTwice;

/** The servers that a violation is about, in the order in which its text names them. */
export function serversOf(violation: Violation): readonly ServerId[] {
  switch (violation.property) {
    case "election-safety":
    case "state-machine-safety":
      return [violation.first, violation.second];
    case "log-matching":
      return [violation.other, violation.server];
    case "leader-append-only":
    case "leader-completeness":
    case "applied-twice":
      return [violation.server];
    case "acknowledged-lost":
      return violation.leader === 0 ? violation.holders : [violation.leader];
  }
}
