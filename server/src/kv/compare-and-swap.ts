import type { TxnRequest } from "./request.js";
import type { KeyValue, KvResponse } from "./response.js";

/** A compare-and-swap: write `value` if the key holds `expected`. */
export interface CompareAndSwap {
  readonly key: string;
  readonly expected: string;
  readonly value: string;
}

/** The transaction that is a compare-and-swap in etcd: one compare, a put, or else a read of what is there. */
export function compareAndSwap({ key, expected, value }: CompareAndSwap): TxnRequest {
  return {
    kind: "txn",
    compare: [{ key, target: "value", result: "equal", operand: expected }],
    success: [{ kind: "put", key, value }],
    failure: [{ kind: "range", key }],
  };
}

/** What {@link compareAndSwap} made the transaction from; `null` for any other transaction. */
export function asCompareAndSwap({ compare, success, failure }: TxnRequest): CompareAndSwap | null {
  const [only] = compare;
  const [put] = success;
  const [read] = failure;
  if (compare.length !== 1 || success.length !== 1 || failure.length !== 1) return null;
  if (only?.target !== "value" || only.result !== "equal" || (only.rangeEnd ?? "") !== "") return null;
  if (put?.kind !== "put" || put.key !== only.key || put.lease || put.ignoreLease || put.ignoreValue) return null;
  if (read?.kind !== "range" || read.key !== only.key || (read.rangeEnd ?? "") !== "" || read.revision) return null;
  return { key: only.key, expected: only.operand, value: put.value };
}

/** What a compare-and-swap that failed found in the key's place: `null` for no such key. */
export function foundInstead(response: KvResponse): KeyValue | null {
  if (response.kind !== "txn") return null;
  const [read] = response.responses;
  return read?.kind === "range" ? (read.kvs[0] ?? null) : null;
}
