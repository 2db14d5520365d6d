import { reason } from "./reason.js";
import { broadcastHeartbeat } from "./replication.js";
import { knowsCommitIndex, mustConfirmLeadership } from "./rules.js";
import type { ServerState } from "./server.js";
import type { Index } from "./types.js";

/**
 * Linearizable reads without the log (§8, D §6.4): the leader notes its commit index as the read index, makes sure by a
 * round of heartbeats that it still leads, and the read is served once that index is applied.
 */

/** Asks for a linearizable read; its outcome appears among the output's reads, with `context`. */
export function readIndex<C>(s: ServerState<C>, context: number): void {
  if (s.config.reads === "local") {
    answer(s, context, s.appliedIndex);
    s.output.reason = reason("read-local", s.appliedIndex);
    return;
  }
  if (s.role !== "leader") {
    const why = reason("not-leader", s.leader);
    s.output.reads.push({ kind: "refused", context, reason: why });
    s.output.reason = why;
    return;
  }
  if (!knowsCommitIndex(s.config.rules, s.commitIndex, s.firstIndexOfTerm)) {
    s.pendingReads.push({ context, index: 0, round: 0 });
    s.output.reason = reason("read-waits-for-no-op", s.commitIndex, s.firstIndexOfTerm);
    return;
  }
  if (!mustConfirmLeadership(s.config.rules, s.config.voters.length)) {
    answer(s, context, s.commitIndex);
    s.output.reason = reason("read-confirmed", s.commitIndex, 1);
    return;
  }
  s.round += 1;
  s.pendingReads.push({ context, index: s.commitIndex, round: s.round });
  s.output.reason = reason("read-waits-for-heartbeats", s.round, s.commitIndex);
  broadcastHeartbeat(s);
}

/**
 * The commit index advanced in this term: reads that waited for that have their read index now, and share one round.
 */
export function startWaitingReads<C>(s: ServerState<C>): void {
  const reads = s.pendingReads;
  // Before the first commit in this term all reads wait for it, afterwards none does.
  if (reads[0]?.round !== 0 || s.commitIndex < s.firstIndexOfTerm) return;
  s.pendingReads = [];
  if (!mustConfirmLeadership(s.config.rules, s.config.voters.length)) {
    for (const read of reads) answer(s, read.context, s.commitIndex);
    return;
  }
  s.round += 1;
  for (const read of reads) s.pendingReads.push({ context: read.context, index: s.commitIndex, round: s.round });
  broadcastHeartbeat(s);
}

/**
 * A follower answered: reads whose round a majority has answered are confirmed. A refusal of the consistency check counts
 * too, since it acknowledges the leader.
 */
export function confirmReads<C>(s: ServerState<C>): void {
  const reads = s.pendingReads;
  let confirmed = 0;
  for (const read of reads) {
    if (read.round === 0) break;
    const answered = roundAnswers(s, read.round);
    if (answered < s.needed) break;
    answer(s, read.context, read.index);
    s.output.reason = reason("read-confirmed", read.index, answered);
    confirmed += 1;
  }
  if (confirmed > 0) s.pendingReads = reads.slice(confirmed);
}

/** Leadership is lost: reads that wait cannot be confirmed any more. */
export function refuseReads<C>(s: ServerState<C>): void {
  for (const read of s.pendingReads) {
    s.output.reads.push({ kind: "refused", context: read.context, reason: reason("leadership-lost", s.term) });
  }
  s.pendingReads = [];
}

function roundAnswers<C>(s: ServerState<C>, round: number): number {
  let count = 1;
  for (const p of s.followers) {
    if (p.round >= round) count += 1;
  }
  return count;
}

function answer<C>(s: ServerState<C>, context: number, index: Index): void {
  s.output.reads.push({ kind: "ready", context, index });
}
