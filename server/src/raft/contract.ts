import type { RaftLog } from "./log.js";
import type { Message } from "./message.js";
import type { Output, ProposalOutcome, WriteId } from "./output.js";
import type { HardState, Index, RaftConfig, Role, ServerId, Term } from "./types.js";

/**
 * One Raft server as a pure state machine. Each input method handles one event to completion and leaves its
 * effects in `output`, which the caller clears. No clock, no randomness, no I/O: the same inputs in the
 * same order give the same outputs.
 */
export interface Raft<C> {
  readonly config: RaftConfig;
  readonly output: Output<C>;

  // State, readable at any time (Figure 2).
  readonly role: Role;
  readonly term: Term;
  readonly vote: ServerId;
  readonly leader: ServerId;
  readonly log: RaftLog<C>;
  /** Never falls. Where a rule is off or a disk lost data, entries up to it may be missing from {@link log} again. */
  readonly commitIndex: Index;
  /** Set by {@link applied}. */
  readonly appliedIndex: Index;
  /** Last index of the log that this server knows to be durable here. */
  readonly durableIndex: Index;
  /** Voters (by id) that granted in the running election or pre-election, ascending. */
  readonly votesGranted: readonly ServerId[];
  /** Leader only, by follower: next index to send, match index, unanswered appends, heard since the last quorum check. */
  progressOf(follower: ServerId): Progress | null;

  // Inputs.
  /** Begins: sets the election timer. `restarted` only changes the reason given. */
  start(restarted: boolean): void;
  receive(message: Message<C>): void;
  electionTimeout(forced: boolean): void;
  heartbeatTimeout(): void;
  propose(command: C): ProposalOutcome;
  /** Asks for a linearizable read; the answer comes as an output read with `context`, maybe at once. */
  readIndex(context: number): void;
  /** All writes up to `write` are durable. */
  persisted(write: WriteId): void;
  /** The runner has applied everything up to `index`. */
  applied(index: Index): void;

  /** An independent copy with shared entries; its output is empty. */
  clone(): Raft<C>;
}

/** What a leader knows of a follower (Figure 2, "Volatile state on leaders"; etcd's tracker.Progress). */
export interface Progress {
  readonly next: Index;
  readonly match: Index;
  readonly state: "probe" | "replicate";
  readonly inflight: number;
  readonly active: boolean;
}

/** The state a server starts from: what its disk holds. */
export interface DurableState<C> {
  readonly hardState: HardState;
  readonly log: RaftLog<C>;
  /** Commit index to start from; 0 after a crash, since Raft does not persist it. */
  readonly commitIndex: Index;
}
