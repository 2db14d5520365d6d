import { isVoter } from "./configuration.js";
import { becomeCandidate, mayStand } from "./election.js";
import type { TimeoutNow, TimeoutNowReply } from "./message.js";
import { SET_ELECTION_TIMER } from "./output.js";
import type { Reason } from "./reason.js";
import { reason } from "./reason.js";
import { sendAppend, sendTimeoutNow } from "./replication.js";
import { mayTransferTo } from "./rules.js";
import type { ServerState } from "./server.js";
import type { ServerId } from "./types.js";
import { NONE, roleCode } from "./types.js";

/**
 * Leadership transfer (D §3.10): the leader brings the target's log up to date, tells it to start an election at once, and
 * takes no proposals meanwhile. It gives up when that is not done within an election timeout.
 */

/** Begins a transfer. `null` when it has begun, otherwise why not. */
export function transferLeadership<C>(s: ServerState<C>, target: ServerId): Reason | null {
  const refusal = refusalOfTransfer(s, target);
  if (refusal !== null) {
    s.output.reason = refusal;
    return refusal;
  }
  const p = s.followerOf[target];
  if (p === undefined) throw new Error(`server ${s.config.id} has no progress of voter ${target}`);
  s.transferee = target;
  s.transferSent = false;
  s.output.timers.push(SET_ELECTION_TIMER);
  s.output.reason = reason("transfer-started", target, p.match);
  if (mayTransferTo(s.config.rules, p.match, s.log.lastIndex)) sendTimeoutNow(s, p);
  else sendAppend(s, p, false, null);
  return null;
}

/** The target's election timer, so to speak, fires now, and it asks nobody first: pre-vote would be refused. */
export function handleTimeoutNow<C>(s: ServerState<C>, m: TimeoutNow): void {
  const starts = s.role !== "leader" && m.term === s.term && mayStand(s);
  const why = starts ? reason("timeout-now", s.term + 1) : reason("timeout-now-ignored", roleCode(s.role));
  // The answer speaks of the term in which it was asked: sent before the new one begins.
  s.send(
    { type: "TimeoutNowReply", from: s.config.id, to: m.from, term: s.term, started: starts },
    s.storage.afterHardState(),
    why,
  );
  s.output.reason = why;
  if (starts) becomeCandidate(s, "timeout-now", s.term + 1, 0, true);
}

/** The target's word that it stands for election, or not. */
export function handleTimeoutNowReply<C>(s: ServerState<C>, m: TimeoutNowReply): void {
  s.output.reason = reason("timeout-now-reply", m.started ? 1 : 0);
  const p = s.followerOf[m.from];
  if (s.role === "leader" && m.term === s.term && p !== undefined) p.active = true;
}

function refusalOfTransfer<C>(s: ServerState<C>, target: ServerId): Reason | null {
  if (s.role !== "leader") return reason("not-leader", s.leader);
  if (target === s.config.id) return reason("transfer-refused-self", target);
  if (!isVoter(s.configuration, target)) return reason("transfer-refused-not-voter", target);
  if (s.transferee !== NONE) return reason("transfer-refused-pending", s.transferee);
  return null;
}
