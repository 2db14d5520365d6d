import type { Command } from "../kv/command.js";
import type { KvRequest, RequestOp } from "../kv/request.js";
import type { Raft } from "../raft/contract.js";
import type { Kernel } from "./kernel.js";
import type { SimServer } from "./server.js";
import { settle } from "./server-input.js";

/** What a lease costs at the most when written down (etcdserver/quota.go, leaseOverhead). */
const LEASE_BYTES = 64;
/** What a key costs besides itself and its value (etcdserver/quota.go, kvOverhead). */
const KEY_BYTES = 256;

/** Whether a request would make the store outgrow `quota` at this server (etcdserver/quota.go). */
export function isOverQuota({ config }: Kernel, server: SimServer, request: KvRequest): boolean {
  const cost = costOf(request);
  // Whatever frees space is always welcome.
  return cost > 0 && server.machine.store.bytes + cost > config.quota;
}

function costOf(request: RequestOp | KvRequest): number {
  switch (request?.kind) {
    case "put":
      return KEY_BYTES + request.key.length + request.value.length;
    case "txn": {
      const cost = (branch: readonly RequestOp[]): number => branch.reduce((sum, each) => sum + costOf(each), 0);
      return Math.max(cost(request.success), cost(request.failure));
    }
    case "lease-grant":
      return LEASE_BYTES;
    default:
      return 0;
  }
}

/** A server over its quota raises the alarm, which goes through the log and closes every server for writes. */
export function raiseNoSpace(kernel: Kernel, server: SimServer, raft: Raft<Command>, cause: number): void {
  if (server.machine.alarms.some(({ member, alarm }) => member === server.id && alarm === "nospace")) return;
  const operation = { kind: "alarm", action: "activate", member: server.id, alarm: "nospace" } as const;
  raft.propose({ client: 0, sequence: 0, operation });
  settle(kernel, server, raft, cause);
}
