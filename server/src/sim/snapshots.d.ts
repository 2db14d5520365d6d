import type { Command, StateMachine } from "../kv/command.js";
import type { Raft } from "../raft/contract.js";
import type { Snapshot } from "../raft/types.js";
import type { Kernel } from "./kernel.js";
import type { SimServer } from "./server.js";
/** The state machine's state that a snapshot holds. */
export declare function stateOf(snapshot: Snapshot): StateMachine;
/** Whether a server has applied so much since its last snapshot that the next one is due (etcd: snapshot-count). */
export declare function snapshotDue({ config }: Kernel, raft: Raft<Command>): boolean;
/**
 * A server takes a snapshot of what it has applied, and drops the log before it. The output is still to be settled; returns
 * the event, or -1 when there was nothing to take.
 */
export declare function takeSnapshot(kernel: Kernel, server: SimServer, raft: Raft<Command>, cause: number): number;
/**
 * A snapshot from the leader replaces the server's state. Requests that wait for an entry it covers get no answer from here,
 * as with any server that does not lead any more; watches are caught up.
 */
export declare function installSnapshot(kernel: Kernel, server: SimServer, snapshot: Snapshot, cause: number): void;
