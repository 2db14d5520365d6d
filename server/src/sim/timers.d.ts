import type { Command } from "../kv/command.js";
import type { Raft } from "../raft/contract.js";
import type { TimerKind } from "../raft/types.js";
import type { Micros } from "./config.js";
import type { Kernel } from "./kernel.js";
import type { SimServer } from "./server.js";
/** What a server's own clock shows now: what it measures time by, whatever the truth is. */
export declare function localNow(kernel: Kernel, server: SimServer): Micros;
/** Has a server's Raft read the clock: before every input. */
export declare function readClock(kernel: Kernel, server: SimServer, raft: Raft<Command>): void;
/** Sets a timer anew. The election timeout is drawn once per role and term and after it fired (§5.2). */
export declare function setTimer(kernel: Kernel, server: SimServer, kind: TimerKind, cause: number): void;
/** A timer that came up before its deadline, because it was set anew: it comes up again then. */
export declare function queueTimer(kernel: Kernel, server: SimServer, timer: TimerKind, timeUs: Micros): void;
/** A server's clock runs differently or has leapt: its running timers end when the clock shows their deadlines. */
export declare function clockChanged(kernel: Kernel, server: SimServer): void;
