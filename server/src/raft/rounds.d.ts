import type { AppendEntriesReply } from "./message.js";
import type { FollowerProgress } from "./progress.js";
import type { ServerState } from "./server.js";
/**
 * Rounds of heartbeats (D §6.4): each AppendEntries carries the number of the newest round and each reply repeats it, so
 * that the leader knows who has acknowledged it since when.
 */
/** With lease reads every heartbeat is a round of its own; its beginning is what a lease counts from (D §6.4.1). */
export declare function nextRound<C>(s: ServerState<C>): void;
/**
 * The follower that answers a leader in its term: it is heard, and with it the round that its answer repeats. `null`, with
 * the reason, when this server does not lead or `m` is from nobody that it sends to.
 */
export declare function answeringFollower<C>(s: ServerState<C>, m: Pick<AppendEntriesReply, "from" | "round">): FollowerProgress | null;
/** Whether a majority, this server included where it votes, has answered `round` or a later one. */
export declare function roundAnswered<C>(s: ServerState<C>, round: number): boolean;
/**
 * Microseconds, by this server's clock, for which no other leader can be elected yet (D §6.4.1): a majority acknowledged a
 * round, and promised thereby to elect nobody for an election timeout. 0 or less without a lease. A transfer of leadership
 * breaks the promise: the voters do not wait for its sake.
 */
export declare function leaseLeft<C>(s: ServerState<C>): number;
