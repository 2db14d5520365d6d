import type { KvError } from "./error.js";
import { compareKeys } from "./key-order.js";
import { inRange } from "./key-range.js";
import { range } from "./range.js";
import type { Compare, DeleteRangeRequest, PutRequest, RangeRequest, RequestOp, TxnRequest } from "./request.js";
import type { KeyValue, KvResponse } from "./response.js";
import type { MvccStore } from "./store.js";

/** A transaction with the branch that its compares chose, and so for each transaction in that branch. */
interface ChosenTxn {
  readonly kind: "chosen";
  readonly succeeded: boolean;
  readonly ops: readonly (RangeRequest | PutRequest | DeleteRangeRequest | ChosenTxn)[];
}

/** Whether a transaction does nothing but read, so that it does not go through the log (etcdserver/v3_server.go, isTxnReadonly). */
export function isReadOnly({ success, failure }: TxnRequest): boolean {
  return success.every(isRange) && failure.every(isRange);
}

/**
 * Whether any server may answer a transaction from its own state (v3_server.go, isTxnSerializable). One without operations
 * counts, whatever it compares.
 */
export function isSerializable({ success, failure }: TxnRequest): boolean {
  return success.every(isSerializableRange) && failure.every(isSerializableRange);
}

/** Answers a transaction for which {@link isReadOnly} holds and whose form was checked. */
export function readTxn(store: MvccStore, request: TxnRequest): KvResponse {
  return isReadOnly(request)
    ? run(store, request)
    : { kind: "error", revision: store.revision, error: "unimplemented" };
}

/**
 * Executes a transaction whose form was checked (etcdserver/apply.go, Txn): all branches are chosen, and the chosen operations
 * checked, against the state before it. A check that fails fails it all, and nothing is changed. The caller commits.
 */
export function applyTxn(store: MvccStore, request: TxnRequest): KvResponse {
  return run(store, request);
}

/** Executes a put whose form was checked (apply.go, Put). The caller commits. */
export function applyPut(store: MvccStore, request: PutRequest): KvResponse {
  const before = store.get(request.key);
  const { revision } = store;
  // The other way round than in a transaction.
  if (isLeaseMissing(store, request)) return { kind: "error", revision, error: "lease-not-found" };
  if (before === null && needsPair(request)) return { kind: "error", revision, error: "key-not-found" };
  return put(store, request, before);
}

/** Executes a deletion whose form was checked (apply.go, DeleteRange). The caller commits. */
export function applyDelete(store: MvccStore, request: DeleteRangeRequest): KvResponse {
  const removed = store.remove(request);
  return {
    kind: "delete",
    revision: store.revisionInRequest,
    deleted: removed.length,
    prevKvs: request.prevKv === true ? removed : NO_PAIRS,
  };
}

const NO_PAIRS: readonly KeyValue[] = [];

function run(store: MvccStore, request: TxnRequest): KvResponse {
  const txn = choose(store, request);
  const error = checkPuts(store, txn, []) ?? checkRanges(store, txn);
  if (error !== null) return { kind: "error", revision: store.revision, error };
  const responses = execute(store, txn);
  return { kind: "txn", revision: store.revisionInRequest, succeeded: txn.succeeded, responses };
}

function choose(store: MvccStore, { compare, success, failure }: TxnRequest): ChosenTxn {
  const succeeded = compare.every((one) => holds(store, one));
  const ops: ChosenTxn["ops"][number][] = [];
  for (const op of succeeded ? success : failure) {
    if (op !== null) ops.push(op.kind === "txn" ? choose(store, op) : op);
  }
  return { kind: "chosen", succeeded, ops };
}

/** What a compare of a key that is not there compares with (apply.go, applyCompare). */
const MISSING: KeyValue = { key: "", value: "", createRevision: 0, modRevision: 0, version: 0, lease: 0 };

/** Every key of the range must hold. An empty range is like a missing key, whose value compares with nothing. */
function holds(store: MvccStore, compare: Compare): boolean {
  if ((compare.rangeEnd ?? "") === "") {
    const kv = store.get(compare.key);
    return kv === null ? compare.target !== "value" && holdsFor(compare, MISSING) : holdsFor(compare, kv);
  }
  let any = false;
  let all = true;
  store.scan(compare, null, (kv) => {
    any = true;
    all = holdsFor(compare, kv);
    return all;
  });
  return any ? all : compare.target !== "value" && holdsFor(compare, MISSING);
}

function holdsFor(compare: Compare, kv: KeyValue): boolean {
  const order = orderOf(compare, kv);
  switch (compare.result) {
    case "equal":
      return order === 0;
    case "not-equal":
      return order !== 0;
    case "greater":
      return order > 0;
    case "less":
      return order < 0;
  }
}

function orderOf(compare: Compare, kv: KeyValue): number {
  switch (compare.target) {
    case "value":
      return compareKeys(kv.value, compare.operand);
    case "version":
      return kv.version - compare.operand;
    case "create":
      return kv.createRevision - compare.operand;
    case "mod":
      return kv.modRevision - compare.operand;
    case "lease":
      return kv.lease - compare.operand;
  }
}

/**
 * The chosen puts: a pair or a lease that is needed and not there (apply.go, checkRequestPut). `deletes` are those that run before. A put that
 * needs a pair which an open-ended delete before it takes away would stop an etcd server; here it is a key not found.
 */
function checkPuts(store: MvccStore, txn: ChosenTxn, deletes: DeleteRangeRequest[]): KvError | null {
  for (const op of txn.ops) {
    switch (op.kind) {
      case "put":
        if (needsPair(op) && (store.get(op.key) === null || deletes.some((keys) => inRange(op.key, keys)))) {
          return "key-not-found";
        }
        if (isLeaseMissing(store, op)) return "lease-not-found";
        break;
      case "delete":
        deletes.push(op);
        break;
      case "chosen": {
        const error = checkPuts(store, op, deletes);
        if (error !== null) return error;
        break;
      }
      case "range":
        break;
    }
  }
  return null;
}

/** The chosen ranges: revisions that are compacted or still to come (apply.go, checkRequestRange); here a negative one is not the current one. */
function checkRanges(store: MvccStore, txn: ChosenTxn): KvError | null {
  for (const op of txn.ops) {
    if (op.kind === "chosen") {
      const error = checkRanges(store, op);
      if (error !== null) return error;
    } else if (op.kind === "range") {
      const { revision = 0 } = op;
      if (revision > store.revision) return "future-revision";
      if (revision !== 0 && revision < store.compactRevision) return "compacted";
    }
  }
  return null;
}

function execute(store: MvccStore, txn: ChosenTxn): readonly KvResponse[] {
  return txn.ops.map((op) => executeOp(store, op));
}

function executeOp(store: MvccStore, op: ChosenTxn["ops"][number]): KvResponse {
  switch (op.kind) {
    case "range":
      return range(store, op);
    case "put":
      return put(store, op, store.get(op.key));
    case "delete":
      return applyDelete(store, op);
    case "chosen":
      return { kind: "txn", revision: 0, succeeded: op.succeeded, responses: execute(store, op) };
  }
}

function put(store: MvccStore, request: PutRequest, before: KeyValue | null): KvResponse {
  const value = request.ignoreValue === true ? (before?.value ?? "") : request.value;
  const lease = request.ignoreLease === true ? (before?.lease ?? 0) : (request.lease ?? 0);
  store.put(request.key, value, lease);
  return { kind: "put", revision: store.revisionInRequest, prevKv: request.prevKv === true ? before : null };
}

function needsPair({ ignoreValue, ignoreLease }: PutRequest): boolean {
  return ignoreValue === true || ignoreLease === true;
}

function isLeaseMissing(store: MvccStore, { lease = 0 }: PutRequest): boolean {
  return lease !== 0 && store.leases.get(lease) === null;
}

function isRange(op: RequestOp): boolean {
  return op?.kind === "range";
}

function isSerializableRange(op: RequestOp): boolean {
  return op?.kind === "range" && op.serializable === true;
}
