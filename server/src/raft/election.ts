import { isVoter } from "./configuration.js";
import type { PreVoteReply, RequestVoteReply } from "./message.js";
import { SET_ELECTION_TIMER } from "./output.js";
import { outOfReach, reached } from "./quorum.js";
import { refuseReads } from "./reads.js";
import type { ReasonCode } from "./reason.js";
import { reason } from "./reason.js";
import { becomeFollower, becomeLeader, forgetVotes } from "./roles.js";
import { countsVote, voteIsOfThisTerm } from "./rules.js";
import type { ServerState } from "./server.js";
import type { ServerId } from "./types.js";
import { NONE, roleCode } from "./types.js";

/**
 * The candidate's side of elections (§5.2), pre-elections (D §9.6), and the leader's quorum check (D §6.2): all that
 * starts with the election timer.
 */

/**
 * The election timer fired. A follower or candidate starts an election (Figure 2, Followers and Candidates); on a leader it
 * is the quorum check. `forced` marks a person's doing, for the reason.
 */
export function electionTimeout<C>(s: ServerState<C>, forced: boolean): void {
  s.abstains = false;
  if (s.role === "leader") {
    leaderTimeout(s);
    return;
  }
  if (!mayStand(s)) {
    // It does not stand for election, but it stops believing in a leader that it no longer hears.
    const why = reason("not-a-voter", s.configurationIndex);
    if (s.leader !== NONE) becomeFollower(s, s.term, NONE, why);
    s.output.reason = why;
    return;
  }
  const code: ReasonCode = forced ? "forced-timeout" : "election-timeout";
  // A server alone has nobody to ask first.
  if (s.config.preVote && s.electors.length > 0) becomePreCandidate(s, code);
  else becomeCandidate(s, code, s.term + 1, 0);
}

/**
 * A voter stands for election, and so does one that its newest configuration leaves out, as long as it does not know that
 * to be committed: until then the cluster may need it. It has no vote of its own in that case (D §4.2.2, Figure 4.6).
 */
export function mayStand<C>({ config, configuration, configurations, commitIndex }: ServerState<C>): boolean {
  return isVoter(configuration, config.id) || isVoter(configurations.at(commitIndex).configuration, config.id);
}

/** Figure 2, Candidates: an answer to a request for a vote; the one that completes a majority makes the candidate leader. */
export function handleRequestVoteReply<C>(s: ServerState<C>, m: RequestVoteReply): void {
  if (!voteIsOfThisTerm(s.config.rules, m.term, s.term)) {
    s.output.reason = reason("vote-reply-stale-term", m.term, s.term);
    return;
  }
  if (s.role !== "candidate") {
    s.output.reason = reason("vote-reply-not-candidate", roleCode(s.role));
    return;
  }
  if (!count(s, m.from, m.voteGranted)) return;
  winElection(s);
}

/** D §9.6: a majority would vote, so the election may begin; or it cannot be won, and the server waits. */
export function handlePreVoteReply<C>(s: ServerState<C>, m: PreVoteReply): void {
  if (s.role !== "pre-candidate") {
    s.output.reason = reason("vote-reply-not-candidate", roleCode(s.role));
    return;
  }
  if (m.voteGranted && m.term !== s.term + 1) {
    s.output.reason = reason("vote-reply-stale-term", m.term, s.term + 1);
    return;
  }
  if (!count(s, m.from, m.voteGranted)) return;
  if (winPreElection(s)) return;
  if (outOfReach(s.quorum, (id) => s.answers[id] === "refused")) {
    becomeFollower(s, s.term, NONE, reason("pre-vote-lost", refusals(s), s.tally.size));
  }
}

/** Becomes leader if the votes suffice and the own vote is durable, as any vote must be before it counts. */
export function winElection<C>(s: ServerState<C>): void {
  if (!hasMajority(s)) return;
  const { count: votes, needed } = s.tally;
  const write = s.storage.afterHardState();
  if (write !== 0) s.output.reason = reason("election-waits-for-disk", write, s.term);
  else if (s.electors.length === 0) becomeLeader(s, reason("single-voter", s.term));
  else becomeLeader(s, reason("won-election", votes, needed));
}

function winPreElection<C>(s: ServerState<C>): boolean {
  if (!hasMajority(s)) return false;
  becomeCandidate(s, "pre-vote-won", s.tally.count, s.tally.needed);
  return true;
}

function becomePreCandidate<C>(s: ServerState<C>, code: ReasonCode): void {
  const term = s.term + 1;
  s.role = "pre-candidate";
  s.leader = NONE;
  if (s.forwardedReads.length > 0) refuseReads(s);
  beginCount(s);
  s.changed(reason(code, term));
  s.output.timers.push(SET_ELECTION_TIMER);
  const from = s.config.id;
  const lastLogIndex = s.log.lastIndex;
  const lastLogTerm = s.log.lastTerm;
  for (const to of s.electors) s.send({ type: "PreVote", from, to, term, lastLogIndex, lastLogTerm }, 0, null);
  winPreElection(s);
}

/**
 * An election begins (Figure 2, Candidates): a new term with the own vote, the timer set anew, and everybody else asked. The
 * requests speak of the new term, so they wait until it is durable. `code`, `a` and `b` are the reason.
 */
export function becomeCandidate<C>(
  s: ServerState<C>,
  code: ReasonCode,
  a: number,
  b: number,
  leadershipTransfer = false,
): void {
  const from = s.config.id;
  s.setHardState(s.term + 1, from);
  s.role = "candidate";
  s.leader = NONE;
  if (s.forwardedReads.length > 0) refuseReads(s);
  beginCount(s);
  s.changed(reason(code, a, b));
  s.output.timers.push(SET_ELECTION_TIMER);
  const term = s.term;
  const lastLogIndex = s.log.lastIndex;
  const lastLogTerm = s.log.lastTerm;
  const after = s.storage.afterHardState();
  for (const to of s.electors) {
    s.send({ type: "RequestVote", from, to, term, lastLogIndex, lastLogTerm, leadershipTransfer }, after, null);
  }
  winElection(s);
}

/** A new count, with the own vote in it. */
function beginCount<C>(s: ServerState<C>): void {
  forgetVotes(s);
  for (const { servers } of s.quorum) for (const id of servers) s.answers[id] = "none";
  s.answers[s.config.id] = "granted";
}

function hasMajority<C>(s: ServerState<C>): boolean {
  return reached(s.quorum, (id) => s.answers[id] === "granted", s.repeatedVotes, s.tally);
}

/** Voters that have refused; the tally's size is their majority's. */
function refusals<C>(s: ServerState<C>): number {
  reached(s.quorum, (id) => s.answers[id] === "refused", 0, s.tally);
  return s.tally.count;
}

/** Counts an answer. False when it changes nothing. */
function count<C>(s: ServerState<C>, from: ServerId, voteGranted: boolean): boolean {
  const before = s.answers[from];
  if (before === undefined) {
    s.output.reason = reason("unknown-sender", from);
    return false;
  }
  const counts = countsVote(s.config.rules, before !== "none");
  if (counts) {
    if (voteGranted && before === "granted") s.repeatedVotes += 1;
    s.answers[from] = voteGranted ? "granted" : "refused";
  }
  if (voteGranted) {
    hasMajority(s);
    s.output.reason = reason("vote-counted", s.tally.count, s.tally.needed);
  } else {
    s.output.reason = reason("vote-denied", refusals(s), s.tally.size);
  }
  return counts;
}

/** A leader's election timer: a transfer that takes that long is given up (D §3.10), and the quorum is checked. */
function leaderTimeout<C>(s: ServerState<C>): void {
  const target = s.transferee;
  s.transferee = NONE;
  checkQuorum(s);
  if (target !== NONE && s.role === "leader") s.output.reason = reason("transfer-given-up", target);
}

/**
 * D §6.2: a leader that no majority has answered for an election timeout does not lead any longer. Its election timer runs
 * while it leads, and what it heard since the last check counts (etcd: MsgCheckQuorum).
 */
function checkQuorum<C>(s: ServerState<C>): void {
  if (!s.config.checkQuorum) {
    s.output.reason = reason("timer-ignored", roleCode(s.role));
    return;
  }
  const heard = reached(s.quorum, (id) => id === s.config.id || s.followerOf[id]?.active === true, 0, s.tally);
  const { count: active, needed } = s.tally;
  for (const p of s.followers) p.active = false;
  if (!heard) {
    becomeFollower(s, s.term, NONE, reason("quorum-lost", active, needed));
    return;
  }
  s.output.timers.push(SET_ELECTION_TIMER);
  s.output.reason = reason("check-quorum-passed", active, needed);
}
