import type { Command } from "../kv/command.js";
import type { LeaseId } from "../kv/request.js";
import type { Raft } from "../raft/contract.js";
import type { OperationResult } from "./client-operation.js";
import type { Kernel } from "./kernel.js";
import type { ClientRequest } from "./message.js";
import type { SimServer } from "./server.js";
/**
 * The leader renews a lease. One whose time is over and whose revocation is under way waits for that (lessor.go, Renew): then there is
 * no such lease.
 */
export declare function renewLease(kernel: Kernel, server: SimServer, raft: Raft<Command>, request: ClientRequest, id: LeaseId, event: number): void;
/** What is left of a lease, in whole seconds, by the leader's clock; -1 for an unknown lease (v3rpc/lease.go). */
export declare function timeToLive(kernel: Kernel, server: SimServer, id: LeaseId, withKeys: boolean): OperationResult;
/** The server looks at its leases: what is over is revoked through the log, and what is due for it is written down. */
export declare function lookAtLeases(kernel: Kernel, server: SimServer, raft: Raft<Command>): void;
