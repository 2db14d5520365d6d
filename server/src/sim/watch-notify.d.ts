import type { KvEvent } from "../kv/response.js";
import type { Micros } from "./config.js";
import type { Kernel } from "./kernel.js";
import type { WatchTask } from "./queue.js";
import type { SimServer } from "./server.js";
/** Tells the synced watches of what was changed in one revision, all of it together. */
export declare function notifyWatches(kernel: Kernel, server: SimServer, changes: readonly KvEvent[], cause: number): void;
/** A snapshot replaced the store, which was at `revision`: synced watches are caught up with what came since. */
export declare function unsyncAll(kernel: Kernel, server: SimServer, revision: number, event: number): void;
/** The receiver of a watch has taken a response. What waited for that is caught up by the next turn of the loop. */
export declare function responseArrived(kernel: Kernel, server: SimServer | undefined, response: {
    readonly watch: number;
    readonly stream: number;
    readonly incarnation: number;
    readonly sequence: number;
}): void;
/** Has the loop take its next turn, if it does not already, and if there is somebody to catch up who takes something. */
export declare function queueSync(kernel: Kernel, server: SimServer): void;
/** Puts something to do for watches in the queue. */
export declare function queueTask(kernel: Kernel, server: SimServer, timeUs: Micros, task: WatchTask): void;
/** A turn of the loop: each watch that is behind gets at most one response, or is synced, or ends where history is gone. */
export declare function syncWatches(kernel: Kernel, server: SimServer): void;
