import type { Reason } from "../raft/reason.js";
import type { EndpointId, Micros } from "./config.js";
import type { WatchOptions } from "./watch-options.js";
/** Why a watch is to be caught up, and since which event. */
export interface Behind {
    readonly why: Reason;
    readonly event: number;
}
/** A watch as its server keeps it: etcd's watcher (mvcc/watchable_store.go), and its connection. */
export interface ServerWatch {
    readonly client: EndpointId;
    readonly watch: number;
    /** The client's number for this connection. */
    readonly stream: number;
    readonly options: WatchOptions;
    /** Number of the last response. */
    sequence: number;
    /** Number of the newest response that has arrived. Standing for what a connection's flow control tells its sender. */
    arrived: number;
    /** First revision that was not sent yet, or is not wanted before (etcd: minRev). */
    nextRevision: number;
    /** Why it is not told of changes as they happen, and since which event; `null` when it is synced. */
    behind: Behind | null;
    /** Between two progress notifications; 0 for none. */
    readonly progressUs: Micros;
    /** Was sent events since its last progress notification was due. */
    told: boolean;
}
/** Whether a response may leave. */
export declare function hasRoom(watch: ServerWatch): boolean;
/**
 * The watches at one server: those that are synced hear of changes as they happen, the others are caught up
 * (etcd: mvcc/watchable_store.go, watcher_group.go).
 */
export declare class WatchTable {
    #private;
    /** The loop that catches up is in the queue. */
    syncQueued: boolean;
    /** The look for a leader is in the queue. */
    leaderQueued: boolean;
    /** At how many looks in a row there was no leader. */
    leaderless: number;
    /** Number of watches. */
    get size(): number;
    /** Whether some watch ends without a leader. */
    get needsLeader(): boolean;
    /** All watches, in the order in which they were opened. */
    list(): readonly ServerWatch[];
    /** The watches that are to be caught up, the next ones first. */
    unsynced(): readonly ServerWatch[];
    /** The watch with this number. */
    get(watch: number): ServerWatch | undefined;
    /** Adds a watch; there must be none with its number. */
    add(watch: ServerWatch): void;
    /** Takes a watch out. */
    remove(watch: ServerWatch): void;
    /** A watch is to be caught up, after those that are already. */
    unsync(watch: ServerWatch, behind: Behind): void;
    /** A watch has been caught up. */
    sync(watch: ServerWatch): void;
    /** Calls `found` with every watch of `key`, synced or not, in no particular but always the same order. */
    at(key: string, found: (watch: ServerWatch) => void): void;
    /** An independent copy. */
    clone(): WatchTable;
}
