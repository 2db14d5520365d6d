import type { Command } from "../kv/command.js";
import type { KvRequest } from "../kv/request.js";
import type { Raft } from "../raft/contract.js";
import type { Kernel } from "./kernel.js";
import type { SimServer } from "./server.js";
/** Whether a request would make the store outgrow `quota` at this server (etcdserver/quota.go). */
export declare function isOverQuota({ config }: Kernel, server: SimServer, request: KvRequest): boolean;
/** A server over its quota raises the alarm, which goes through the log and closes every server for writes. */
export declare function raiseNoSpace(kernel: Kernel, server: SimServer, raft: Raft<Command>, cause: number): void;
