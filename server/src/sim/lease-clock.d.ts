import type { Applied, Command } from "../kv/command.js";
import type { LeaseId, LeaseRevokeRequest } from "../kv/request.js";
import type { Raft } from "../raft/contract.js";
import type { Entry } from "../raft/types.js";
import type { OperationResult } from "./client-operation.js";
import type { Kernel } from "./kernel.js";
import type { SimServer } from "./server.js";
/** The two words in which an event names a lease. */
export declare function leaseWords(id: LeaseId): readonly [low: number, high: number];
/** Takes {@link leaseWords} back. */
export declare function leaseOfWords(low: number, high: number): LeaseId;
/** An entry was applied: the leader's first of its term makes it count, and grants and revocations change what it counts. */
export declare function leasesAfterApply(kernel: Kernel, server: SimServer, raft: Raft<Command>, entry: Entry<Command>, applied: Applied | null, event: number): void;
/** A server leads no more: it counts no leases, and whoever waits for a renewal asks another one. */
export declare function leasesAfterStepDown(kernel: Kernel, server: SimServer, raft: Raft<Command>, event: number): void;
/** With the rule expire-through-log off every server counts the leases that it knows, from its start on. */
export declare function leasesAfterStart(kernel: Kernel, server: SimServer, raft: Raft<Command>, event: number): void;
/** A lease is gone: whoever waited for its renewal hears so. */
export declare function leaseGone(kernel: Kernel, server: SimServer, { id }: LeaseRevokeRequest, event: number): void;
/** Has the server look at its leases in half a second of its clock, unless it will anyway. */
export declare function lookLater(kernel: Kernel, server: SimServer): void;
/** The answer to a renewal; `ttl` 0: there is no such lease. */
export declare function renewed(server: SimServer, id: LeaseId, ttl: number): OperationResult;
