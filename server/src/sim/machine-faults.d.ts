import type { Micros } from "./config.js";
import type { Kernel } from "./kernel.js";
import { type ActiveMachineFault, type MachineFault } from "./machine-fault.js";
import type { SimServer } from "./server.js";
/** Why a fault cannot be; `null` when it can. */
export declare function refusalOf(kernel: Kernel, fault: MachineFault): string | null;
/** Puts a fault in force, or lets it strike at once if there is nothing to undo later. Its number was taken before. */
export declare function beginMachineFault(kernel: Kernel, number: number, fault: MachineFault, text: string, durationUs: Micros | null): void;
/** Ends a fault; returns it, or `null` when it is over already. */
export declare function endMachineFault(kernel: Kernel, number: number): ActiveMachineFault | null;
/** The faults in force that concern a server, oldest first. */
export declare function faultsOf(kernel: Kernel, server: SimServer): readonly ActiveMachineFault[];
