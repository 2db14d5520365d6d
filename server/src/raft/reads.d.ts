import type { ReadIndex, ReadIndexReply } from "./message.js";
import type { ServerState } from "./server.js";
/** Asks for a linearizable read; its outcome appears among the output's reads, with `context`. */
export declare function readIndex<C>(s: ServerState<C>, context: number): void;
/** A follower asks for the read index of one of its reads. */
export declare function handleReadIndex<C>(s: ServerState<C>, m: ReadIndex): void;
/** The leader's answer to a follower. */
export declare function handleReadIndexReply<C>(s: ServerState<C>, m: ReadIndexReply): void;
/**
 * The commit index advanced: a leader's reads that waited for the first commit of its term have their read index now, and
 * share one round; reads that waited for an entry to be applied are served.
 */
export declare function afterCommit<C>(s: ServerState<C>): void;
/**
 * A follower answered: reads whose round a majority has answered are confirmed. A refusal of the consistency check counts
 * too, since it acknowledges the leader.
 */
export declare function confirmReads<C>(s: ServerState<C>): void;
/** Leadership is lost, or the leader that was asked is not followed any more: reads that wait cannot be confirmed. */
export declare function refuseReads<C>(s: ServerState<C>): void;
