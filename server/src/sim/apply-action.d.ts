import type { Action, ActionResult } from "./action.js";
import type { World } from "./world.js";
/** Does an action at the world's present instant. Every action leaves one event, also one that is refused. */
export declare function applyAction(world: World, action: Action, line: number, cause: number): ActionResult;
