import type { KvEvent } from "../kv/response.js";
import type { Reason } from "../raft/reason.js";
import type { Kernel } from "./kernel.js";
import type { WatchResponse } from "./message.js";
import type { SimServer } from "./server.js";
import type { WatchError } from "./watch-options.js";
import type { ServerWatch } from "./watch-table.js";
/** What a response says besides where it belongs. */
type Content = Pick<WatchResponse, "revision"> & Partial<Pick<WatchResponse, "created" | "canceled" | "error" | "compactRevision" | "events">>;
/** Sends one response, in parts where the watch allows that and it is too large. */
export declare function respond(kernel: Kernel, server: SimServer, watch: ServerWatch, content: Content, cause: number, why: Reason | null): void;
/** Answers a request that opens nothing. */
export declare function refuse(kernel: Kernel, server: SimServer, request: {
    readonly from: number;
    readonly watch: number;
    readonly stream: number;
}, error: WatchError, created: boolean, cause: number, why: Reason): void;
/**
 * The events as the watch is to have them: without those it does not want, and with the pair before only where it asked for
 * it, the event is no creation, and history still has it (etcdserver/api/v3rpc/watch.go, sendLoop).
 */
export declare function asWanted(server: SimServer, { options }: ServerWatch, events: readonly KvEvent[]): readonly KvEvent[];
export {};
