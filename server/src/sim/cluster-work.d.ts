import type { Action, ActionResult } from "./action.js";
import type { World } from "./world.js";
/** What is asked of a server about its cluster, by somebody who runs it: a change of its members, a transfer of leadership. */
export type ClusterWork = Extract<Action, {
    readonly kind: "membership" | "transfer";
}>;
/** Asks it. The event says why the server does not do it, or that it has begun; nothing is waited for. */
export declare function clusterWork(world: World, action: ClusterWork, line: number, cause: number): ActionResult;
