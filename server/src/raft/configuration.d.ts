import type { Configuration, Entry, Index, RaftConfig, ServerId } from "./types.js";
/** Configurations (§6): what they say of a server, and which of those in a log is in force. */
/** The configuration that a cluster begins with. */
export declare function initialConfiguration(config: Pick<RaftConfig, "voters" | "learners">): Configuration;
/** Whether two configurations overlap in time here (§6). */
export declare function isJoint(configuration: Configuration): boolean;
/** Whether `server` may stand for election: it is a voter of the new or of the old configuration. */
export declare function isVoter(configuration: Configuration, server: ServerId): boolean;
/** The voters, while joint those of both configurations; ascending. */
export declare function votersOf({ voters, outgoing }: Configuration): readonly ServerId[];
/** Every server that gets the log: voters old and new, and learners; ascending. */
export declare function membersOf(configuration: Configuration): readonly ServerId[];
/** Whether two configurations have the same members in the same roles. */
export declare function sameConfiguration(a: Configuration, b: Configuration): boolean;
/** A configuration with its place in the log. */
export interface PlacedConfiguration {
    /** Index of its entry; 0 for the one the cluster began with; a snapshot's last included index. */
    readonly index: Index;
    readonly configuration: Configuration;
}
/**
 * The configurations that a server knows, oldest first: the one at the beginning of its log (the cluster's first, or its
 * snapshot's), and those of the entries after it.
 */
export declare class ConfigurationLog {
    #private;
    constructor(first: PlacedConfiguration);
    /** The newest one, committed or not. */
    get newest(): PlacedConfiguration;
    /** The newest one at or before `index`; the oldest known when all are later. */
    at(index: Index): PlacedConfiguration;
    /** An entry was appended at `index`. True when it holds a configuration. */
    appended<C>(index: Index, entry: Entry<C>): boolean;
    /** The entries from `index` on are gone. True when a configuration went with them. */
    truncated(index: Index): boolean;
    /** Forgets what stands before `index`, where a snapshot ends: the configuration there is the oldest known now. */
    compacted(index: Index): void;
    /** The log begins anew after a snapshot with this configuration. */
    restarted(first: PlacedConfiguration): void;
    /** An independent copy. */
    clone(): ConfigurationLog;
}
