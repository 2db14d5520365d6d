import type { Applied, Command } from "../kv/command.js";
import type { LeaseId, LeaseRevokeRequest } from "../kv/request.js";
import type { Raft } from "../raft/contract.js";
import { expiresThroughLog } from "../raft/rules.js";
import type { Entry } from "../raft/types.js";
import type { OperationResult } from "./client-operation.js";
import type { Micros } from "./config.js";
import type { Kernel } from "./kernel.js";
import { EVENT_CODE } from "./recorder.js";
import { redirect, reply } from "./requests.js";
import type { SimServer } from "./server.js";
import { localNow } from "./timers.js";

/** What a server that counts leases has to keep up with: what is applied, and whether it leads (etcd: lease/lessor.go). */

/** How often the leader looks for leases whose time is over (lessor.go, runLoop). */
const LOOK_US: Micros = 500_000;
/** Ids are told in two words of so many. */
const LOW_WORD = 2 ** 31;

/** The two words in which an event names a lease. */
export function leaseWords(id: LeaseId): readonly [low: number, high: number] {
  return [id % LOW_WORD, Math.floor(id / LOW_WORD)];
}

/** Takes {@link leaseWords} back. */
export function leaseOfWords(low: number, high: number): LeaseId {
  return high * LOW_WORD + low;
}

/** An entry was applied: the leader's first of its term makes it count, and grants and revocations change what it counts. */
export function leasesAfterApply(
  kernel: Kernel,
  server: SimServer,
  raft: Raft<Command>,
  entry: Entry<Command>,
  applied: Applied | null,
  event: number,
): void {
  const { lessor } = server;
  if (!lessor.primary && raft.role === "leader" && entry.term === raft.term) promote(kernel, server, raft, event);
  if (applied === null || entry.kind !== "command" || applied.result.kind === "error") return;
  const { operation } = entry.command;
  if (!applied.duplicate) lessor.applied(operation, applied.result, server.machine.leases, localNow(kernel, server));
  if (operation.kind === "lease-grant" && applied.result.kind === "lease-grant" && lessor.primary) {
    server.leaseEvents.set(applied.result.id, event);
    lookLater(kernel, server);
  } else if (operation.kind === "lease-revoke") {
    leaseGone(kernel, server, operation, event);
  }
}

/** A server leads no more: it counts no leases, and whoever waits for a renewal asks another one. */
export function leasesAfterStepDown(kernel: Kernel, server: SimServer, raft: Raft<Command>, event: number): void {
  if (!server.lessor.primary || !expiresThroughLog(kernel.config.rules)) return;
  server.lessor.demote();
  server.leaseEvents.clear();
  server.revoking.clear();
  const waiting = [...server.renewals.values()].flat();
  server.renewals.clear();
  for (const request of waiting) redirect(kernel, server, request, raft.leader, event);
}

/** With the rule expire-through-log off every server counts the leases that it knows, from its start on. */
export function leasesAfterStart(kernel: Kernel, server: SimServer, raft: Raft<Command>, event: number): void {
  if (!expiresThroughLog(kernel.config.rules)) promote(kernel, server, raft, event);
}

/**
 * A new leader gives every lease its time anew, and an election timeout besides (lessor.go, Promote): it cannot know how much of it had
 * passed, but for what a checkpoint wrote down.
 */
function promote(kernel: Kernel, server: SimServer, raft: Raft<Command>, cause: number): void {
  const { leases } = server.machine;
  server.lessor.promote(leases, localNow(kernel, server), kernel.config.electionTimeout.max);
  server.leaseEvents.clear();
  server.revoking.clear();
  if (leases.count === 0) return;
  const code = EVENT_CODE["lease-promote"];
  const event = kernel.recorder.record(kernel.nowUs, code, server.id, cause, null, 2, leases.count, raft.term);
  for (const { id } of leases.list()) server.leaseEvents.set(id, event);
  lookLater(kernel, server);
}

/** A lease is gone: whoever waited for its renewal hears so. */
export function leaseGone(kernel: Kernel, server: SimServer, { id }: LeaseRevokeRequest, event: number): void {
  server.leaseEvents.delete(id);
  server.revoking.delete(id);
  const waiting = server.renewals.get(id) ?? [];
  server.renewals.delete(id);
  for (const request of waiting) reply(kernel, server, request, renewed(server, id, 0), event);
}

/** Has the server look at its leases in half a second of its clock, unless it will anyway. */
export function lookLater(kernel: Kernel, server: SimServer): void {
  // In a manual world clocks go on by `tick` alone, and whoever ticks looks.
  if (server.lessorQueued || kernel.config.timers === "manual") return;
  server.lessorQueued = true;
  const timeUs = Math.max(kernel.nowUs, server.clock.instantOf(localNow(kernel, server) + LOOK_US));
  const { incarnation, id } = server;
  kernel.queue.push({ kind: "lessor", timeUs, order: kernel.queue.nextOrder(), server: id, incarnation });
}

/** The answer to a renewal; `ttl` 0: there is no such lease. */
export function renewed(server: SimServer, id: LeaseId, ttl: number): OperationResult {
  return { kind: "lease-keepalive", revision: server.machine.store.revision, id, ttl };
}
