import type { Kernel } from "./kernel.js";
import type { WatchCancelRequest, WatchCreateRequest, WatchPing, WatchProgressRequest } from "./message.js";
import type { SimServer } from "./server.js";
/**
 * Opens or resumes a watch: says where the store stands, and what the watch wants of the past follows. A request that
 * arrives again, or after the one of a later connection, opens nothing.
 */
export declare function receiveWatchCreate(kernel: Kernel, server: SimServer, request: WatchCreateRequest, sendEvent: number): void;
/** Ends a connection of a watch. */
export declare function receiveWatchCancel(kernel: Kernel, server: SimServer, request: WatchCancelRequest, sendEvent: number): void;
/**
 * Tells all watches of a client how far they have come, or none of them while one is still to be caught up: it would be
 * wrong for that one (etcd: progressIfSync, since 3.4.25 and 3.5.8; before, it was told at once, issue 15220). etcd has one connection
 * for all of them and answers once; here each has its own, and its own answer.
 */
export declare function receiveWatchProgress(kernel: Kernel, server: SimServer, request: WatchProgressRequest, sendEvent: number): void;
/** Says whether the connection of a watch is still there. */
export declare function receiveWatchPing(kernel: Kernel, server: SimServer, ping: WatchPing, sendEvent: number): void;
