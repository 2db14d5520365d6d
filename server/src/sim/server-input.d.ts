import type { Command } from "../kv/command.js";
import type { Raft } from "../raft/contract.js";
import type { Message } from "../raft/message.js";
import type { TimerKind } from "../raft/types.js";
import type { Micros } from "./config.js";
import type { Kernel } from "./kernel.js";
import type { SimServer } from "./server.js";
/** Hands a message to a running server. */
export declare function receive(kernel: Kernel, server: SimServer, raft: Raft<Command>, message: Message<Command>, sendEvent: number): void;
/** A timer of a running server comes up; true when it really fired (it may have been set anew or stopped). */
export declare function timerDue(kernel: Kernel, server: SimServer, raft: Raft<Command>, kind: TimerKind): boolean;
/**
 * Lets `durationUs` pass on the clock of a running server, though not in its world: of its timers, those that come due fire, in the order
 * in which they do, and one that is set anew meanwhile may fire again. `cause` is the tick's event. Returns how many fired.
 */
export declare function tick(kernel: Kernel, server: SimServer, raft: Raft<Command>, durationUs: Micros, cause: number): number;
/** A write of a running server, and all before it, are durable. `cause` is the event that issued the write. */
export declare function persisted(kernel: Kernel, server: SimServer, raft: Raft<Command>, write: number, cause: number): void;
/** Carries out what an input made a server do, tells the monitor, and clears the output. `cause` is the input's event. */
export declare function settle(kernel: Kernel, server: SimServer, raft: Raft<Command>, cause: number): void;
/** A server takes a snapshot at once. Returns the event, or -1 when there is nothing new to take. */
export declare function snapshotNow(kernel: Kernel, server: SimServer, raft: Raft<Command>, cause: number): number;
