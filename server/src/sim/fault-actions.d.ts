import type { ActionResult, HealScope, NetworkFault } from "./action.js";
import type { Micros } from "./config.js";
import type { MachineFault } from "./machine-fault.js";
import type { HeldMessage } from "./network.js";
import type { Undo } from "./queue.js";
import type { World } from "./world.js";
/** Faults as actions: how they begin, and how they end by themselves or by hand. */
/** Puts a fault of the network or of a machine in force, for a while or until it is healed. One event tells of it. */
export declare function beginFault(world: World, fault: NetworkFault | MachineFault, text: string, durationUs: Micros | null, line: number, cause: number): ActionResult;
/** Has something end by itself after a while; never for `null`. `cause`: the event that began it. */
export declare function endAfter(world: World, durationUs: Micros | null, what: Undo, cause: number): void;
/** Ends faults, and lets go of what they held. */
export declare function heal(world: World, what: HealScope): void;
/** Messages that a rule held go on now, with the latency of an ordinary message. */
export declare function letGo(world: World, held: readonly HeldMessage[]): void;
