import type { PreVote, RequestVote } from "./message.js";
import type { WriteId } from "./output.js";
import { SET_ELECTION_TIMER } from "./output.js";
import type { Reason } from "./reason.js";
import { reason } from "./reason.js";
import { meetHigherTerm } from "./roles.js";
import { logBehind, mayVoteFor, refusesWhileLeaderHeard } from "./rules.js";
import type { ServerState } from "./server.js";
import type { Term } from "./types.js";
import { NONE } from "./types.js";

/**
 * The voter's side of elections: RequestVote (Figure 2, §5.2, §5.4.1) and PreVote (D §9.6).
 */

/**
 * RequestVote (Figure 2): refused in a term that is over, to a second candidate, and to one whose log is behind; otherwise
 * granted. Before all that, a server that hears a leader refuses without even taking over the term (D §4.2.3).
 */
export function handleRequestVote<C>(s: ServerState<C>, m: RequestVote): void {
  // D §4.2.3: a server that the leader itself asked to stand is not disruptive.
  if (m.term >= s.term && s.config.checkQuorum && !m.leadershipTransfer) {
    const heard = refusalForLeader(s, m);
    if (heard !== null) {
      replyVote(s, m, false, heard);
      return;
    }
  }
  if (m.term > s.term && !meetHigherTerm(s, m.term, NONE)) return;
  if (!s.config.rules.resetTimerOnGrantOnly) s.output.timers.push(SET_ELECTION_TIMER);
  const refusal = refusalOfVote(s, m);
  if (refusal !== null) {
    replyVote(s, m, false, refusal);
    return;
  }
  if (s.vote === m.from) {
    s.output.timers.push(SET_ELECTION_TIMER);
    replyVote(s, m, true, reason("vote-repeated", m.from, s.term));
    return;
  }
  s.setHardState(s.term, m.from);
  const granted = reason("vote-granted", m.from, s.term);
  s.changed(granted);
  s.output.timers.push(SET_ELECTION_TIMER);
  replyVote(s, m, true, granted);
}

/**
 * D §9.6: says whether this server would vote: for a log that is not behind its own, and when it hears no leader. Changes
 * nothing here and promises nothing. Hearing a leader refuses a pre-vote with check-quorum or without: it is part of pre-vote
 * itself.
 */
export function handlePreVote<C>(s: ServerState<C>, m: PreVote): void {
  let refusal: Reason | null = null;
  if (m.term >= s.term) refusal = refusalForLeader(s, m);
  if (refusal === null) refusal = refusalOfVote(s, m);
  if (refusal === null) replyPreVote(s, m, true, m.term, 0, reason("vote-granted", m.from, m.term));
  else if (s.config.rules.preVoteCarriesTerm) {
    replyPreVote(s, m, false, s.term, s.storage.afterHardState(), refusal);
  } else {
    replyPreVote(s, m, false, Math.min(s.term, m.term - 1), s.storage.afterHardState(), refusal);
  }
}

/** Refuses for the sake of a leader that is heard, or, with lease reads, may have been before a restart; or `null`. */
function refusalForLeader<C>(s: ServerState<C>, m: RequestVote | PreVote): Reason | null {
  const { rules } = s.config;
  if (refusesWhileLeaderHeard(rules, s.leader, m.from)) return reason("vote-refused-leader-heard", s.leader, s.term);
  return s.abstains && rules.refuseWhileLeaderHeard ? reason("vote-refused-restarted", m.from, s.term) : null;
}

/** Why a vote in `m.term` is refused, or `null`. In a term that has not begun here, nobody has the vote. */
function refusalOfVote<C>(s: ServerState<C>, m: RequestVote | PreVote): Reason | null {
  if (m.term < s.term) return reason("vote-refused-stale-term", m.term, s.term);
  if (m.term === s.term && !mayVoteFor(s.config.rules, s.vote, m.from)) {
    return reason("vote-refused-already-voted", s.vote, s.term);
  }
  return logBehind(s.config.rules, m.lastLogTerm, m.lastLogIndex, s.log.lastTerm, s.log.lastIndex);
}

function replyVote<C>(s: ServerState<C>, m: RequestVote, voteGranted: boolean, why: Reason): void {
  s.output.reason = why;
  s.send(
    { type: "RequestVoteReply", from: s.config.id, to: m.from, term: s.term, voteGranted },
    s.storage.afterHardState(),
    why,
  );
}

function replyPreVote<C>(
  s: ServerState<C>,
  m: PreVote,
  voteGranted: boolean,
  term: Term,
  after: WriteId,
  why: Reason,
): void {
  s.output.reason = why;
  s.send({ type: "PreVoteReply", from: s.config.id, to: m.from, term, voteGranted }, after, why);
}
