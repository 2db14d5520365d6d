import type { KvError } from "./error.js";
import { compareKeys } from "./key-order.js";
import { range } from "./range.js";
import type { Compare, PutRequest, RequestOp, TxnRequest } from "./request.js";
import type { KeyValue, KvResponse, PutResponse, TxnResponse } from "./response.js";
import type { MvccStore } from "./store.js";

/** Transactions as etcd applies them (etcdserver/apply.go, applyTxn). */

/** A transaction with the branches that it takes, chosen against the state before it: its own, then those of its nested ones. */
interface Chosen {
  readonly succeeded: boolean;
  readonly operations: readonly (Exclude<RequestOp, TxnRequest | null> | Chosen)[];
}

/**
 * Carries out a transaction whose static checks have passed, or reads for one that only reads. A check that fails in the branch
 * taken fails all of it, and nothing is changed. The caller commits.
 */
export function applyTxn(store: MvccStore, request: TxnRequest): TxnResponse | KvError {
  const chosen = choose(store, request);
  return checkPuts(store, chosen) ?? checkRanges(store, chosen) ?? run(store, chosen);
}

function choose(store: MvccStore, { compare, success, failure }: TxnRequest): Chosen {
  const succeeded = compare.every((each) => holds(store, each));
  const operations = (succeeded ? success : failure).flatMap((operation): Chosen["operations"] => {
    if (operation === null) return [];
    return operation.kind === "txn" ? [choose(store, operation)] : [operation];
  });
  return { succeeded, operations };
}

const MISSING: KeyValue = { key: "", value: "", createRevision: 0, modRevision: 0, version: 0, lease: 0 };

/** Whether a compare holds for every key of its range; a missing key counts as all zeros, and has no value at all (applyCompare). */
function holds(store: MvccStore, compare: Compare): boolean {
  if ((compare.rangeEnd ?? "") === "") {
    const kv = store.get(compare.key);
    return kv === null ? holdsForNone(compare) : holdsFor(compare, kv);
  }
  let found = false;
  let all = true;
  store.scan(compare, null, (kv) => {
    found = true;
    all = holdsFor(compare, kv);
    return all;
  });
  return found ? all : holdsForNone(compare);
}

function holdsForNone(compare: Compare): boolean {
  return compare.target !== "value" && holdsFor(compare, MISSING);
}

function holdsFor(compare: Compare, kv: KeyValue): boolean {
  const difference =
    compare.target === "value" ? compareKeys(kv.value, compare.operand) : fieldOf(kv, compare.target) - compare.operand;
  switch (compare.result) {
    case "equal":
      return difference === 0;
    case "not-equal":
      return difference !== 0;
    case "greater":
      return difference > 0;
    case "less":
      return difference < 0;
  }
}

function fieldOf(kv: KeyValue, target: "version" | "create" | "mod" | "lease"): number {
  switch (target) {
    case "version":
      return kv.version;
    case "create":
      return kv.createRevision;
    case "mod":
      return kv.modRevision;
    case "lease":
      return kv.lease;
  }
}

/** All puts of the branches taken, in order, against the state before. Here the key is looked for before the lease (checkRequestPut). */
function checkPuts(store: MvccStore, { operations }: Chosen): KvError | null {
  for (const operation of operations) {
    if (!("kind" in operation)) {
      const refused = checkPuts(store, operation);
      if (refused !== null) return refused;
    } else if (operation.kind === "put") {
      const { key, lease = 0, ignoreLease, ignoreValue } = operation;
      if ((ignoreLease || ignoreValue) && store.get(key) === null) return "key-not-found";
      if (lease !== 0 && store.leases.get(lease) === null) return "lease-not-found";
    }
  }
  return null;
}

/** All ranges of the branches taken: unlike outside, a negative revision is not the current one (checkRequestRange). */
function checkRanges(store: MvccStore, { operations }: Chosen): KvError | null {
  for (const operation of operations) {
    const refused = "kind" in operation ? checkRange(store, operation) : checkRanges(store, operation);
    if (refused !== null) return refused;
  }
  return null;
}

function checkRange(store: MvccStore, operation: Exclude<RequestOp, TxnRequest | null>): KvError | null {
  if (operation.kind !== "range") return null;
  const { revision = 0 } = operation;
  if (revision === 0) return null;
  if (revision > store.revision) return "future-revision";
  return revision < store.compactRevision ? "compacted" : null;
}

function run(store: MvccStore, { succeeded, operations }: Chosen): TxnResponse {
  const responses = operations.map((operation): KvResponse => {
    // The header of a nested transaction's answer stays empty.
    if (!("kind" in operation)) return { ...run(store, operation), revision: 0 };
    switch (operation.kind) {
      case "put":
        return put(store, operation);
      case "range":
        return range(store, operation);
      case "delete": {
        const removed = store.remove(operation);
        const prevKvs = operation.prevKv === true ? removed : [];
        return { kind: "delete", revision: store.revisionInRequest, deleted: removed.length, prevKvs };
      }
    }
  });
  return { kind: "txn", revision: store.revisionInRequest, succeeded, responses };
}

/** Carries out a put whose lease exists, and whose key does where it keeps something of it. */
export function put(store: MvccStore, request: PutRequest): PutResponse {
  const { key, ignoreValue, ignoreLease } = request;
  const before = store.get(key);
  const value = ignoreValue ? (before?.value ?? "") : request.value;
  const lease = ignoreLease ? (before?.lease ?? 0) : (request.lease ?? 0);
  store.put(key, value, lease);
  return { kind: "put", revision: store.revisionInRequest, prevKv: request.prevKv === true ? before : null };
}
