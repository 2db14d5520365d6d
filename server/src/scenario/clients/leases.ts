import type { LeaseId } from "../../kv/request.js";
import { t } from "../../l10n/text.js";
import type { Operation } from "../../language/program.js";
import type { OperationRecord } from "../../sim/history.js";
import type { RunContext, StepPlace } from "../context.js";
import type { RunningLease } from "../scope.js";
import type { Script } from "../task.js";
import { type Caller, call, type Part } from "./call.js";
import { leaseOf } from "./handles.js";
import { SECOND_US, wholeSeconds } from "./seconds.js";

/** A lease that a client is about to ask for. */
function newLease(client: number): RunningLease {
  return { client, id: null, ttl: 0, lastsUntilUs: 0, gone: false, renewals: 0 };
}

/** Takes over what the answer to a grant, a renewal or a revocation says of the lease. */
export function learn(lease: RunningLease, { outcome, returnUs, invokeUs }: OperationRecord): void {
  if (outcome?.kind !== "result") return;
  const { result } = outcome;
  switch (result.kind) {
    case "lease-grant":
      lease.id = result.id;
      lease.ttl = result.ttl;
      lease.gone = false;
      lease.lastsUntilUs = (returnUs ?? invokeUs) + result.ttl * SECOND_US;
      return;
    case "lease-keepalive":
      if (result.ttl === 0) lease.gone = true;
      // By the client's clock from the answer on, as clientv3/lease.go counts.
      else lease.lastsUntilUs = (returnUs ?? invokeUs) + result.ttl * SECOND_US;
      return;
    case "lease-revoke":
      lease.gone = true;
      return;
    case "error":
      if (result.error === "lease-not-found") lease.gone = true;
      return;
    default:
      return;
  }
}

/** Makes the handle of a lease known before its grant has an answer. */
export function bindLease(context: RunContext, name: string, client: number): RunningLease {
  const lease = newLease(client);
  context.scope.handles.set(name, { kind: "lease", lease });
  return lease;
}

/** The lease that a lease's operation is about, if it is known. */
export function leaseOfOperation(context: RunContext, operation: Operation): RunningLease | null {
  return "lease" in operation && operation.lease !== null ? leaseOf(context.scope.handles.get(operation.lease)) : null;
}

/**
 * Renews a lease in the background, as LeaseKeepAlive's stream of clientv3 does, until it is gone, somebody else renews it, or
 * its client ends. It holds up no scenario's end.
 */
export function renewInBackground(context: RunContext, place: StepPlace, lease: RunningLease, periodUs: number): void {
  lease.renewals += 1;
  context.spawn("lease keepalive", renew({ context, place, client: lease.client, at: null }, lease, periodUs), true);
}

/** Stops the renewals of a lease that run in the background. */
export function stopRenewing(lease: RunningLease): void {
  lease.renewals += 1;
}

function* renew(caller: Caller, lease: RunningLease, periodUs: number): Script {
  const { context, client } = caller;
  const { world } = context;
  const { renewals } = lease;
  const life = world.client(client).incarnation;
  const over = (): boolean =>
    context.stopped || lease.gone || lease.renewals !== renewals || world.client(client).incarnation !== life;
  let dueUs = world.nowUs;
  for (;;) {
    dueUs = Math.max(dueUs + periodUs, world.nowUs);
    yield { kind: "until", timeUs: dueUs };
    // A client that is paused sends nothing; when it goes on, its timer is overdue and fires at once.
    yield { kind: "condition", test: () => over() || world.client(client).status === "up", deadlineUs: null };
    if (over() || lease.id === null) return;
    const called = yield* call(caller, { kind: "lease-keepalive", id: lease.id });
    if (called.ok) learn(lease, called.record);
  }
}

/** How often a session renews its lease: three times in its time to live (clientv3/lease.go). */
export function renewalPeriodUs(ttl: number): number {
  return Math.floor((ttl * SECOND_US) / 3);
}

/** The lease of a lock's or an election's session, or why there is none. */
export type Session =
  | { readonly ok: true; readonly lease: RunningLease & { readonly id: LeaseId | null }; readonly own: boolean }
  | { readonly ok: false; readonly record: OperationRecord | null; readonly message: string };

/** Default time to live of a session's lease in seconds (clientv3/concurrency/session.go). */
const SESSION_TTL = 60;

/** Makes a session: a lease of its own that is renewed in the background, or the lease that is named (clientv3/concurrency/session.go). */
export function* openSession(
  caller: Caller,
  clauses: { readonly ttl: number | null; readonly lease: string | null },
): Part<Session> {
  const { context, place, client } = caller;
  if (clauses.lease !== null) {
    const lease = leaseOf(context.scope.handles.get(clauses.lease));
    if (lease === null) return { ok: false, record: null, message: t("{0} is no lease", clauses.lease) };
    return { ok: true, lease, own: false };
  }
  const lease = newLease(client);
  const ttl = clauses.ttl === null ? SESSION_TTL : wholeSeconds(clauses.ttl);
  const called = yield* call(caller, { kind: "lease-grant", id: 0, ttl });
  if (!called.ok) return { ok: false, record: null, message: called.message };
  learn(lease, called.record);
  if (lease.id === null) return { ok: false, record: called.record, message: "" };
  renewInBackground(context, place, lease, renewalPeriodUs(lease.ttl));
  return { ok: true, lease, own: true };
}
