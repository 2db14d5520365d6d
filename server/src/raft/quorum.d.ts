import type { Configuration, Index, Rules, ServerId } from "./types.js";
/**
 * Quorum arithmetic, all of it, for one configuration and for two at once (§5.2, §6; etcd's quorum package).
 */
/** Servers of which a majority has to agree. */
export interface Group {
    readonly servers: readonly ServerId[];
    /** How many make a majority. */
    readonly needed: number;
}
/** Every group has to agree: one in an ordinary configuration, C_old's and C_new's while joint. */
export type Quorum = readonly Group[];
/** More than half of `voters`. */
export declare function majority(voters: number): number;
/**
 * Who has to agree in `configuration`. With learners-do-not-vote off a learner's vote or copy counts like a voter's, though
 * the majority is still one of the voters. While joint, both configurations have to agree, each by a majority of its own (§6).
 */
export declare function quorumOf(rules: Rules, configuration: Configuration): Quorum;
/** How far a count got: in the group that lacks most, the servers that agree and how many there must be. */
export interface Tally {
    count: number;
    needed: number;
    /** Servers in that group. */
    size: number;
}
/** Whether every group has its majority of servers that `agrees` holds for. `tally` says how far the count got. */
export declare function reached(quorum: Quorum, agrees: (server: ServerId) => boolean, extra: number, tally: Tally): boolean;
/** Whether so many refuse that some group cannot reach its majority any more. */
export declare function outOfReach(quorum: Quorum, refuses: (server: ServerId) => boolean): boolean;
/**
 * The highest index that a majority of every group holds; `held` says up to where a server does. `scratch` is overwritten,
 * so that nothing is allocated.
 */
export declare function majorityIndex(quorum: Quorum, held: (server: ServerId) => Index, scratch: Index[]): Index;
/** Both lists in one, ascending and without repetition. */
export declare function union(a: readonly ServerId[], b: readonly ServerId[]): readonly ServerId[];
