import type { Command } from "../kv/command.js";
import type { Raft } from "../raft/contract.js";
import { type DiskLoss } from "./disk.js";
import type { Kernel } from "./kernel.js";
import type { CrashPlace, CrashPoint } from "./machine-fault.js";
import { type NetworkMessage } from "./message.js";
import type { SimServer } from "./server.js";
/** Ends a server's process at once; its disk keeps what is durable. */
export declare function stopServer(kernel: Kernel, server: SimServer, cause: number): void;
/** Records what a disk lost, with what is left on it. */
export declare function recordLoss(kernel: Kernel, server: SimServer, loss: DiskLoss, cause: number): void;
/** A running server's disk fails: it stops itself, as etcd does when its write-ahead log cannot be written. */
export declare function stopOnDiskError(kernel: Kernel, server: SimServer, raft: Raft<Command>, cause: number): void;
/**
 * Whether a running server has come to a place where a crash waits for it; if so it has crashed when this returns, and
 * whoever asked must do nothing more on its behalf. `message` is the one to be sent. Ask only when the server has crash
 * points.
 */
export declare function crashesAt(kernel: Kernel, server: SimServer, raft: Raft<Command>, when: CrashPoint["when"], place: CrashPlace, cause: number, message?: NetworkMessage | null): boolean;
/** Whether a crash waits for a server at a place, without letting it strike. */
export declare function awaitsCrash(server: SimServer, when: CrashPoint["when"], place: CrashPlace): boolean;
