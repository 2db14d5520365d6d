import type { DurableState } from "./contract.js";
import type { RaftLog } from "./log.js";
import type { Message } from "./message.js";
import type { Output, TimerRequest, WriteId } from "./output.js";
import { createOutput } from "./output.js";
import { FollowerProgress } from "./progress.js";
import type { Reason } from "./reason.js";
import { votesToWin } from "./rules.js";
import { StableStorage } from "./storage.js";
import type { Entry, Index, RaftConfig, Role, ServerId, Term } from "./types.js";
import { NONE } from "./types.js";

// The timer requests there are, shared: asking for a timer allocates nothing.
/** Starts the election timer anew. */
export const SET_ELECTION_TIMER: TimerRequest = { timer: "election", action: "set" };
/** Stops the election timer. */
export const STOP_ELECTION_TIMER: TimerRequest = { timer: "election", action: "stop" };
/** Starts the heartbeat timer anew. */
export const SET_HEARTBEAT_TIMER: TimerRequest = { timer: "heartbeat", action: "set" };
/** Stops the heartbeat timer. */
export const STOP_HEARTBEAT_TIMER: TimerRequest = { timer: "heartbeat", action: "stop" };

/** A voter's answer in the running election. */
export type VoteAnswer = "none" | "granted" | "refused";

/** A linearizable read that waits (D §6.4): for its round, or, with round 0, for the first commit of this leadership. */
export interface PendingRead {
  readonly context: number;
  readonly index: Index;
  readonly round: number;
}

/**
 * A server's state (Figure 2) and the few operations on it that every part of the protocol uses. The parts are modules of
 * functions over it: voting, election, roles, append (the follower's side), replication (the leader's side), reads.
 */
export class ServerState<C> {
  readonly config: RaftConfig;
  readonly output: Output<C> = createOutput<C>();
  /** The other voters, ascending: the order in which messages leave. */
  readonly peers: readonly ServerId[];
  /** Votes that win an election, and copies that commit an entry. */
  readonly needed: number;

  // Persistent state (Figure 2). `storage` knows which part of it is durable.
  term: Term;
  vote: ServerId;
  readonly log: RaftLog<C>;
  storage: StableStorage<C>;

  // Volatile state (Figure 2).
  role: Role = "follower";
  /** The leader of `term`, if one was heard since the last election timeout here, or NONE. */
  leader: ServerId = NONE;
  commitIndex: Index;
  appliedIndex: Index = 0;

  // Candidates.
  /** Answers in the running election or pre-election, by server. */
  answers: VoteAnswer[] = [];
  granted = 0;
  refused = 0;

  // Leaders.
  /** One for each peer, in the order of `peers`; meaningful while leading. */
  readonly followers: FollowerProgress[] = [];
  /** The same, by server. */
  readonly followerOf: (FollowerProgress | undefined)[] = [];
  /** Index of the first entry of this leadership. */
  firstIndexOfTerm: Index = 0;
  /** The newest ReadIndex round of this leadership; 0 before the first. */
  round = 0;
  /** Reads that wait, in the order of their rounds. */
  pendingReads: PendingRead[] = [];
  /** For finding the majority's index without allocating. */
  readonly scratch: Index[] = [];

  #batch: readonly Entry<C>[] = [];
  #batchFirst: Index = 0;

  constructor(config: RaftConfig, durable: DurableState<C>) {
    if (!config.voters.includes(config.id)) throw new Error(`server ${config.id} is not a voter of its own cluster`);
    if (durable.commitIndex > durable.log.lastIndex) {
      throw new Error(
        `server ${config.id} starts with ${durable.commitIndex} committed of ${durable.log.lastIndex} entries`,
      );
    }
    this.config = config;
    this.peers = config.voters.filter((id) => id !== config.id);
    this.needed = votesToWin(config.rules, config.voters.length);
    this.term = durable.hardState.term;
    this.vote = durable.hardState.vote;
    this.log = durable.log.clone();
    this.commitIndex = durable.commitIndex;
    this.storage = new StableStorage<C>(this.log.lastIndex);
    for (const id of this.peers) this.#addFollower(new FollowerProgress(id));
  }

  /** Last index of the log that this server knows to be durable here. */
  get durableIndex(): Index {
    return this.storage.durableIndex;
  }

  /** Hands a message over, to leave once the write `after` is durable. */
  send(message: Message<C>, after: WriteId, why: Reason | null): void {
    this.output.messages.push({ message, after, reason: why });
  }

  /** Notes that role, term, vote or leader are now what they are. */
  changed(why: Reason): void {
    this.output.transitions.push({
      role: this.role,
      term: this.term,
      vote: this.vote,
      leader: this.leader,
      reason: why,
    });
    this.output.reason = why;
  }

  /** Sets term and vote, to be made durable by the write of this input. */
  setHardState(term: Term, vote: ServerId): void {
    if (term < this.term) throw new Error(`term of server ${this.config.id} would fall from ${this.term} to ${term}`);
    this.term = term;
    this.vote = vote;
    if (this.config.rules.persistTerm) this.storage.hardStateChanged();
  }

  /** Appends an entry. */
  append(entry: Entry<C>): Index {
    const index = this.log.append(entry);
    this.storage.appended(index, index);
    return index;
  }

  /** Removes the entries from `index` on, before others are appended. */
  truncateFrom(index: Index): void {
    this.storage.truncated(index);
    this.log.truncateFrom(index);
    this.#batchFirst = 0;
  }

  /** Entries `first`..`last`, for a message. All followers that are sent the same entries share one array. */
  batch(first: Index, last: Index): readonly Entry<C>[] {
    if (last < first) return [];
    if (this.#batchFirst !== first || this.#batch.length !== last - first + 1) {
      this.#batch = this.log.slice(first, last);
      this.#batchFirst = first;
    }
    return this.#batch;
  }

  /** Ends an input: what has to become durable goes out as one write. */
  endInput(): void {
    if (!this.storage.hasWrite) return;
    const rules = this.config.rules;
    this.storage.flush({ term: this.term, vote: rules.persistVote ? this.vote : NONE }, this.log, this.output);
  }

  /** Takes over the state of `other`, a server of the same configuration and log. */
  protected copyFrom(other: ServerState<C>): void {
    this.storage = other.storage.clone();
    this.role = other.role;
    this.leader = other.leader;
    this.appliedIndex = other.appliedIndex;
    this.answers = other.answers.slice();
    this.granted = other.granted;
    this.refused = other.refused;
    this.followers.length = 0;
    for (const progress of other.followers) this.#addFollower(progress.clone());
    this.firstIndexOfTerm = other.firstIndexOfTerm;
    this.round = other.round;
    this.pendingReads = other.pendingReads.slice();
  }

  #addFollower(progress: FollowerProgress): void {
    this.followers.push(progress);
    this.followerOf[progress.id] = progress;
  }
}
