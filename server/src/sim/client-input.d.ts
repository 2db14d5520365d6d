import type { ClientProcess, PendingOperation } from "./client.js";
import { type ClientOperation } from "./client-operation.js";
import type { EndpointId } from "./config.js";
import type { Kernel } from "./kernel.js";
import type { ClientRequestReply } from "./message.js";
/** Starts an operation and returns its number. `line` is the scenario's, 0 for none. */
export declare function invoke(kernel: Kernel, client: ClientProcess, body: ClientOperation, at: EndpointId | null, line: number, cause: number): {
    number: number;
    eventId: number;
};
/** A reply reaches its client. */
export declare function receiveReply(kernel: Kernel, client: ClientProcess, message: ClientRequestReply, sendEvent: number): void;
/** A client's timer comes up; true when it had any effect. */
export declare function clientTimerDue(kernel: Kernel, client: ClientProcess, operation: number, timer: "try" | "timeout", attempt: number): boolean;
/** Its client's process is gone: nobody will hear how the operation ended, and nobody knows whether it took effect. */
export declare function abandon(kernel: Kernel, client: ClientProcess, pending: PendingOperation, cause: number): void;
