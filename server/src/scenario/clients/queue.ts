import { prefixRange } from "../../kv/key-range.js";
import type { LeaseId, RangeRequest, RequestOp, Revision } from "../../kv/request.js";
import { leaseText } from "../../kv/request-text.js";
import type { KeyValue } from "../../kv/response.js";
import type { OperationRecord } from "../../sim/history.js";
import { plainWatch } from "../../sim/watch-options.js";
import type { Ownership } from "../scope.js";
import { type Answer, answerOf, notMade, PLAIN } from "./answer.js";
import { type Caller, call, type Part } from "./call.js";

/**
 * The queue behind locks and elections, as etcd's clients have it (clientv3/concurrency/key.go, mutex.go, election.go): every
 * waiter has a key of its own under one prefix, bound to its lease; the one with the lowest create revision is the owner, and
 * each other waits for the key just before its own to be deleted.
 */

/** How waiting in the queue ended. */
export type Waited =
  /** Its turn has come, and its key is still there. */
  | { readonly kind: "owner" }
  /** Its turn has come, but its key went with its lease (ErrSessionExpired, checked since etcd 3.5). */
  | { readonly kind: "expired" }
  | { readonly kind: "gave-up" }
  | { readonly kind: "failed"; readonly answer: Answer };

/** The key of a waiter: the queue's name and its lease in hexadecimal digits. */
export function waiterKey(prefix: string, lease: LeaseId): string {
  return `${prefix}${leaseText(lease)}`;
}

/** A read of the queue's first key: its owner. */
export function firstOf(prefix: string): RangeRequest {
  return { kind: "range", ...prefixRange(prefix), limit: 1, sortOrder: "ascend", sortTarget: "create" };
}

/** How entering the queue ended. */
export type Entered =
  | { readonly ok: true; readonly created: Revision; readonly was: KeyValue | null; readonly owner: KeyValue | null }
  | { readonly ok: false; readonly answer: Answer };

/** Puts the waiter's key where it is not there yet, and reads who is first, in one transaction. */
export function* enter(caller: Caller, prefix: string, lease: LeaseId, value: string): Part<Entered> {
  const key = waiterKey(prefix, lease);
  const owner: RequestOp = firstOf(prefix);
  const called = yield* call(caller, {
    kind: "txn",
    compare: [{ key, target: "create", result: "equal", operand: 0 }],
    success: [{ kind: "put", key, value, lease }, owner],
    failure: [{ kind: "range", key }, owner],
  });
  if (!called.ok) return { ok: false, answer: notMade(called.message) };
  const result = resultOf(called.record);
  if (result?.kind !== "txn") return { ok: false, answer: answerOf(called.record.outcome, PLAIN) };
  const [own, first] = result.responses;
  const was = own?.kind === "range" ? (own.kvs[0] ?? null) : null;
  const created = result.succeeded ? result.revision : (was?.createRevision ?? 0);
  return { ok: true, created, was, owner: first?.kind === "range" ? (first.kvs[0] ?? null) : null };
}

/**
 * Waits until every key that was created before `created` is gone, the newest of them first (waitDeletes), then looks whether
 * the own key is still there.
 */
export function* waitForTurn(
  caller: Caller,
  owned: Ownership,
  created: Revision,
  deadlineUs: number | null,
): Part<Waited> {
  const { context } = caller;
  for (;;) {
    const before: RangeRequest = {
      kind: "range",
      ...prefixRange(owned.prefix),
      limit: 1,
      sortOrder: "descend",
      sortTarget: "create",
      maxCreateRevision: created - 1,
    };
    const called = yield* call(caller, before);
    if (!called.ok) return { kind: "failed", answer: notMade(called.message) };
    const result = resultOf(called.record);
    if (result?.kind !== "range") return { kind: "failed", answer: answerOf(called.record.outcome, PLAIN) };
    const [last] = result.kvs;
    if (last === undefined) return yield* stillThere(caller, owned.key);
    const gone = yield* waitForDeletion(caller, last.key, result.revision, deadlineUs);
    if (!gone) return { kind: "gave-up" };
    if (context.stopped) return { kind: "gave-up" };
  }
}

function* stillThere(caller: Caller, key: string): Part<Waited> {
  const called = yield* call(caller, { kind: "range", key });
  if (!called.ok) return { kind: "failed", answer: notMade(called.message) };
  const result = resultOf(called.record);
  if (result?.kind !== "range") return { kind: "failed", answer: answerOf(called.record.outcome, PLAIN) };
  return result.kvs.length > 0 ? { kind: "owner" } : { kind: "expired" };
}

/** Watches one key from a revision on until it is deleted; false when it was not by then. */
function* waitForDeletion(caller: Caller, key: string, from: Revision, deadlineUs: number | null): Part<boolean> {
  const { context, place, client, at } = caller;
  const options = plainWatch({ key }, from);
  const opened = context.act(place, { kind: "watch", client, name: `waiting for ${key}`, options, at });
  const record = context.recording.history.watch(opened.number);
  if (record === undefined) return false;
  let looked = 0;
  const test = (): boolean => {
    for (; looked < record.received.length; looked += 1) {
      if (record.received[looked]?.event.type === "delete") return true;
    }
    // The server ended it: what became of the key has to be read again.
    return record.cancelled;
  };
  const came = yield { kind: "condition", test, deadlineUs };
  if (!record.cancelled) context.act(place, { kind: "unwatch", client, watch: record.number });
  return came;
}

/** The result that an operation came back with, or `null`. */
export function resultOf({
  outcome,
}: OperationRecord): (typeof outcome & { readonly kind: "result" })["result"] | null {
  return outcome?.kind === "result" ? outcome.result : null;
}
