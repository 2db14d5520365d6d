import type { FollowerProgress } from "./progress.js";
import type { Reason } from "./reason.js";
import { reason } from "./reason.js";
import type { ServerState } from "./server.js";

/**
 * The leader's side of a snapshot's transfer (§7, Figure 13): chunk by chunk, the next one when the last one is answered.
 */

/** The follower needs entries that this log no longer has: the newest snapshot goes to it instead (§7). */
export function beginSnapshot<C>(s: ServerState<C>, p: FollowerProgress): void {
  const { snapshot } = s;
  if (snapshot === null) throw new Error(`server ${s.config.id} dropped entries without a snapshot`);
  const why = reason("snapshot-needed", p.id, p.next);
  p.sendSnapshot(snapshot);
  sendChunk(s, p, why);
}

/** Sends the chunk that is due next, or again. */
export function sendChunk<C>(s: ServerState<C>, p: FollowerProgress, why: Reason | null): void {
  const { snapshot, offset } = p;
  if (snapshot === null) return;
  const { bytes } = snapshot.data;
  const length = Math.min(s.config.snapshotChunk, bytes - offset);
  p.overdue = false;
  const { id: from } = s.config;
  const done = offset + length >= bytes;
  s.send(
    { type: "InstallSnapshot", from, to: p.id, term: s.term, snapshot, offset, length, done, round: s.round },
    s.storage.afterHardState(),
    why,
  );
}

/**
 * A follower lives and does not hold the snapshot. If a heartbeat has passed since the last chunk, that chunk is taken for
 * lost, and sent again; where nothing has arrived, the newest snapshot goes out instead. True when something was sent.
 */
export function repeatChunk<C>(s: ServerState<C>, p: FollowerProgress): boolean {
  if (!p.overdue) return false;
  if (p.offset === 0 && p.snapshot !== s.snapshot) {
    p.next = p.match + 1;
    beginSnapshot(s, p);
  } else sendChunk(s, p, reason("snapshot-next-chunk", p.id, p.offset));
  return true;
}
