import type { Reason } from "./reason.js";
import { reason } from "./reason.js";
import type { Index, Role, Rules, ServerId, Term } from "./types.js";
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

/** §5.2: "A candidate wins an election if it receives votes from a majority of the servers in the full cluster". */
export function votesToWin(rules: Rules, voters: number): number {
  return rules.majorityToWin ? majority(voters) : Math.ceil(voters / 2);
}

/** More than half of `voters`. */
export function majority(voters: number): number {
  return Math.floor(voters / 2) + 1;
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

/** D §6.4: "The leader needs to make sure it has not been superseded by a newer leader". A single voter cannot be. */
export function mustConfirmLeadership(rules: Rules, voters: number): boolean {
  return rules.confirmLeadership && voters > 1;
}
