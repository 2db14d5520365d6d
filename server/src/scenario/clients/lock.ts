import { t } from "../../l10n/text.js";
import type { Operation } from "../../language/program.js";
import type { Ownership } from "../scope.js";
import { type Answer, answerOf, notMade, PLAIN, plainAnswer } from "./answer.js";
import { type Caller, call, type Part } from "./call.js";
import { openSession, stopRenewing } from "./leases.js";
import { enter, waiterKey, waitForTurn } from "./queue.js";

type Lock = Extract<Operation, { readonly kind: "lock" }>;

/** A queue's place that is not taken yet. */
export function newOwnership(client: number, name: string): Ownership {
  return {
    client,
    prefix: `${name}/`,
    key: "",
    token: 0,
    lease: null,
    ownLease: false,
    released: false,
    pending: null,
  };
}

/** Acquires a lock (clientv3/concurrency/mutex.go, Lock): waits for its turn until `deadlineUs`, and gives its place back when that passes. */
export function* lock(caller: Caller, operation: Lock, owned: Ownership, deadlineUs: number | null): Part<Answer> {
  const taken = yield* takePlace(caller, operation, owned, "", deadlineUs);
  if (!taken.ok) return taken.answer;
  return plainAnswer({ text: t("ok, {0} with token {1}", owned.key, owned.token), done: true, revision: owned.token });
}

/** Takes a place in a queue and waits until it is the first. */
export function* takePlace(
  caller: Caller,
  clauses: { readonly ttl: number | null; readonly lease: string | null },
  owned: Ownership,
  value: string,
  deadlineUs: number | null,
): Part<{ readonly ok: true; readonly found: string | null } | { readonly ok: false; readonly answer: Answer }> {
  const session = yield* openSession(caller, clauses);
  if (!session.ok) {
    const answer =
      session.record === null
        ? plainAnswer({ text: session.message, error: "lease-not-found" })
        : answerOf(session.record.outcome, PLAIN);
    return { ok: false, answer };
  }
  const { lease } = session;
  if (lease.id === null)
    return { ok: false, answer: plainAnswer({ text: "error lease-not-found", error: "lease-not-found" }) };
  owned.lease = lease;
  owned.ownLease = session.own;
  owned.key = waiterKey(owned.prefix, lease.id);
  const entered = yield* enter(caller, owned.prefix, lease.id, value);
  if (!entered.ok) {
    yield* leave(caller, owned);
    return { ok: false, answer: entered.answer };
  }
  const { created, owner, was } = entered;
  if (owner === null || owner.createRevision === created) {
    owned.token = created;
    return { ok: true, found: was?.value ?? null };
  }
  const waited = yield* waitForTurn(caller, owned, created, deadlineUs);
  switch (waited.kind) {
    case "owner":
      owned.token = created;
      return { ok: true, found: was?.value ?? null };
    case "expired":
      return { ok: false, answer: plainAnswer({ text: "error session-expired", error: "session-expired" }) };
    case "gave-up":
      yield* leave(caller, owned);
      return { ok: false, answer: plainAnswer({ text: "timeout", timeout: true }) };
    case "failed":
      yield* leave(caller, owned);
      return { ok: false, answer: waited.answer };
  }
}

/** Releases a lock: deletes its key. One that is gone already is fine (Unlock). */
export function* unlock(caller: Caller, owned: Ownership): Part<Answer> {
  owned.released = true;
  const called = yield* call(caller, { kind: "delete", key: owned.key });
  if (!called.ok) return notMade(called.message);
  endSession(owned);
  const answer = answerOf(called.record.outcome, PLAIN);
  return answer.nothing ? { ...answer, text: t("ok, its key was gone already"), done: true } : answer;
}

/** Whoever gives up deletes the waiter's key, so that nobody waits for it. */
function* leave(caller: Caller, owned: Ownership): Part<void> {
  owned.released = true;
  yield* call(caller, { kind: "delete", key: owned.key });
  endSession(owned);
}

/** A lease that was made for a lock or an election is renewed no more, and runs out by itself (session.Orphan). */
export function endSession(owned: Ownership): void {
  if (owned.ownLease && owned.lease !== null) stopRenewing(owned.lease);
}
