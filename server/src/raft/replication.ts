import type { AppendEntriesReply } from "./message.js";
import { SET_HEARTBEAT_TIMER } from "./output.js";
import type { FollowerProgress } from "./progress.js";
import { majorityIndex, reached } from "./quorum.js";
import type { Reason } from "./reason.js";
import { reason } from "./reason.js";
import { answeringFollower, nextRound } from "./rounds.js";
import { heldByFollower, heldByLeader, mayCommitByCounting, replyIsOfThisTerm } from "./rules.js";
import type { ServerState } from "./server.js";
import { beginSnapshot, repeatChunk } from "./snapshot-chunks.js";
import type { Index, ServerId, Term } from "./types.js";
import { roleCode } from "./types.js";

/**
 * The leader's side of replication (§5.3) and commitment (§5.3, §5.4.2).
 */

/**
 * Sends what the follower lacks, from its nextIndex on and as far as its progress allows (§5.3; Figure 2, Leaders); with
 * `evenIfEmpty` also when that is nothing. False when nothing was sent. The message does not wait for the leader's own disk
 * (D §10.2.1).
 */
export function sendAppend<C>(
  s: ServerState<C>,
  p: FollowerProgress,
  evenIfEmpty: boolean,
  why: Reason | null,
): boolean {
  if (p.state === "snapshot") return false;
  const { appendLimit, inflight } = s.config;
  const lastIndex = s.log.lastIndex;
  const carries = p.next <= lastIndex && p.mayCarryEntries(inflight);
  if (!(carries || evenIfEmpty) || (p.state === "probe" && p.probeSent)) return false;
  if (p.next < s.log.firstIndex) {
    beginSnapshot(s, p);
    return false;
  }
  const last = carries ? Math.min(lastIndex, p.next + appendLimit - 1) : p.next - 1;
  sendUpTo(s, p, last, why);
  return true;
}

/** D §3.10, the last step of a transfer: the target, which has caught up, is told to stand. */
export function sendTimeoutNow<C>(s: ServerState<C>, p: FollowerProgress): void {
  s.transferSent = true;
  s.leaseBroken = true;
  const { id: from } = s.config;
  const why = reason("transfer-sent", p.id, p.match);
  s.send({ type: "TimeoutNow", from, to: p.id, term: s.term }, s.storage.afterHardState(), why);
}

/** A heartbeat for everybody (§5.2): AppendEntries without entries, whatever a follower's progress. */
export function broadcastHeartbeat<C>(s: ServerState<C>): void {
  for (const p of s.followers) {
    // A snapshot's first chunk says as well that this server leads.
    if (p.state !== "snapshot" && p.next < s.log.firstIndex) beginSnapshot(s, p);
    else sendUpTo(s, p, p.next - 1, null);
  }
}

/** Sends what each follower lacks: entries, or else the commit index. */
export function broadcastAppend<C>(s: ServerState<C>): void {
  for (const p of s.followers) sendAppend(s, p, p.lacksCommit(s.commitIndex), null);
}

/** The heartbeat timer fired: a leader lets itself be heard, so that nobody stands against it (Figure 2, Leaders). */
export function heartbeatTimeout<C>(s: ServerState<C>): void {
  if (s.role !== "leader") {
    s.output.reason = reason("timer-ignored", roleCode(s.role));
    return;
  }
  s.output.timers.push(SET_HEARTBEAT_TIMER);
  s.output.reason = reason("heartbeat-due", s.term);
  if (s.config.reads === "lease") nextRound(s);
  broadcastHeartbeat(s);
  for (const p of s.followers) if (p.state === "snapshot") p.overdue = true;
}

/**
 * A reply to AppendEntries (Figure 2, Leaders): a success moves matchIndex and nextIndex on, a refusal moves nextIndex back.
 */
export function handleAppendEntriesReply<C>(s: ServerState<C>, m: AppendEntriesReply): void {
  if (!replyIsOfThisTerm(s.config.rules, m.term, s.term)) {
    s.output.reason = reason("reply-stale-term", m.term, s.term);
    return;
  }
  const p = answeringFollower(s, m);
  if (p === null) return;
  if (m.success) handleSuccess(s, p, Math.min(m.matchIndex, s.log.lastIndex));
  else handleRefusal(s, p, m);
}

/** A follower's log agrees up to `matchIndex`, as a reply to entries, a heartbeat or a snapshot says. */
export function handleSuccess<C>(s: ServerState<C>, p: FollowerProgress, matchIndex: Index): void {
  const news = p.acknowledged(matchIndex);
  if (p.snapshot !== null) {
    if (p.match + 1 >= s.log.firstIndex) p.endSnapshot();
    // Installed, but the log has been compacted further meanwhile.
    else if (p.match >= p.snapshot.lastIncludedIndex) beginSnapshot(s, p);
  }
  if (!news) s.output.reason = reason("reply-nothing-new", p.match);
  else if (p.match <= s.commitIndex) s.output.reason = reason("match-advanced", p.id, p.match);
  else if (advanceCommit(s, p.match)) broadcastAppend(s);
  // The window may have room for several messages now; a follower that was not told of the commit hears of it.
  while (sendAppend(s, p, p.lacksCommit(s.commitIndex), null)) {}
  if (p.id === s.transferee && !s.transferSent && p.match >= s.log.lastIndex) sendTimeoutNow(s, p);
}

/**
 * A follower's log does not hold prevLogIndex with its term. The refusal says which term stands there and where that begins,
 * so that one step back skips all of it (§5.3, the optimization).
 */
function handleRefusal<C>(s: ServerState<C>, p: FollowerProgress, m: AppendEntriesReply): void {
  if (p.state === "snapshot") {
    // The heartbeats that it gets name the snapshot's end, which it does not have.
    s.output.reason = repeatChunk(s, p)
      ? reason("snapshot-next-chunk", p.id, p.offset)
      : reason("reply-nothing-new", p.match);
    return;
  }
  let hint = m.conflictIndex;
  if (m.conflictTerm !== 0) {
    // Where this log has entries of that term too, the logs may agree up to the last of them.
    let index = Math.min(m.matchIndex, s.log.lastIndex);
    while (index > p.match && s.log.termAt(index) > m.conflictTerm) index -= 1;
    if (index > p.match && s.log.termAt(index) === m.conflictTerm) hint = index + 1;
  }
  if (!p.refused(m.matchIndex, hint)) {
    s.output.reason = reason("reply-nothing-new", p.match);
    return;
  }
  const why = reason("back-tracking", p.id, p.next);
  s.output.reason = why;
  sendAppend(s, p, true, why);
}

/**
 * Commits up to the highest entry that a majority holds, if that is one of this term (Figure 2, Leaders; §5.4.2). `index` is
 * the one whose holders changed, for the reason. True when the commit index advanced.
 */
function advanceCommit<C>(s: ServerState<C>, index: Index): boolean {
  if (index <= s.commitIndex) return false;
  const n = majorityIndex(s.quorum, (server) => held(s, server), s.scratch);
  if (n <= s.commitIndex) {
    s.output.reason = reason("commit-waits-for-majority", index, holders(s, index));
    return false;
  }
  const term = s.log.termAt(n);
  if (!mayCommitByCounting(s.config.rules, term, s.term)) {
    s.output.reason = reason("commit-waits-for-current-term", n, term);
    return false;
  }
  s.commitIndex = n;
  s.output.committed = true;
  s.output.reason = reason("commit-advanced", n, holders(s, n));
  return true;
}

/** The leader's own copy may count for more than before: commits what that completes, and tells the followers. */
export function advanceOwn<C>(s: ServerState<C>): void {
  if (advanceCommit(s, heldByLeader(s.config.rules, s.durableIndex, s.log.lastIndex))) broadcastAppend(s);
}

/** Up to where `server` counts as holding the log: this one, or a follower. */
function held<C>(s: ServerState<C>, server: ServerId): Index {
  const { rules, id } = s.config;
  if (server === id) return heldByLeader(rules, s.durableIndex, s.log.lastIndex);
  const p = s.followerOf[server];
  return p === undefined ? 0 : heldByFollower(rules, p.match, p.next);
}

/** Voters that hold the log up to `index`, of the majority that lacks most. */
function holders<C>(s: ServerState<C>, index: Index): number {
  reached(s.quorum, (server) => held(s, server) >= index, 0, s.tally);
  return s.tally.count;
}

/** A heartbeat for a follower that gets a snapshot names the snapshot's end: so it shows whether it is installed. */
function prevLogTerm<C>(s: ServerState<C>, p: FollowerProgress): Term {
  return p.snapshot === null ? s.log.termAt(p.next - 1) : p.snapshot.lastIncludedTerm;
}

/** An AppendEntries with the entries from nextIndex to `last`; none when `last` is below nextIndex. */
function sendUpTo<C>(s: ServerState<C>, p: FollowerProgress, last: Index, why: Reason | null): void {
  const prevLogIndex = p.next - 1;
  s.send(
    {
      type: "AppendEntries",
      from: s.config.id,
      to: p.id,
      term: s.term,
      prevLogIndex,
      prevLogTerm: prevLogTerm(s, p),
      entries: s.batch(p.next, last),
      leaderCommit: s.commitIndex,
      round: s.round,
    },
    s.storage.afterHardState(),
    why,
  );
  if (last > prevLogIndex) p.sentEntries(last);
  p.sentCommitIndex(Math.min(s.commitIndex, Math.max(last, prevLogIndex)));
}
