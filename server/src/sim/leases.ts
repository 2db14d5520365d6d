import type { Command } from "../kv/command.js";
import type { LeaseCheckpointRequest, LeaseId, LeaseRevokeRequest } from "../kv/request.js";
import type { Raft } from "../raft/contract.js";
import { expiresThroughLog } from "../raft/rules.js";
import type { OperationResult } from "./client-operation.js";
import type { Micros } from "./config.js";
import type { Kernel } from "./kernel.js";
import { leaseGone, leaseWords, lookLater, renewed } from "./lease-clock.js";
import type { ClientRequest } from "./message.js";
import { EVENT_CODE } from "./recorder.js";
import { redirect, reply } from "./requests.js";
import type { SimServer } from "./server.js";
import { settle } from "./server-input.js";
import { localNow, readClock } from "./timers.js";

/**
 * Leases as a server lives with them (etcd: lease/lessor.go, etcdserver/server.go): the leader counts their time by its own
 * clock, and what it finds to be over it revokes through the log. Nobody else counts.
 */

const SECOND_US: Micros = 1_000_000;
/**
 * Revocations begun in one look (lessor.go). etcd has 16 of them under way at once and begins the next as soon as one is through
 * (server.go), so that all of a look's get through before the next look; here they are proposed together.
 */
const MOST_A_LOOK = 500;
/** After so long a revocation that did not get through is proposed again (lessor.go, defaultLeaseRevokeRetry). */
const RETRY_US: Micros = 3 * SECOND_US;

/**
 * The leader renews a lease. One whose time is over and whose revocation is under way waits for that (lessor.go, Renew): then there is
 * no such lease.
 */
export function renewLease(
  kernel: Kernel,
  server: SimServer,
  raft: Raft<Command>,
  request: ClientRequest,
  id: LeaseId,
  event: number,
): void {
  const lease = server.machine.leases.get(id);
  if (lease === null) {
    reply(kernel, server, request, renewed(server, id, 0), event);
    return;
  }
  if (!server.lessor.primary) {
    // Elected, but without an entry of its term applied: it counts nothing yet.
    redirect(kernel, server, request, 0, event);
    return;
  }
  const renewal = server.lessor.renew(id, localNow(kernel, server));
  if (renewal.kind !== "renewed") {
    server.renewals.set(id, [...(server.renewals.get(id) ?? []), request]);
    return;
  }
  server.leaseEvents.set(id, event);
  reply(kernel, server, request, renewed(server, id, renewal.ttl), event);
  // The next leader must not go by what the lease had left before.
  if (renewal.clearsCheckpoint) checkpoint(kernel, server, raft, [{ id, remainingTtl: 0 }], event);
}

/** What is left of a lease, in whole seconds, by the leader's clock; -1 for an unknown lease (v3rpc/lease.go). */
export function timeToLive(kernel: Kernel, server: SimServer, id: LeaseId, withKeys: boolean): OperationResult {
  const { leases, store } = server.machine;
  const { revision } = store;
  const lease = leases.get(id);
  if (lease === null) return { kind: "lease-ttl", revision, id, ttl: -1, grantedTtl: 0, keys: [] };
  const leftUs = server.lessor.remainingUs(id, localNow(kernel, server)) ?? lease.ttl * SECOND_US;
  const ttl = Math.max(0, Math.floor(leftUs / SECOND_US));
  const keys = withKeys ? leases.keysOf(id) : [];
  return { kind: "lease-ttl", revision, id, ttl, grantedTtl: lease.ttl, keys };
}

/** The server looks at its leases: what is over is revoked through the log, and what is due for it is written down. */
export function lookAtLeases(kernel: Kernel, server: SimServer, raft: Raft<Command>): void {
  server.lessorQueued = false;
  const { lessor } = server;
  if (!lessor.primary || server.machine.leases.count === 0) return;
  const nowUs = localNow(kernel, server);
  for (const id of lessor.expired(nowUs, MOST_A_LOOK)) {
    if (!expiresThroughLog(kernel.config.rules)) expireHere(kernel, server, id);
    else revoke(kernel, server, raft, id, nowUs);
    if (server.raft !== raft || !lessor.primary) return;
  }
  const due = raft.role === "leader" ? lessor.dueCheckpoints(nowUs) : [];
  if (due.length > 0) checkpoint(kernel, server, raft, due, kernel.recorder.count - 1);
  lookLater(kernel, server);
}

/** Proposes to write down what is left of leases. */
function checkpoint(
  kernel: Kernel,
  server: SimServer,
  raft: Raft<Command>,
  checkpoints: LeaseCheckpointRequest["checkpoints"],
  cause: number,
): void {
  readClock(kernel, server, raft);
  raft.propose({ client: 0, sequence: 0, operation: { kind: "lease-checkpoint", checkpoints } });
  settle(kernel, server, raft, cause);
}

/** Proposes the end of a lease whose time is over. */
function revoke(kernel: Kernel, server: SimServer, raft: Raft<Command>, id: LeaseId, nowUs: Micros): void {
  const since = server.revoking.get(id);
  if (since !== undefined && nowUs - since < RETRY_US) return;
  server.revoking.set(id, nowUs);
  const event = recordExpired(kernel, server, id);
  readClock(kernel, server, raft);
  raft.propose({ client: 0, sequence: 0, operation: { kind: "lease-revoke", id, expired: true } });
  settle(kernel, server, raft, event);
}

/** With the rule expire-through-log off a server ends a lease by its own clock, and tells nobody. */
function expireHere(kernel: Kernel, server: SimServer, id: LeaseId): void {
  const event = recordExpired(kernel, server, id);
  const operation: LeaseRevokeRequest = { kind: "lease-revoke", id, expired: true };
  const { result } = server.machine.apply({ client: 0, sequence: 0, operation });
  server.lessor.applied(operation, result, server.machine.leases, localNow(kernel, server));
  leaseGone(kernel, server, operation, event);
}

function recordExpired(kernel: Kernel, server: SimServer, id: LeaseId): number {
  const cause = server.leaseEvents.get(id) ?? -1;
  const [low, high] = leaseWords(id);
  return kernel.recorder.record(kernel.nowUs, EVENT_CODE["lease-expired"], server.id, cause, null, 2, low, high);
}
