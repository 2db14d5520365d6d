import type { Reason } from "./reason.js";
import type { ServerState } from "./server.js";
import type { ServerId, Term } from "./types.js";
/**
 * Becoming a follower and becoming a leader (§5.1, §5.2, Figure 4). Becoming a candidate is in election.ts.
 */
/**
 * §5.1: a message of a later term makes its receiver a follower in that term. `leader` is the sender if it must be the leader
 * of that term. False when the message is not to be handled any further.
 */
export declare function meetHigherTerm<C>(s: ServerState<C>, term: Term, leader: ServerId): boolean;
/**
 * Becomes a follower in `term`, the present one or a later one; a later one has no vote yet. The election timer goes on
 * running, except that one who led has to set it.
 */
export declare function becomeFollower<C>(s: ServerState<C>, term: Term, leader: ServerId, why: Reason): void;
/** Forgets the answers of an election. */
export declare function forgetVotes<C>(s: ServerState<C>): void;
/**
 * The election is won (§5.2): from now on this server is heard, so that no other is elected. Its first entry is a no-op (§8,
 * D §6.4).
 */
export declare function becomeLeader<C>(s: ServerState<C>, why: Reason): void;
