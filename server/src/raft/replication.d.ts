import type { AppendEntriesReply } from "./message.js";
import type { FollowerProgress } from "./progress.js";
import type { Reason } from "./reason.js";
import type { ServerState } from "./server.js";
import type { Index } from "./types.js";
/**
 * The leader's side of replication (§5.3) and commitment (§5.3, §5.4.2).
 */
/**
 * Sends what the follower lacks, from its nextIndex on and as far as its progress allows (§5.3; Figure 2, Leaders); with
 * `evenIfEmpty` also when that is nothing. False when nothing was sent. The message does not wait for the leader's own disk
 * (D §10.2.1).
 */
export declare function sendAppend<C>(s: ServerState<C>, p: FollowerProgress, evenIfEmpty: boolean, why: Reason | null): boolean;
/** D §3.10, the last step of a transfer: the target, which has caught up, is told to stand. */
export declare function sendTimeoutNow<C>(s: ServerState<C>, p: FollowerProgress): void;
/** A heartbeat for everybody (§5.2): AppendEntries without entries, whatever a follower's progress. */
export declare function broadcastHeartbeat<C>(s: ServerState<C>): void;
/** Sends what each follower lacks: entries, or else the commit index. */
export declare function broadcastAppend<C>(s: ServerState<C>): void;
/** The heartbeat timer fired: a leader lets itself be heard, so that nobody stands against it (Figure 2, Leaders). */
export declare function heartbeatTimeout<C>(s: ServerState<C>): void;
/**
 * A reply to AppendEntries (Figure 2, Leaders): a success moves matchIndex and nextIndex on, a refusal moves nextIndex back.
 */
export declare function handleAppendEntriesReply<C>(s: ServerState<C>, m: AppendEntriesReply): void;
/** A follower's log agrees up to `matchIndex`, as a reply to entries, a heartbeat or a snapshot says. */
export declare function handleSuccess<C>(s: ServerState<C>, p: FollowerProgress, matchIndex: Index): void;
/** The leader's own copy may count for more than before: commits what that completes, and tells the followers. */
export declare function advanceOwn<C>(s: ServerState<C>): void;
