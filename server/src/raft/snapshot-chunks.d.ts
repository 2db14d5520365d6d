import type { FollowerProgress } from "./progress.js";
import type { Reason } from "./reason.js";
import type { ServerState } from "./server.js";
/**
 * The leader's side of a snapshot's transfer (§7, Figure 13): chunk by chunk, the next one when the last one is answered.
 */
/** The follower needs entries that this log no longer has: the newest snapshot goes to it instead (§7). */
export declare function beginSnapshot<C>(s: ServerState<C>, p: FollowerProgress): void;
/** Sends the chunk that is due next, or again. */
export declare function sendChunk<C>(s: ServerState<C>, p: FollowerProgress, why: Reason | null): void;
/**
 * A follower lives and does not hold the snapshot. If a heartbeat has passed since the last chunk, that chunk is taken for
 * lost, and sent again; where nothing has arrived, the newest snapshot goes out instead. True when something was sent.
 */
export declare function repeatChunk<C>(s: ServerState<C>, p: FollowerProgress): boolean;
