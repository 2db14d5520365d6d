import { SET_ELECTION_TIMER, SET_HEARTBEAT_TIMER, STOP_ELECTION_TIMER, STOP_HEARTBEAT_TIMER } from "./output.js";
import { refuseReads } from "./reads.js";
import type { Reason } from "./reason.js";
import { reason } from "./reason.js";
import { broadcastAppend, broadcastHeartbeat } from "./replication.js";
import { followsHigherTerm } from "./rules.js";
import type { ServerState } from "./server.js";
import type { ServerId, Term } from "./types.js";
import { NONE } from "./types.js";

/**
 * Becoming a follower and becoming a leader (§5.1, §5.2, Figure 4). Becoming a candidate is in election.ts.
 */

/**
 * §5.1: a message of a later term makes its receiver a follower in that term. `leader` is the sender if it must be the leader
 * of that term. False when the message is not to be handled any further.
 */
export function meetHigherTerm<C>(s: ServerState<C>, term: Term, leader: ServerId): boolean {
  if (!followsHigherTerm(s.config.rules, s.role)) {
    s.output.reason = reason("higher-term-ignored", term, s.term);
    return false;
  }
  becomeFollower(s, term, leader, reason("higher-term-seen", term, s.term));
  return true;
}

/**
 * Becomes a follower in `term`, the present one or a later one; a later one has no vote yet. The election timer goes on
 * running, except that one who led has to set it.
 */
export function becomeFollower<C>(s: ServerState<C>, term: Term, leader: ServerId, why: Reason): void {
  const led = s.role === "leader";
  const otherLeader = leader !== s.leader;
  // What this server acknowledged to a leader holds, whoever tells it of a higher term.
  if (s.config.reads === "lease" && term !== s.term && leader === NONE && s.leader !== NONE && !led) s.abstains = true;
  if (term !== s.term) s.setHardState(term, NONE);
  s.role = "follower";
  s.leader = leader;
  s.transferee = NONE;
  forgetVotes(s);
  s.changed(why);
  if (led) {
    s.output.timers.push(STOP_HEARTBEAT_TIMER, SET_ELECTION_TIMER);
  }
  if (led || (otherLeader && s.forwardedReads.length > 0)) refuseReads(s);
}

/** Forgets the answers of an election. */
export function forgetVotes<C>(s: ServerState<C>): void {
  s.repeatedVotes = 0;
  if (s.answers.length > 0) s.answers.length = 0;
}

/**
 * The election is won (§5.2): from now on this server is heard, so that no other is elected. Its first entry is a no-op (§8,
 * D §6.4).
 */
export function becomeLeader<C>(s: ServerState<C>, why: Reason): void {
  const { rules, checkQuorum } = s.config;
  s.role = "leader";
  s.leader = s.config.id;
  forgetVotes(s);
  s.changed(why);
  s.followPeers();
  for (const p of s.followers) p.reset(s.log.lastIndex, !rules.resetMatchOnElection);
  s.round = 0;
  s.roundStarts = [];
  s.transferee = NONE;
  s.transferSent = false;
  s.leaseBroken = false;
  s.output.timers.push(checkQuorum ? SET_ELECTION_TIMER : STOP_ELECTION_TIMER, SET_HEARTBEAT_TIMER);
  if (!rules.leaderAppendOnly && s.commitIndex < s.log.lastIndex) s.truncateFrom(s.commitIndex + 1);
  s.firstIndexOfTerm = s.log.lastIndex + 1;
  if (rules.noOpOnElection) {
    s.append({ kind: "no-op", term: s.term });
    broadcastAppend(s);
  } else {
    broadcastHeartbeat(s);
  }
}
