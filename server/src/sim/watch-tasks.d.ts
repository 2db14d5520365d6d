import type { Kernel } from "./kernel.js";
import type { WatchTask } from "./queue.js";
import type { SimServer } from "./server.js";
import { type ServerWatch } from "./watch-table.js";
/** Does what has come due; true when it had any effect. */
export declare function watchTaskDue(kernel: Kernel, server: SimServer, task: WatchTask): boolean;
/** Has the next progress notification of a watch come due. */
export declare function queueProgress(kernel: Kernel, server: SimServer, { watch, stream, progressUs }: ServerWatch): void;
/** Has the server look for a leader at the next multiple of its election timeout, if it does not already (etcd: monitorLeader). */
export declare function queueLeaderLook(kernel: Kernel, server: SimServer): void;
