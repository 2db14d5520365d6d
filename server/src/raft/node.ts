import { handleAppendEntries } from "./append.js";
import type { Progress, Raft } from "./contract.js";
import { electionTimeout, handlePreVoteReply, handleRequestVoteReply, winElection } from "./election.js";
import { handleInstallSnapshot } from "./install.js";
import type { MembershipChange } from "./membership.js";
import { afterLeaderCommit, changeMembership } from "./membership.js";
import type { Message } from "./message.js";
import type { ProposalOutcome, WriteId } from "./output.js";
import { SET_ELECTION_TIMER } from "./output.js";
import { afterCommit, confirmReads, handleReadIndex, handleReadIndexReply, readIndex } from "./reads.js";
import type { Reason } from "./reason.js";
import { reason } from "./reason.js";
import { advanceOwn, broadcastAppend, handleAppendEntriesReply, heartbeatTimeout } from "./replication.js";
import { meetHigherTerm } from "./roles.js";
import { refusesProposals, snapshotReach } from "./rules.js";
import { ServerState } from "./server.js";
import { compact, handleInstallSnapshotReply } from "./snapshots.js";
import { handleTimeoutNow, handleTimeoutNowReply, transferLeadership } from "./transfer.js";
import type { Index, ServerId, SnapshotData } from "./types.js";
import { NONE } from "./types.js";
import { handlePreVote, handleRequestVote } from "./voting.js";

const NO_VOTES: readonly ServerId[] = [];

/**
 * One Raft server as a pure state machine, in the manner of etcd's raft library: see {@link Raft}. This class takes the
 * inputs and finds the part of the protocol that handles each.
 */
export class RaftNode<C> extends ServerState<C> implements Raft<C> {
  get votesGranted(): readonly ServerId[] {
    if (this.answers.length === 0) return NO_VOTES;
    const granted: ServerId[] = [];
    for (const [id, answer] of this.answers.entries()) if (answer === "granted") granted.push(id);
    return granted;
  }

  progressOf(follower: ServerId): Progress | null {
    return this.role === "leader" ? (this.followerOf[follower] ?? null) : null;
  }

  start(restarted: boolean): void {
    this.output.reason = reason(restarted ? "restarted" : "started");
    this.abstains = restarted && this.config.reads === "lease";
    this.output.timers.push(SET_ELECTION_TIMER);
  }

  receive(message: Message<C>): void {
    if (message.to !== this.config.id) {
      throw new Error(`server ${this.config.id} received a message for server ${message.to}`);
    }
    this.#handle(message);
    this.#endInput();
  }

  electionTimeout(forced: boolean): void {
    electionTimeout(this, forced);
    this.#endInput();
  }

  heartbeatTimeout(): void {
    heartbeatTimeout(this);
    this.#endInput();
  }

  propose(command: C): ProposalOutcome {
    if (this.role !== "leader") {
      const why = reason("not-leader", this.leader);
      this.output.reason = why;
      return { kind: "not-leader", leader: this.leader, reason: why };
    }
    if (refusesProposals(this.config.rules, this.transferee)) {
      const why = reason("proposal-refused-transfer", this.transferee);
      this.output.reason = why;
      return { kind: "refused", reason: why };
    }
    const term = this.term;
    const index = this.append({ kind: "command", term, command });
    broadcastAppend(this);
    advanceOwn(this);
    this.output.reason = reason("proposal-appended", index, term);
    this.#endInput();
    return { kind: "appended", index, term };
  }

  changeMembership(change: MembershipChange): ProposalOutcome {
    const outcome = changeMembership(this, change);
    this.#endInput();
    return outcome;
  }

  transferLeadership(target: ServerId): Reason | null {
    const refusal = transferLeadership(this, target);
    this.#endInput();
    return refusal;
  }

  get snapshotLimit(): Index {
    const { appliedIndex, log } = this;
    // With a rule off the log may have lost what was executed: no place in it has the present state.
    return appliedIndex > log.lastIndex ? 0 : snapshotReach(this.config.rules, appliedIndex, log.lastIndex);
  }

  compact(index: Index, data: SnapshotData, keep: number): void {
    compact(this, index, data, keep);
    this.#endInput();
  }

  readIndex(context: number): void {
    readIndex(this, context);
    this.#endInput();
  }

  persisted(write: WriteId): void {
    if (!this.storage.persisted(write)) return;
    if (this.role === "candidate") winElection(this);
    else if (this.role === "leader") advanceOwn(this);
    this.#endInput();
  }

  applied(index: Index): void {
    if (index > this.commitIndex) {
      throw new Error(`server ${this.config.id} applied ${index}, but committed only ${this.commitIndex}`);
    }
    if (index < this.appliedIndex) {
      throw new Error(`server ${this.config.id} applied ${index} after ${this.appliedIndex}`);
    }
    this.appliedIndex = index;
  }

  clone(): RaftNode<C> {
    const { term, vote, log, snapshot } = this;
    // With a rule off the log may have lost what was committed.
    const commitIndex = Math.min(this.commitIndex, log.lastIndex);
    const durable = { hardState: { term, vote }, log, snapshot, commitIndex };
    const copy = new RaftNode<C>(this.config, durable, this.configurations.clone());
    copy.copyFrom(this);
    return copy;
  }

  /** §5.1's rule on terms first, then what the message says. A vote request follows rules of its own on terms. */
  #handle(m: Message<C>): void {
    switch (m.type) {
      case "RequestVote":
        handleRequestVote(this, m);
        return;
      case "PreVote":
        handlePreVote(this, m);
        return;
      case "RequestVoteReply":
        if (m.term > this.term) meetHigherTerm(this, m.term, NONE);
        else handleRequestVoteReply(this, m);
        return;
      case "PreVoteReply":
        // A granted pre-vote speaks of a term that nobody has begun.
        if (m.term > this.term && !m.voteGranted) meetHigherTerm(this, m.term, NONE);
        else handlePreVoteReply(this, m);
        return;
      case "AppendEntries":
        if (m.term > this.term && !meetHigherTerm(this, m.term, m.from)) return;
        handleAppendEntries(this, m);
        return;
      case "AppendEntriesReply":
        if (m.term > this.term) meetHigherTerm(this, m.term, NONE);
        else handleAppendEntriesReply(this, m);
        if (this.pendingReads.length > 0) confirmReads(this);
        return;
      case "TimeoutNow":
        if (m.term > this.term && !meetHigherTerm(this, m.term, m.from)) return;
        handleTimeoutNow(this, m);
        return;
      case "TimeoutNowReply":
        if (m.term > this.term) meetHigherTerm(this, m.term, NONE);
        else handleTimeoutNowReply(this, m);
        return;
      case "ReadIndex":
        if (m.term > this.term && !meetHigherTerm(this, m.term, NONE)) return;
        handleReadIndex(this, m);
        return;
      case "ReadIndexReply":
        if (m.term > this.term && !meetHigherTerm(this, m.term, NONE)) return;
        handleReadIndexReply(this, m);
        return;
      case "InstallSnapshot":
        if (m.term > this.term && !meetHigherTerm(this, m.term, m.from)) return;
        handleInstallSnapshot(this, m);
        return;
      case "InstallSnapshotReply":
        if (m.term > this.term) meetHigherTerm(this, m.term, NONE);
        else handleInstallSnapshotReply(this, m);
        if (this.pendingReads.length > 0) confirmReads(this);
        return;
    }
  }

  #endInput(): void {
    if (this.output.committed) {
      this.#committed();
      afterCommit(this);
    }
    // Who has answered may be a majority of the new configuration.
    if (this.output.configuration !== null && this.pendingReads.length > 0) confirmReads(this);
    this.endInput();
  }

  /** What a leader appends for the sake of a commitment may be committed at once, when it needs nobody's acknowledgement. */
  #committed(): void {
    let before = -1;
    while (this.commitIndex > before) {
      before = this.commitIndex;
      if (!this.config.rules.configOnAppend) this.useConfiguration();
      if (this.role === "leader") afterLeaderCommit(this);
    }
  }
}
