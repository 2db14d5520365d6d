import type { ConfigurationLog } from "./configuration.js";
import { isVoter, membersOf } from "./configuration.js";
import type { DurableState } from "./contract.js";
import type { RaftLog } from "./log.js";
import type { Message } from "./message.js";
import type { Output, WriteId } from "./output.js";
import { createOutput } from "./output.js";
import { FollowerProgress } from "./progress.js";
import type { Quorum, Tally } from "./quorum.js";
import { quorumOf, union } from "./quorum.js";
import type { Reason } from "./reason.js";
import { recoveredConfigurations } from "./recovery.js";
import { configurationInForce } from "./rules.js";
import { StableStorage } from "./storage.js";
import type { Configuration, Entry, Index, RaftConfig, Role, ServerId, Snapshot, Term } from "./types.js";
import { NONE } from "./types.js";

/** A voter's answer in the running election. */
export type VoteAnswer = "none" | "granted" | "refused";

/** A linearizable read that waits (D §6.4): for its round, or, with round 0, for the first commit of this leadership. */
export interface PendingRead {
  /** Who asked: this server, or the follower that waits for the read index. */
  readonly from: ServerId;
  readonly context: number;
  readonly index: Index;
  readonly round: number;
}

/** How much has arrived of a snapshot that a leader sends (Figure 13). */
export interface IncomingSnapshot {
  /** The leader's term: another leader's snapshot has bytes of its own. */
  readonly term: Term;
  readonly lastIncludedIndex: Index;
  /** Bytes, without a gap. */
  readonly received: number;
}

/**
 * A server's state (Figure 2) and the few operations on it that every part of the protocol uses. The parts are modules of
 * functions over it: voting, election, roles, append (the follower's side), replication (the leader's side), reads.
 */
export class ServerState<C> {
  readonly config: RaftConfig;
  readonly output: Output<C> = createOutput<C>();

  // Membership (§6).
  readonly configurations: ConfigurationLog;
  /** The configuration in force. */
  configuration: Configuration;
  configurationIndex: Index;
  /** The other members, ascending: the order in which messages leave. */
  peers: readonly ServerId[] = [];
  /** Those of them that count in an election, ascending: who is asked for votes. */
  electors: readonly ServerId[] = [];
  /** Who has to agree on an election and on a commitment. */
  quorum: Quorum = [];

  // Persistent state (Figure 2). `storage` knows which part of it is durable.
  term: Term;
  vote: ServerId;
  readonly log: RaftLog<C>;
  /** The newest snapshot, durable or on its way to the disk. */
  snapshot: Snapshot | null;
  /** The snapshot of which a leader has sent the first chunks; `null` for none. */
  incoming: IncomingSnapshot | null = null;
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
  /** Votes beyond one per server, which only count with a rule off. */
  repeatedVotes = 0;

  // Leaders.
  /** One for each peer, in the order of `peers`, from the first time on that this server leads; meaningful while leading. */
  followers: FollowerProgress[] = [];
  /** The same, by server. */
  followerOf: (FollowerProgress | undefined)[] = [];
  /** The server that leadership is being handed to, or NONE (D §3.10). */
  transferee: ServerId = NONE;
  /** Index of the first entry of this leadership. */
  firstIndexOfTerm: Index = 0;
  /** The newest ReadIndex round of this leadership; 0 before the first. */
  round = 0;
  /** Reads that wait, in the order of their rounds. */
  pendingReads: PendingRead[] = [];
  /** Whether TimeoutNow was sent to {@link transferee}. */
  transferSent = false;
  /** Whether TimeoutNow was sent to anybody in this leadership: it may still arrive, and no lease protects from it. */
  leaseBroken = false;
  /** When the newest rounds began, by this server's clock; only with lease reads. */
  roundStarts: { readonly round: number; readonly at: number }[] = [];

  // Reads, on whatever server.
  /** Reads of this follower for which the leader was asked. */
  forwardedReads: number[] = [];
  /** Reads whose index is not committed here yet. */
  unappliedReads: { readonly context: number; readonly index: Index }[] = [];
  /**
   * With lease reads: this server has promised somebody to elect nobody for a while, or may have before it restarted, though
   * it knows no leader now. It votes for nobody until its election timer has fired (D §6.4.1).
   */
  abstains = false;

  /** The server's own clock at this input, in microseconds; see `Raft.localTime`. */
  localTime = 0;
  /** For finding the majority's index without allocating. */
  readonly scratch: Index[] = [];
  /** What the last count came to. */
  readonly tally: Tally = { count: 0, needed: 0, size: 0 };

  #batch: readonly Entry<C>[] = [];
  #batchFirst: Index = 0;

  /** `configurations`: those of the log, for a copy, which gets the rest from {@link copyFrom}; otherwise the log is searched for them. */
  constructor(config: RaftConfig, durable: DurableState<C>, configurations: ConfigurationLog | null = null) {
    if (durable.commitIndex > durable.log.lastIndex) {
      throw new Error(
        `server ${config.id} starts with ${durable.commitIndex} committed of ${durable.log.lastIndex} entries`,
      );
    }
    this.config = config;
    this.term = durable.hardState.term;
    this.vote = durable.hardState.vote;
    this.log = durable.log.clone();
    this.snapshot = durable.snapshot;
    // What a snapshot covers is committed and, as soon as it is restored, applied (§7).
    const covered = durable.snapshot?.lastIncludedIndex ?? 0;
    this.commitIndex = Math.max(durable.commitIndex, covered);
    this.appliedIndex = covered;
    this.storage = new StableStorage<C>(this.log.lastIndex);
    this.configurations = configurations ?? recoveredConfigurations(config, durable);
    const inForce = configurationInForce(config.rules, this.configurations, this.commitIndex);
    this.configuration = inForce.configuration;
    this.configurationIndex = inForce.index;
    if (configurations === null) this.#reconfigured();
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
    if (entry.kind === "configuration" && this.configurations.appended(index, entry)) this.useConfiguration();
    return index;
  }

  /** Removes the entries from `index` on, before others are appended. What a snapshot covers stays. */
  truncateFrom(wanted: Index): void {
    const index = Math.max(wanted, this.log.firstIndex);
    this.storage.truncated(index);
    this.log.truncateFrom(index);
    this.#batchFirst = 0;
    if (this.configurations.truncated(index)) this.useConfiguration();
  }

  /** The log begins anew after a snapshot that it does not agree with; `configuration` is the one there. */
  restartLog(snapshot: Snapshot, configuration: Configuration): void {
    const { lastIncludedIndex: index, lastIncludedTerm } = snapshot;
    this.storage.restarted(snapshot, this.commitIndex);
    this.log.restart(index, lastIncludedTerm);
    this.#batchFirst = 0;
    this.configurations.restarted({ index, configuration });
  }

  /**
   * Sees to it that the configuration in force is the one that the rules say; to be called when one was appended, removed,
   * committed (with the rule config-on-append off) or installed.
   */
  useConfiguration(): void {
    const { configuration, index } = configurationInForce(this.config.rules, this.configurations, this.commitIndex);
    this.configurationIndex = index;
    if (configuration === this.configuration) return;
    this.configuration = configuration;
    this.#reconfigured();
    this.output.configuration = configuration;
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

  /** Sees to it that there is a progress for every peer, and for nobody else. Who was a peer keeps the one that it had. */
  followPeers(): void {
    const known = this.followerOf;
    this.followers = [];
    this.followerOf = [];
    for (const peer of this.peers) {
      const progress = known[peer] ?? new FollowerProgress(peer);
      if (known[peer] === undefined) {
        // One that joins while this server leads is looked for from the end of the log, like all after an election. It
        // had no chance to be heard yet: the next quorum check must not hold that against it.
        progress.reset(this.log.lastIndex, false);
        progress.active = this.role === "leader";
      }
      this.#addFollower(progress);
    }
  }

  /** Takes over the state of `other`, a server of the same configuration and log. */
  protected copyFrom(other: ServerState<C>): void {
    this.storage = other.storage.clone();
    this.commitIndex = other.commitIndex;
    this.incoming = other.incoming;
    this.role = other.role;
    this.leader = other.leader;
    this.appliedIndex = other.appliedIndex;
    this.answers = other.answers.slice();
    this.repeatedVotes = other.repeatedVotes;
    this.configuration = other.configuration;
    this.configurationIndex = other.configurationIndex;
    this.quorum = other.quorum;
    this.peers = other.peers;
    this.electors = other.electors;
    for (const progress of other.followers) this.#addFollower(progress.clone());
    this.transferee = other.transferee;
    this.localTime = other.localTime;
    this.firstIndexOfTerm = other.firstIndexOfTerm;
    this.round = other.round;
    this.pendingReads = other.pendingReads.slice();
    this.transferSent = other.transferSent;
    this.leaseBroken = other.leaseBroken;
    this.roundStarts = other.roundStarts.slice();
    this.forwardedReads = other.forwardedReads.slice();
    this.unappliedReads = other.unappliedReads.slice();
    this.abstains = other.abstains;
  }

  /** Counts, and talks to, the members of the new configuration. */
  #reconfigured(): void {
    const { id, rules } = this.config;
    this.quorum = quorumOf(rules, this.configuration);
    this.peers = membersOf(this.configuration).filter((member) => member !== id);
    let electors = this.quorum[0]?.servers ?? [];
    for (const { servers } of this.quorum) if (servers !== electors) electors = union(electors, servers);
    this.electors = electors.filter((elector) => elector !== id);
    if (this.transferee !== NONE && !isVoter(this.configuration, this.transferee)) this.transferee = NONE;
    if (this.role === "leader" || this.followers.length > 0) this.followPeers();
  }

  #addFollower(progress: FollowerProgress): void {
    this.followers.push(progress);
    this.followerOf[progress.id] = progress;
  }
}
