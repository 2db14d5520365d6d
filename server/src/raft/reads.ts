import type { ReadIndex, ReadIndexReply } from "./message.js";
import { reached } from "./quorum.js";
import { reason } from "./reason.js";
import { broadcastHeartbeat } from "./replication.js";
import { leaseLeft, nextRound, roundAnswered } from "./rounds.js";
import { followerMustAsk, knowsCommitIndex, mustConfirmLeadership, servesReadAt } from "./rules.js";
import type { ServerState } from "./server.js";
import type { Index, ServerId } from "./types.js";
import { NONE } from "./types.js";

/**
 * Linearizable reads without the log (§8, D §6.4): the leader notes its commit index as the read index, makes sure by a
 * round of heartbeats, or by a lease, that it still leads, and the read is served once that index is applied. A follower
 * asks the leader for the read index.
 */

/** Reads of a follower that wait for the leader's answer at most. */
const MOST_FORWARDED = 1_000;

/** Asks for a linearizable read; its outcome appears among the output's reads, with `context`. */
export function readIndex<C>(s: ServerState<C>, context: number): void {
  if (s.config.reads === "local") {
    s.output.reads.push({ kind: "ready", context, index: s.appliedIndex });
    s.output.reason = reason("read-local", s.appliedIndex);
  } else if (s.role === "leader") {
    leaderRead(s, s.config.id, context);
  } else if (!followerMustAsk(s.config.rules)) {
    s.output.reason = reason("read-local", s.commitIndex);
    ready(s, context, s.commitIndex);
  } else if (s.leader === NONE) {
    const why = reason("read-no-leader");
    s.output.reads.push({ kind: "refused", context, reason: why });
    s.output.reason = why;
  } else {
    const why = reason("read-forwarded", s.leader, context);
    forward(s, context);
    const { id: from } = s.config;
    s.send({ type: "ReadIndex", from, to: s.leader, term: s.term, context }, s.storage.afterHardState(), why);
    s.output.reason = why;
  }
}

/** Remembers that the leader was asked. Request or answer may have been lost: the oldest makes room and is refused. */
function forward<C>(s: ServerState<C>, context: number): void {
  const oldest = s.forwardedReads.length < MOST_FORWARDED ? undefined : s.forwardedReads.shift();
  if (oldest !== undefined) {
    s.output.reads.push({ kind: "refused", context: oldest, reason: reason("read-index-refused", s.leader) });
  }
  s.forwardedReads.push(context);
}

/** A follower asks for the read index of one of its reads. */
export function handleReadIndex<C>(s: ServerState<C>, m: ReadIndex): void {
  if (s.role === "leader") leaderRead(s, m.from, m.context);
  else replyReadIndex(s, m.from, m.context, null);
}

/** The leader's answer to a follower. */
export function handleReadIndexReply<C>(s: ServerState<C>, m: ReadIndexReply): void {
  const position = s.forwardedReads.indexOf(m.context);
  if (position < 0) {
    s.output.reason = reason("read-index-refused", m.from);
    return;
  }
  s.forwardedReads = s.forwardedReads.filter((context) => context !== m.context);
  if (m.success) {
    ready(s, m.context, m.readIndex);
  } else {
    const why = reason("read-index-refused", m.from);
    s.output.reads.push({ kind: "refused", context: m.context, reason: why });
    s.output.reason = why;
  }
}

/**
 * The commit index advanced: a leader's reads that waited for the first commit of its term have their read index now, and
 * share one round; reads that waited for an entry to be applied are served.
 */
export function afterCommit<C>(s: ServerState<C>): void {
  if (s.unappliedReads.length > 0) serveApplied(s);
  const reads = s.pendingReads;
  // Before the first commit in this term all reads wait for it, afterwards none does.
  if (s.role !== "leader" || reads[0]?.round !== 0 || s.commitIndex < s.firstIndexOfTerm) return;
  s.pendingReads = [];
  if (!mustAsk(s)) {
    for (const read of reads) answer(s, read.from, read.context, s.commitIndex);
    return;
  }
  const round = beginRound(s);
  for (const { from, context } of reads) s.pendingReads.push({ from, context, index: s.commitIndex, round });
}

/**
 * A follower answered: reads whose round a majority has answered are confirmed. A refusal of the consistency check counts
 * too, since it acknowledges the leader.
 */
export function confirmReads<C>(s: ServerState<C>): void {
  const reads = s.pendingReads;
  let confirmed = 0;
  for (const read of reads) {
    if (read.round === 0 || !roundAnswered(s, read.round)) break;
    const answered = s.tally.count;
    answer(s, read.from, read.context, read.index);
    s.output.reason = reason("read-confirmed", read.index, answered);
    confirmed += 1;
  }
  if (confirmed > 0) s.pendingReads = reads.slice(confirmed);
}

/** Leadership is lost, or the leader that was asked is not followed any more: reads that wait cannot be confirmed. */
export function refuseReads<C>(s: ServerState<C>): void {
  const why = reason("leadership-lost", s.term);
  for (const { from, context } of s.pendingReads) {
    if (from === s.config.id) s.output.reads.push({ kind: "refused", context, reason: why });
    else replyReadIndex(s, from, context, null);
  }
  s.pendingReads = [];
  for (const context of s.forwardedReads) s.output.reads.push({ kind: "refused", context, reason: why });
  s.forwardedReads = [];
}

/** A read at the leader, its own or a follower's. */
function leaderRead<C>(s: ServerState<C>, from: ServerId, context: number): void {
  if (!knowsCommitIndex(s.config.rules, s.commitIndex, s.firstIndexOfTerm)) {
    s.pendingReads.push({ from, context, index: 0, round: 0 });
    s.output.reason = reason("read-waits-for-no-op", s.commitIndex, s.firstIndexOfTerm);
    return;
  }
  if (!mustAsk(s)) {
    answer(s, from, context, s.commitIndex);
    return;
  }
  const round = beginRound(s);
  s.pendingReads.push({ from, context, index: s.commitIndex, round });
  s.output.reason =
    s.config.reads === "lease"
      ? reason("read-lease-expired", s.commitIndex, round)
      : reason("read-waits-for-heartbeats", round, s.commitIndex);
}

/** Begins a round: heartbeats with a new number leave for everybody. Returns its number. */
function beginRound<C>(s: ServerState<C>): number {
  nextRound(s);
  broadcastHeartbeat(s);
  return s.round;
}

/** Whether a round of heartbeats is needed before a read; says why when not. */
function mustAsk<C>(s: ServerState<C>): boolean {
  const alone = reached(s.quorum, (id) => id === s.config.id, 0, s.tally);
  if (!mustConfirmLeadership(s.config.rules, alone)) {
    s.output.reason = reason("read-confirmed", s.commitIndex, 1);
    return false;
  }
  const left = s.config.reads === "lease" ? leaseLeft(s) : 0;
  if (left <= 0) return true;
  s.output.reason = reason("read-lease", s.commitIndex, left);
  return false;
}

function answer<C>(s: ServerState<C>, from: ServerId, context: number, index: Index): void {
  if (from === s.config.id) ready(s, context, index);
  else replyReadIndex(s, from, context, index);
}

function replyReadIndex<C>(s: ServerState<C>, to: ServerId, context: number, index: Index | null): void {
  const why = index === null ? reason("read-index-refused", to) : reason("read-index-answered", index, to);
  s.output.reason = why;
  const { id: from } = s.config;
  s.send(
    { type: "ReadIndexReply", from, to, term: s.term, context, success: index !== null, readIndex: index ?? 0 },
    s.storage.afterHardState(),
    why,
  );
}

/** The read is served as soon as its index is committed here: whoever runs the server applies at once what is committed. */
function ready<C>(s: ServerState<C>, context: number, index: Index): void {
  if (servesReadAt(s.config.rules, index, s.commitIndex)) {
    s.output.reads.push({ kind: "ready", context, index });
  } else {
    s.unappliedReads.push({ context, index });
    s.output.reason = reason("read-waits-applied", index, s.commitIndex);
  }
}

function serveApplied<C>(s: ServerState<C>): void {
  const waiting = s.unappliedReads.filter(({ index }) => index > s.commitIndex);
  for (const { context, index } of s.unappliedReads) {
    if (index <= s.commitIndex) s.output.reads.push({ kind: "ready", context, index });
  }
  s.unappliedReads = waiting;
}
