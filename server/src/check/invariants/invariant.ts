import type { RaftMessageType } from "../../raft/message.js";
import type { Index, ServerId, Term } from "../../raft/types.js";
import type { EventNumber } from "../violation.js";

/**
 * What holds at every moment in correct Raft besides Figure 3: the lemmas on which its proof rests. One of them falls
 * earlier than the property that it carries, often long before, and nearer to the mistake.
 */
export const INVARIANTS = [
  "leader-last-index",
  "log-completeness",
  "commit-durable",
  "quorum-holds-committed",
  "one-configuration-change",
  "durable-before-send",
  "message-term",
  "state-monotonic",
  "index-order",
  "store-hash",
] as const;

/** The name of an invariant. */
export type Invariant = (typeof INVARIANTS)[number];

interface Broken {
  /** The event after which it no longer held. */
  readonly event: EventNumber;
  readonly server: ServerId;
}

/** A log holds an entry of the leader's term beyond the leader's own log. */
interface BeyondLeader extends Broken {
  readonly property: "leader-last-index";
  /** The leader. */
  readonly other: ServerId;
  readonly term: Term;
  readonly lastIndex: Index;
  readonly leaderLastIndex: Index;
}

/** A log that ends in a later term than the one in which an entry was committed lacks that entry. */
interface LogIncomplete extends Broken {
  readonly property: "log-completeness";
  readonly lastTerm: Term;
  readonly index: Index;
  readonly committedIn: Term;
}

/** A commit that too few voters hold on their disks. */
interface TooFewHolders extends Broken {
  readonly property: "commit-durable" | "quorum-holds-committed";
  readonly index: Index;
  readonly holders: readonly ServerId[];
  /** The configuration that is short of holders. */
  readonly voters: readonly ServerId[];
}

/** A leader appended a configuration while another one of its log was not committed. */
interface TwoChanges extends Broken {
  readonly property: "one-configuration-change";
  readonly first: Index;
  readonly second: Index;
  readonly commitIndex: Index;
}

/** A message promises what is not on the sender's disk. */
export interface SpokenTooEarly extends Broken {
  readonly property: "durable-before-send";
  readonly to: ServerId;
  readonly type: RaftMessageType;
  readonly what: "term" | "vote" | "log";
  /** The term, the term of the vote, or the last index that the message names. */
  readonly promised: number;
  /** What the disk has of it. */
  readonly durable: number;
}

/** A message carries a term above its sender's. */
interface TermAbove extends Broken {
  readonly property: "message-term";
  readonly to: ServerId;
  readonly type: RaftMessageType;
  readonly term: Term;
  readonly own: Term;
}

/** Something fell or changed that only rises or stays. */
export interface Fell extends Broken {
  readonly property: "state-monotonic";
  readonly what: "term" | "vote" | "commit index" | "applied index";
  readonly before: number;
  readonly after: number;
}

/** Two indices stand the wrong way round. */
export interface OutOfOrder extends Broken {
  readonly property: "index-order";
  readonly what: "applied above commit" | "commit above last" | "match not below next" | "match fell";
  /** The follower that a leader's index is about; 0 for its own. */
  readonly follower: ServerId;
  readonly left: Index;
  readonly right: Index;
}

/** Two stores differ at the same revision. */
interface StoresDiffer extends Broken {
  readonly property: "store-hash";
  /** The server that came to the revision first. */
  readonly other: ServerId;
  readonly revision: number;
  readonly index: Index;
}

/** A broken invariant as data; text is made by `invariantText`. */
export type InvariantViolation =
  | BeyondLeader
  | LogIncomplete
  | TooFewHolders
  | TwoChanges
  | SpokenTooEarly
  | TermAbove
  | Fell
  | OutOfOrder
  | StoresDiffer;

/** Takes down a broken invariant. */
export type Report = (violation: InvariantViolation) => void;
