import type { AppendEntriesReply } from "./message.js";
import type { FollowerProgress } from "./progress.js";
import { majorityIndex, reached } from "./quorum.js";
import { reason } from "./reason.js";
import { leaseLength } from "./rules.js";
import type { ServerState } from "./server.js";
import { NONE, roleCode } from "./types.js";

/**
 * Rounds of heartbeats (D §6.4): each AppendEntries carries the number of the newest round and each reply repeats it, so
 * that the leader knows who has acknowledged it since when.
 */

/** With lease reads every heartbeat is a round of its own; its beginning is what a lease counts from (D §6.4.1). */
export function nextRound<C>(s: ServerState<C>): void {
  s.round += 1;
  if (s.config.reads !== "lease") return;
  s.roundStarts.push({ round: s.round, at: s.localTime });
  // What is older than a lease supports none.
  const oldest = s.localTime - s.config.leaseBase;
  const needless = s.roundStarts.findIndex(({ at }) => at >= oldest);
  if (needless > 0) s.roundStarts = s.roundStarts.slice(needless);
}

/**
 * The follower that answers a leader in its term: it is heard, and with it the round that its answer repeats. `null`, with
 * the reason, when this server does not lead or `m` is from nobody that it sends to.
 */
export function answeringFollower<C>(
  s: ServerState<C>,
  m: Pick<AppendEntriesReply, "from" | "round">,
): FollowerProgress | null {
  if (s.role !== "leader") {
    s.output.reason = reason("reply-not-leader", roleCode(s.role));
    return null;
  }
  const p = s.followerOf[m.from];
  if (p === undefined) {
    s.output.reason = reason("unknown-sender", m.from);
    return null;
  }
  p.active = true;
  if (m.round > p.round) p.round = m.round;
  return p;
}

/** Whether a majority, this server included where it votes, has answered `round` or a later one. */
export function roundAnswered<C>(s: ServerState<C>, round: number): boolean {
  return reached(s.quorum, (id) => id === s.config.id || (s.followerOf[id]?.round ?? -1) >= round, 0, s.tally);
}

/**
 * Microseconds, by this server's clock, for which no other leader can be elected yet (D §6.4.1): a majority acknowledged a
 * round, and promised thereby to elect nobody for an election timeout. 0 or less without a lease. A transfer of leadership
 * breaks the promise: the voters do not wait for its sake.
 */
export function leaseLeft<C>(s: ServerState<C>): number {
  if (s.transferee !== NONE || s.leaseBroken) return 0;
  const round = majorityIndex(
    s.quorum,
    (id) => (id === s.config.id ? s.round : (s.followerOf[id]?.round ?? 0)),
    s.scratch,
  );
  const start = s.roundStarts.find((begun) => begun.round === round);
  if (start === undefined) return 0;
  const { rules, leaseBase, leaseDrift } = s.config;
  return start.at + leaseLength(rules, leaseBase, leaseDrift) - s.localTime;
}
