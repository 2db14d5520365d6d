import type { Kernel } from "./kernel.js";
import type { SimServer } from "./server.js";
/** Starts a server's process from what its disk holds. `commit` is 0 but for a given initial state. */
export declare function startServer(kernel: Kernel, server: SimServer, commit: number, restarted: boolean, cause: number): void;
/** Why a server does not start, in the order of their codes in the trace; append only. */
export declare const START_REFUSALS: readonly ["disk-fails", "record-damaged"];
/**
 * Starts a server that is down again, from what recovery finds on its disk; or it does not start, and `refused` says why.
 * Returns the event of the one or the other. `line` is the scenario's, 0 for none.
 */
export declare function restartServer(kernel: Kernel, server: SimServer, line: number, cause: number): {
    readonly event: number;
    readonly refused: string | null;
};
/** Why a server does not start, in words. */
export declare function startRefusal(name: string, fails: boolean, index: number): string;
