import type { Action, ActionResult } from "./action.js";
import type { EndpointId } from "./config.js";
import type { Undo } from "./queue.js";
import type { World } from "./world.js";
/** What can be done to a process. */
type ProcessAction = Exclude<Extract<Action, {
    readonly server: EndpointId;
}>, {
    readonly kind: "tick" | "membership" | "transfer";
}>;
/** Crashes, pauses … a server or a client, or says why that cannot be. */
export declare function processAction(world: World, action: ProcessAction, line: number, cause: number): ActionResult;
/** Whether the world is told of something that only a client has to cope with: the cluster need not. */
export declare function concernsClient(world: World, what: Action | Undo): boolean;
/** A fault that was given `for` a while ends by itself. */
export declare function undo(world: World, what: Undo, cause: number): void;
export {};
