import { type Reason } from "../raft/reason.js";
import type { ClientProcess, WatchStream } from "./client.js";
import type { EndpointId } from "./config.js";
import type { Kernel } from "./kernel.js";
import type { WatchError, WatchOptions } from "./watch-options.js";
/** Opens a watch and returns its number. */
export declare function openWatch(kernel: Kernel, client: ClientProcess, request: {
    readonly name: string;
    readonly options: WatchOptions;
    readonly at: EndpointId | null;
}, line: number, cause: number): {
    number: number;
    eventId: number;
};
/** Ends a watch for its user; nothing more is received on it. */
export declare function closeWatch(kernel: Kernel, client: ClientProcess, number: number, line: number, cause: number): number;
/** Asks the server of a watch how far the client's watches there have come. */
export declare function askProgress(kernel: Kernel, client: ClientProcess, number: number, line: number, cause: number): {
    readonly eventId: number;
    readonly refused: string | null;
};
/** A watch is over: its server ended it (`error`), or its client did. */
export declare function forget(kernel: Kernel, client: ClientProcess, number: number, error: WatchError | null, compactRevision: number, eventId: number): void;
/**
 * The client looks after a watch once per `client-timeout`: it leaves a server that was silent for the next one, and asks one
 * that was not whether the connection is still there. With a negative stream it comes back after a refusal.
 */
export declare function watchTimerDue(kernel: Kernel, client: ClientProcess, number: number, stream: number): boolean;
/** Opens a watch anew at `target`, from the first revision not seen yet. */
export declare function resume(kernel: Kernel, client: ClientProcess, watch: WatchStream, target: EndpointId, why: Reason | null, cause: number): void;
/** A server refused a watch, or ended it without its being over: the client goes to another one after a pause, not in a storm. */
export declare function resumeLater(kernel: Kernel, client: ClientProcess, watch: WatchStream, why: Reason, event: number): void;
