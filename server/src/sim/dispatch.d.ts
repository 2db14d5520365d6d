import type { NetworkMessage } from "./message.js";
import type { QueueItem } from "./queue.js";
import type { World } from "./world.js";
/** Does what has come due: a message arrives, a timer fires, a write is durable, a fault ends. */
export declare function processItem(world: World, item: QueueItem): void;
/** A message is there, whatever became of its link meanwhile. `item` is kept for a receiver that is paused. */
export declare function arrive(world: World, message: NetworkMessage, sendEvent: number, item: QueueItem): void;
