import type { Command } from "../kv/command.js";
import type { KvRequest } from "../kv/request.js";
import { quotaCost } from "../kv/request-size.js";
import type { Raft } from "../raft/contract.js";
import type { Kernel } from "./kernel.js";
import type { SimServer } from "./server.js";
import { settle } from "./server-input.js";

/** Whether a request would make the store outgrow `quota` at this server (etcdserver/quota.go). */
export function isOverQuota({ config }: Kernel, server: SimServer, request: KvRequest): boolean {
  const cost = quotaCost(request);
  // Whatever frees space is always welcome.
  return cost > 0 && server.machine.store.bytes + cost > config.quota;
}

/** A server over its quota raises the alarm, which goes through the log and closes every server for writes. */
export function raiseNoSpace(kernel: Kernel, server: SimServer, raft: Raft<Command>, cause: number): void {
  if (server.machine.alarms.some(({ member, alarm }) => member === server.id && alarm === "nospace")) return;
  const operation = { kind: "alarm", action: "activate", member: server.id, alarm: "nospace" } as const;
  raft.propose({ client: 0, sequence: 0, operation });
  settle(kernel, server, raft, cause);
}
