import type { KvError } from "../../../kv/error.js";
import { compareKeys } from "../../../kv/key-order.js";
import type { Compare, DeleteRangeRequest, PutRequest, RequestOp, TxnRequest } from "../../../kv/request.js";
import type { KeyValue } from "../../../kv/response.js";
import { pairsIn } from "./read.js";
import type { ModelState } from "./state.js";

/** Operations that each branch, and the compares, may have (etcd: --max-txn-ops). */
const MAX_OPERATIONS = 128;

/** What is wrong with a put whatever the store holds (etcd: api/v3rpc/key.go, checkPutRequest). */
export function putFault({ key, value, lease = 0, ignoreValue, ignoreLease }: PutRequest): KvError | null {
  if (key === "") return "key-empty";
  if (ignoreValue && value !== "") return "value-provided";
  return ignoreLease && lease !== 0 ? "lease-provided" : null;
}

/** What is wrong with a transaction whatever the store holds, in both branches (etcd: api/v3rpc/key.go, Txn). */
export function transactionFault(request: TxnRequest): KvError | null {
  return (
    countFault(request, MAX_OPERATIONS) ?? intervalFault(request.success).fault ?? intervalFault(request.failure).fault
  );
}

function countFault({ compare, success, failure }: TxnRequest, allowed: number): KvError | null {
  const count = Math.max(compare.length, success.length, failure.length);
  if (count > allowed) return "too-many-operations";
  if (compare.some(({ key }) => key === "")) return "key-empty";
  for (const operation of [...success, ...failure]) {
    const fault = operationFault(operation, allowed - count);
    if (fault !== null) return fault;
  }
  return null;
}

function operationFault(operation: RequestOp, allowed: number): KvError | null {
  switch (operation?.kind) {
    case undefined:
      return "key-not-found";
    case "put":
      return putFault(operation);
    case "txn":
      return countFault(operation, allowed);
    case "range":
    case "delete":
      return operation.key === "" ? "key-empty" : null;
  }
}

/** What operations that may run together put and delete; `fault` when one put meets another or a deletion. */
interface Touched {
  readonly puts: Set<string>;
  readonly deletes: DeleteRangeRequest[];
  readonly fault: KvError | null;
}

/**
 * etcd: api/v3rpc/key.go, checkIntervals. First this level's deletions, then the nested transactions in order, then this level's puts; a
 * deletion without end is not seen, as its end, "\0", comes before every key.
 */
function intervalFault(operations: readonly RequestOp[]): Touched {
  const deletes = operations.flatMap((operation) => (operation?.kind === "delete" ? [operation] : []));
  const puts = new Set<string>();
  const taken = (key: string): boolean => puts.has(key) || deletes.some((range) => covers(range, key));
  for (const operation of operations) {
    if (operation?.kind !== "txn") continue;
    const first = intervalFault(operation.success);
    const second = intervalFault(operation.failure);
    // Only one of the branches runs, so that both may put one key.
    const inner = new Set([...first.puts, ...second.puts]);
    if ((first.fault ?? second.fault) !== null || [...inner].some(taken))
      return { puts, deletes, fault: "duplicate-key" };
    for (const key of inner) puts.add(key);
    deletes.push(...first.deletes, ...second.deletes);
  }
  for (const operation of operations) {
    if (operation?.kind !== "put") continue;
    if (taken(operation.key)) return { puts, deletes, fault: "duplicate-key" };
    puts.add(operation.key);
  }
  return { puts, deletes, fault: null };
}

function covers({ key: first, rangeEnd = "" }: DeleteRangeRequest, key: string): boolean {
  return rangeEnd === "" ? key === first : compareKeys(key, first) >= 0 && compareKeys(key, rangeEnd) < 0;
}

/** Whether all compares hold (etcd: etcdserver/apply.go, applyCompare). */
export function comparesHold(state: ModelState, compares: readonly Compare[]): boolean {
  return compares.every((compare) => {
    const pairs = pairsIn(state, compare, null);
    // A missing key has zeros everywhere, but no value that anything could be compared with.
    if (pairs.length === 0) return compare.target !== "value" && holds(compare, 0 - compare.operand);
    return pairs.every((pair) => holds(compare, difference(compare, pair)));
  });
}

function difference(compare: Compare, pair: KeyValue): number {
  switch (compare.target) {
    case "value":
      return compareKeys(pair.value, compare.operand);
    case "version":
      return pair.version - compare.operand;
    case "create":
      return pair.createRevision - compare.operand;
    case "mod":
      return pair.modRevision - compare.operand;
    case "lease":
      return pair.lease - compare.operand;
  }
}

function holds({ result }: Compare, sign: number): boolean {
  switch (result) {
    case "equal":
      return sign === 0;
    case "not-equal":
      return sign !== 0;
    case "greater":
      return sign > 0;
    case "less":
      return sign < 0;
  }
}
