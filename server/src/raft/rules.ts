import type { ConfigurationLog, PlacedConfiguration } from "./configuration.js";
import type { Reason } from "./reason.js";
import { reason } from "./reason.js";
import type { Configuration, Index, RaftConfig, Role, Rules, ServerId, Snapshot, Term } from "./types.js";
import { NONE } from "./types.js";

/**
 * The rules of Raft, each a predicate that the protocol asks in one place, with the sentence it stands for.
 * A {@link Rules} flag that is off makes its predicate give the answer of an implementation that forgot the rule.
 */

/** §5.2: "Each server will vote for at most one candidate in a given term, on a first-come-first-served basis." */
export function mayVoteFor(rules: Rules, votedFor: ServerId, candidate: ServerId): boolean {
  return votedFor === NONE || votedFor === candidate || !rules.oneVotePerTerm;
}

/**
 * §5.4.1: "If the logs have last entries with different terms, then the log with the later term is more up-to-date. If the
 * logs end with the same term, then whichever log is longer is more up-to-date." Returns why the candidate's log is behind
 * the voter's, or `null` when it is at least as up-to-date.
 */
export function logBehind(
  rules: Rules,
  candidateLastTerm: Term,
  candidateLastIndex: Index,
  lastTerm: Term,
  lastIndex: Index,
): Reason | null {
  if (!rules.upToDateVote) return null;
  if (candidateLastTerm !== lastTerm) {
    return candidateLastTerm > lastTerm ? null : reason("vote-refused-log-term-behind", candidateLastTerm, lastTerm);
  }
  return candidateLastIndex >= lastIndex ? null : reason("vote-refused-log-shorter", candidateLastIndex, lastIndex);
}

/**
 * D §4.2.3 (§6): "if a server receives a RequestVote request within the minimum election timeout of hearing from a
 * current leader, it does not update its term or grant its vote."
 *
 * This machine has no clock. A leader counts as heard from a valid AppendEntries until the election timer that this
 * AppendEntries restarted fires here, and then `leader` is forgotten: so a known leader is one that was heard. That is
 * never shorter than the minimum election timeout, so the promise behind the sentence holds; it may be longer, so that
 * an election after a crash may have to wait until a majority has missed the leader. A leader hears itself.
 */
export function refusesWhileLeaderHeard(rules: Rules, leader: ServerId, candidate: ServerId): boolean {
  return rules.refuseWhileLeaderHeard && leader !== NONE && leader !== candidate;
}

/** A voter counts once, whether the network repeats its reply or not. */
export function countsVote(rules: Rules, answeredBefore: boolean): boolean {
  return !answeredBefore || !rules.countVotesOnce;
}

/** §5.2: a vote is given in one term and counts in that term only. */
export function voteIsOfThisTerm(rules: Rules, replyTerm: Term, term: Term): boolean {
  return replyTerm === term || !rules.votesOfThisTerm;
}

/** §5.1: "If a candidate or leader discovers that its term is out of date, it immediately reverts to follower state." */
export function followsHigherTerm(rules: Rules, role: Role): boolean {
  return rules.stepDownOnHigherTerm || role !== "leader";
}

/** §5.1: "If a server receives a request with a stale term number, it rejects the request." Asked for AppendEntries. */
export function refusesStaleLeader(rules: Rules, leaderTerm: Term, term: Term): boolean {
  return leaderTerm < term && rules.ignoreStaleTerms;
}

/**
 * §5.3: "If the follower does not find an entry in its log with the same index and term, then it refuses the new
 * entries." `termThere` is the follower's term at prevLogIndex, 0 before the first entry. The flag forgives a wrong term,
 * not a gap: a log with a hole cannot be kept.
 */
export function prevLogMatches(
  rules: Rules,
  prevLogIndex: Index,
  prevLogTerm: Term,
  lastIndex: Index,
  termThere: Term,
): boolean {
  return prevLogIndex <= lastIndex && (termThere === prevLogTerm || !rules.logMatchingCheck);
}

/**
 * §5.4.2: "Raft never commits log entries from previous terms by counting replicas. Only log entries from the leader's
 * current term are committed by counting replicas".
 */
export function mayCommitByCounting(rules: Rules, entryTerm: Term, term: Term): boolean {
  return entryTerm === term || !rules.currentTermCommit;
}

/** The last index a follower counts as holding: what it acknowledged (matchIndex), not what was sent (nextIndex - 1). */
export function heldByFollower(rules: Rules, match: Index, next: Index): Index {
  return rules.majorityCommit ? match : next - 1;
}

/** D §10.2.1: the leader writes in parallel with its followers, and counts its own copy once it is durable. */
export function heldByLeader(rules: Rules, durableIndex: Index, lastIndex: Index): Index {
  return rules.leaderDurableBeforeCount ? durableIndex : lastIndex;
}

/** Figure 2: "If leaderCommit > commitIndex, set commitIndex = min(leaderCommit, index of last new entry)". */
export function followerCommit(rules: Rules, leaderCommit: Index, lastNewEntry: Index, lastIndex: Index): Index {
  return Math.min(leaderCommit, rules.commitWithinMatch ? lastNewEntry : lastIndex);
}

/** What a success acknowledges: as far as the consistency check and the entries sent reach, and nothing behind it. */
export function acknowledged(rules: Rules, lastNewEntry: Index, lastIndex: Index): Index {
  return rules.ackWhatWasChecked ? lastNewEntry : lastIndex;
}

/** Figure 2: "Updated on stable storage before responding to RPCs". Up to where a follower may respond at once. */
export function acknowledgedAtOnce(rules: Rules, durableIndex: Index, lastIndex: Index): Index {
  return rules.durableBeforeAck ? durableIndex : lastIndex;
}

/** A reply of an earlier term speaks of another leadership, perhaps of entries that are gone. */
export function replyIsOfThisTerm(rules: Rules, replyTerm: Term, term: Term): boolean {
  return replyTerm === term || !rules.repliesOfThisTerm;
}

/** D §6.4: a new leader does not know what is committed until it has committed an entry of its own term. */
export function knowsCommitIndex(rules: Rules, commitIndex: Index, firstIndexOfTerm: Index): boolean {
  return commitIndex >= firstIndexOfTerm || !rules.readAfterNoOp;
}

/** D §6.4: "The leader needs to make sure it has not been superseded by a newer leader". A server alone cannot be. */
export function mustConfirmLeadership(rules: Rules, alone: boolean): boolean {
  return rules.confirmLeadership && !alone;
}

/** §6: "a server always uses the latest configuration in its log, regardless of whether the entry is committed". */
export function configurationInForce(
  rules: Rules,
  configurations: ConfigurationLog,
  commitIndex: Index,
): PlacedConfiguration {
  return rules.configOnAppend ? configurations.newest : configurations.at(commitIndex);
}

/** D §4.1: one change at a time; "the next configuration change" waits until the last one's entry is committed. */
export function mayBeginChange(rules: Rules, newestConfiguration: Index, commitIndex: Index): boolean {
  return newestConfiguration <= commitIndex || !rules.oneChangeAtATime;
}

/**
 * The correction to D §4.1 of 2015: "a leader may not append a new configuration entry until it has committed an entry from
 * its current term".
 */
export function mayChangeInTerm(rules: Rules, commitIndex: Index, firstIndexOfTerm: Index): boolean {
  return commitIndex >= firstIndexOfTerm || !rules.currentTermBeforeChange;
}

/**
 * §6, D §4.1: majorities of two configurations that differ in one server overlap; for more the change goes through joint
 * consensus (Figure 10). `changed` counts the servers that are a voter in one of the two only.
 */
export function mayChangeAtOnce(rules: Rules, membership: RaftConfig["membership"], changed: number): boolean {
  return changed <= 1 || membership === "naive" || !rules.jointForMany;
}

/** D §4.2.1: a learner is promoted once it has caught up; etcd's measure is nine tenths of the leader's log. */
export function caughtUpToPromote(match: Index, lastIndex: Index): boolean {
  return match * 10 >= lastIndex * 9;
}

/** D §3.10: "The prior leader stops accepting new client requests" while it transfers its leadership. */
export function refusesProposals(rules: Rules, transferee: ServerId): boolean {
  return transferee !== NONE && rules.transferStopsProposals;
}

/** D §3.10: the prior leader "fully updates the target server's log to match its own" before the target may begin. */
export function mayTransferTo(rules: Rules, match: Index, lastIndex: Index): boolean {
  return match >= lastIndex || !rules.transferWaitsCaughtUp;
}

/** D §6.4: a follower "would issue a request to the leader that just asks for the current readIndex". */
export function followerMustAsk(rules: Rules): boolean {
  return rules.followerAsksLeader;
}

/** D §6.4: "The leader waits for its state machine to advance at least as far as the readIndex"; so does a follower. */
export function servesReadAt(rules: Rules, index: Index, applied: Index): boolean {
  return index <= applied || !rules.readWaitsApplied;
}

/**
 * D §6.4.1: a lease ends "election timeout / clock drift bound" after the round that extended it began. With every clock
 * off by the share `drift` at most, the leader's may be slow and a voter's fast.
 */
export function leaseLength(rules: Rules, base: number, drift: number): number {
  return rules.leaseBoundedByDrift ? Math.floor((base * (1 - drift)) / (1 + drift)) : base;
}

/** §7: a snapshot holds what was applied; an entry that is not committed may still vanish. */
export function snapshotReach(rules: Rules, appliedIndex: Index, lastIndex: Index): Index {
  return rules.snapshotOnlyCommitted ? appliedIndex : lastIndex;
}

/** etcd's WAL: each record carries a checksum, and a server that finds one that does not match refuses to start. */
export function findsDamage(rules: Rules): boolean {
  return rules.checksumRecords;
}

/** §5.2: "election timeouts are chosen randomly from a fixed interval (e.g., 150-300ms)". Asked by whoever sets the timer. */
export function electionTimeoutIsRandom(rules: Rules): boolean {
  return rules.randomisedTimeouts;
}

/** Figure 13, §7: what a snapshot covers and this server has committed already it need not take from others. */
export function snapshotIsNewer(rules: Rules, lastIncludedIndex: Index, commitIndex: Index): boolean {
  return lastIncludedIndex > commitIndex || !rules.snapshotNotOlder;
}

/** Figure 13, step 6: a log that holds the snapshot's last entry keeps what follows it. */
export function keepsSuffix(rules: Rules, holdsLastIncluded: boolean): boolean {
  return holdsLastIncluded && rules.snapshotKeepsSuffix;
}

/** §7: a snapshot brings the configuration as of its last entry; off, a server goes on with the one it `knew`. */
export function configurationAfter(rules: Rules, snapshot: Snapshot, knew: Configuration): Configuration {
  return rules.snapshotCarriesConfig ? snapshot.configuration : knew;
}

/** §5.3: a client hears of success once its entry is committed and applied; off, as soon as the leader has appended it. */
export function acknowledgesAfterCommit(rules: Rules): boolean {
  return rules.ackAfterCommit;
}

/** D §6.3: with `sessions`, a state machine remembers each client's newest request, and answers it again without executing it. */
export function remembersRequests(rules: Rules, sessions: boolean): boolean {
  return sessions && rules.dedupRequests;
}
