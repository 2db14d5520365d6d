import type { InstallSnapshotReply } from "./message.js";
import type { FollowerProgress } from "./progress.js";
import { reason } from "./reason.js";
import { handleSuccess } from "./replication.js";
import { answeringFollower } from "./rounds.js";
import type { ServerState } from "./server.js";
import { beginSnapshot, sendChunk } from "./snapshot-chunks.js";
import type { Index, Snapshot, SnapshotData } from "./types.js";

/**
 * Log compaction (§7): taking a snapshot, and what a leader makes of the answers of a follower that is sent one. Sending is
 * in snapshot-chunks.ts, the follower's side in install.ts.
 */

/** Keeps `data` as the state up to `index`, and drops the entries it covers but for the last `keep`. */
export function compact<C>(s: ServerState<C>, index: Index, data: SnapshotData, keep: number): void {
  const before = s.snapshot?.lastIncludedIndex ?? 0;
  if (index <= before) return;
  if (index > s.log.lastIndex) {
    throw new Error(`a snapshot up to ${index} of server ${s.config.id}, whose log ends at ${s.log.lastIndex}`);
  }
  const lastIncludedTerm = s.log.termAt(index);
  const { configuration } = s.configurations.at(index);
  const snapshot: Snapshot = { lastIncludedIndex: index, lastIncludedTerm, configuration, data };
  s.snapshot = snapshot;
  // What is still to be applied here stays in the log, whatever the snapshot covers.
  const upTo = Math.min(index - keep, s.appliedIndex);
  const compactTo = upTo >= s.log.firstIndex ? upTo : 0;
  s.storage.snapshotTaken(snapshot, compactTo);
  if (compactTo > 0) {
    s.log.compactTo(compactTo);
    s.configurations.compacted(compactTo);
  }
  s.output.reason = reason("snapshot-taken", index, lastIncludedTerm);
}

/** A follower answers a chunk: the next one leaves, or entries follow again. */
export function handleInstallSnapshotReply<C>(s: ServerState<C>, m: InstallSnapshotReply): void {
  if (m.term < s.term) {
    s.output.reason = reason("reply-stale-term", m.term, s.term);
    return;
  }
  const p = answeringFollower(s, m);
  if (p === null) return;
  if (m.matchIndex === 0) {
    chunkAnswered(s, p, m);
    return;
  }
  const waited = p.state === "snapshot";
  handleSuccess(s, p, Math.min(m.matchIndex, s.log.lastIndex));
  if (waited && p.match <= s.commitIndex) s.output.reason = reason("snapshot-accepted", p.id, p.match);
}

/**
 * So much of the snapshot has arrived. Less than was known: the follower lost what it had, or the answer is an old one; the
 * chunk named goes out with a heartbeat, so that old answers do not start the transfer over and over.
 */
function chunkAnswered<C>(s: ServerState<C>, p: FollowerProgress, m: InstallSnapshotReply): void {
  const { snapshot } = p;
  if (snapshot === null || m.lastIncludedIndex !== snapshot.lastIncludedIndex || m.received === p.offset) {
    s.output.reason = reason("reply-nothing-new", p.match);
    return;
  }
  if (m.received === 0) {
    // It begins anew: then with the newest snapshot.
    p.next = p.match + 1;
    beginSnapshot(s, p);
    s.output.reason = reason("snapshot-progress", p.id, 0);
    return;
  }
  const further = m.received > p.offset;
  p.offset = m.received;
  s.output.reason = reason("snapshot-progress", p.id, m.received);
  if (further) sendChunk(s, p, reason("snapshot-next-chunk", p.id, p.offset));
  else p.overdue = true;
}
