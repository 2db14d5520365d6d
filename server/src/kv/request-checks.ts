import type { KvError } from "./error.js";
import { compareKeys } from "./key-order.js";
import type { DeleteRangeRequest, KvRequest, PutRequest, RequestOp, TxnRequest } from "./request.js";
import { utf8Length } from "./utf8.js";

/** What a server refuses before it proposes anything (etcdserver/api/v3rpc/key.go, etcdserver/v3_server.go). */

/** etcd's defaults. */
export const DEFAULT_LIMITS: RequestLimits = { maxTxnOps: 128, maxRequestBytes: 1.5 * 1024 * 1024 };

/** Limits of one request. */
export interface RequestLimits {
  /** Operations in a transaction: compares, success and failure are counted apart, nested transactions in what is left (--max-txn-ops). */
  readonly maxTxnOps: number;
  /** --max-request-bytes */
  readonly maxRequestBytes: number;
}

/** Why a request is refused whatever the store holds; `null` when it is not. Both branches of a transaction are looked at. */
export function checkRequest(request: KvRequest, limits: RequestLimits): KvError | null {
  const refused = checkFields(request, limits.maxTxnOps);
  if (refused !== null) return refused;
  return bytesOf(request) > limits.maxRequestBytes ? "request-too-large" : null;
}

function checkFields(request: KvRequest, maxTxnOps: number): KvError | null {
  switch (request.kind) {
    case "range":
    case "delete":
      return request.key === "" ? "key-empty" : null;
    case "put":
      return checkPut(request);
    case "txn": {
      const refused = checkTxn(request, maxTxnOps);
      if (refused !== null) return refused;
      const clash = "duplicate-key" as const;
      return changesOf(request.success) === null || changesOf(request.failure) === null ? clash : null;
    }
    default:
      return null;
  }
}

function checkPut(request: PutRequest): KvError | null {
  if (request.key === "") return "key-empty";
  if (request.ignoreValue && request.value !== "") return "value-provided";
  if (request.ignoreLease && (request.lease ?? 0) !== 0) return "lease-provided";
  return null;
}

function checkTxn(request: TxnRequest, maxTxnOps: number): KvError | null {
  const { compare, success, failure } = request;
  const operations = Math.max(compare.length, success.length, failure.length);
  if (operations > maxTxnOps) return "too-many-operations";
  if (compare.some(({ key }) => key === "")) return "key-empty";
  for (const operation of [...success, ...failure]) {
    // An operation in which nothing is set.
    if (operation === null) return "key-not-found";
    const refused =
      operation.kind === "txn" ? checkTxn(operation, maxTxnOps - operations) : checkFields(operation, maxTxnOps);
    if (refused !== null) return refused;
  }
  return null;
}

/** The keys that operations which may run together put, and the ranges that they delete. */
interface Changes {
  readonly puts: Set<string>;
  readonly deletes: DeleteRangeRequest[];
}

/**
 * What a branch changes; `null` when it puts a key twice, or puts one that it deletes (key.go, checkIntervals). The two branches of one
 * nested transaction may put the same key: only one of them runs.
 */
function changesOf(operations: readonly RequestOp[]): Changes | null {
  const puts = new Set<string>();
  const deletes = operations.filter((operation): operation is DeleteRangeRequest => operation?.kind === "delete");
  for (const operation of operations) {
    if (operation?.kind !== "txn") continue;
    const onSuccess = changesOf(operation.success);
    const onFailure = changesOf(operation.failure);
    if (onSuccess === null || onFailure === null) return null;
    for (const key of onSuccess.puts) if (puts.has(key) || isDeleted(deletes, key)) return null;
    for (const key of onFailure.puts) if (puts.has(key) || isDeleted(deletes, key)) return null;
    for (const key of [...onSuccess.puts, ...onFailure.puts]) puts.add(key);
    deletes.push(...onSuccess.deletes, ...onFailure.deletes);
  }
  for (const operation of operations) {
    if (operation?.kind !== "put") continue;
    if (puts.has(operation.key) || isDeleted(deletes, operation.key)) return null;
    puts.add(operation.key);
  }
  return { puts, deletes };
}

/** An open-ended delete ends before every key here, since its end is compared as it stands: etcd does not see that overlap. */
function isDeleted(deletes: readonly DeleteRangeRequest[], key: string): boolean {
  return deletes.some(({ key: first, rangeEnd = "" }) =>
    rangeEnd === "" ? key === first : compareKeys(key, first) >= 0 && compareKeys(key, rangeEnd) < 0,
  );
}

/** Whether a transaction only reads: all operations of both branches are ranges (v3_server.go, isTxnReadonly). */
export function isReadOnly({ success, failure }: TxnRequest): boolean {
  return [...success, ...failure].every((operation) => operation?.kind === "range");
}

/**
 * Whether a read-only transaction is answered without a quorum: all its ranges are serializable. One without operations counts as
 * such, and so may be stale (v3_server.go, isTxnSerializable).
 */
export function isSerializable({ success, failure }: TxnRequest): boolean {
  return [...success, ...failure].every((operation) => operation?.kind === "range" && operation.serializable === true);
}

/** About the size of a request on the wire: its texts, and a few bytes for each part. */
function bytesOf(request: KvRequest): number {
  switch (request.kind) {
    case "put":
      return PART_BYTES + utf8Length(request.key) + utf8Length(request.value);
    case "range":
    case "delete":
      return PART_BYTES + utf8Length(request.key) + utf8Length(request.rangeEnd ?? "");
    case "txn": {
      const { compare, success, failure } = request;
      let bytes = PART_BYTES;
      for (const { key, operand } of compare) {
        bytes += PART_BYTES + utf8Length(key) + (typeof operand === "string" ? utf8Length(operand) : 0);
      }
      for (const operation of [...success, ...failure]) if (operation !== null) bytes += bytesOf(operation);
      return bytes;
    }
    default:
      return PART_BYTES;
  }
}

const PART_BYTES = 8;
