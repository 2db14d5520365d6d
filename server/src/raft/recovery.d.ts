import { ConfigurationLog } from "./configuration.js";
import type { DurableState } from "./contract.js";
import type { RaftLog } from "./log.js";
import type { RaftConfig, Snapshot } from "./types.js";
/** What a server that begins makes of what its disk holds (Figure 2, persistent state; §7). */
/**
 * The log of a disk as a server may begin with it: it holds what its snapshot ends with, or nothing. Where they contradict
 * each other, as with a rule off or after a loss, the snapshot is believed.
 */
export declare function startingLog<C>(snapshot: Snapshot | null, log: RaftLog<C>): RaftLog<C>;
/** The configurations of a disk: its snapshot's, or the cluster's first, and those of the log's entries. */
export declare function recoveredConfigurations<C>(config: RaftConfig, { snapshot, log }: DurableState<C>): ConfigurationLog;
