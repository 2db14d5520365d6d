import type { KvError } from "./error.js";
import { FROM_KEY, inRange } from "./key-range.js";
import type { DeleteRangeRequest, KvRequest, PutRequest, RequestOp, TxnRequest } from "./request.js";
import { exceedsSize } from "./request-size.js";

/** What a server allows in one request. */
export interface RequestLimits {
  /** Compares, and operations of either branch, in a transaction (etcd: --max-txn-ops). */
  readonly maxTxnOps: number;
  /** Bytes of a request when encoded (etcd: --max-request-bytes). */
  readonly maxRequestBytes: number;
}

/** etcd's defaults (embed/config.go: DefaultMaxTxnOps, DefaultMaxRequestBytes). */
export const DEFAULT_LIMITS: RequestLimits = { maxTxnOps: 128, maxRequestBytes: 1_572_864 };

/**
 * What etcd refuses in a request without a look at its state, before it proposes it; `null` for nothing
 * (etcdserver/api/v3rpc/key.go; v3_server.go, processInternalRaftRequestOnce).
 */
export function checkRequest(request: KvRequest, limits: RequestLimits): KvError | null {
  const error = checkForm(request, limits.maxTxnOps);
  if (error !== null) return error;
  return exceedsSize(request, limits.maxRequestBytes) ? "request-too-large" : null;
}

/** {@link checkRequest} without the size. */
export function checkForm(request: KvRequest, maxTxnOps: number): KvError | null {
  switch (request.kind) {
    case "put":
      return checkPut(request);
    case "range":
    case "delete":
      return request.key === "" ? "key-empty" : null;
    case "txn":
      return checkTxn(request, maxTxnOps) ?? checkOverlaps(request);
    case "compact":
    case "lease-grant":
    case "lease-revoke":
    case "lease-checkpoint":
    case "alarm":
      return null;
  }
}

function checkPut({ key, value, lease = 0, ignoreValue, ignoreLease }: PutRequest): KvError | null {
  if (key === "") return "key-empty";
  if (ignoreValue === true && value !== "") return "value-provided";
  if (ignoreLease === true && lease !== 0) return "lease-provided";
  return null;
}

/** A nested transaction may have what its parent's largest part left of the limit. */
function checkTxn({ compare, success, failure }: TxnRequest, maxTxnOps: number): KvError | null {
  const largest = Math.max(compare.length, success.length, failure.length);
  if (largest > maxTxnOps) return "too-many-operations";
  if (compare.some(({ key }) => key === "")) return "key-empty";
  for (const branch of [success, failure]) {
    for (const op of branch) {
      const error = checkOp(op, maxTxnOps - largest);
      if (error !== null) return error;
    }
  }
  return null;
}

function checkOp(op: RequestOp, maxTxnOps: number): KvError | null {
  if (op === null) return "key-not-found";
  return op.kind === "txn" ? checkTxn(op, maxTxnOps) : checkForm(op, maxTxnOps);
}

function checkOverlaps({ success, failure }: TxnRequest): KvError | null {
  return touchedBy(success) === "duplicate-key" || touchedBy(failure) === "duplicate-key" ? "duplicate-key" : null;
}

/** The keys that a list of operations may put, and the ranges that it may delete. */
interface Touched {
  readonly puts: Set<string>;
  readonly deletes: DeleteRangeRequest[];
}

/**
 * Whether a key may be put twice, or put and deleted, by operations that may run together (key.go, checkIntervals). The two
 * branches of one nested transaction never do.
 */
function touchedBy(ops: readonly RequestOp[]): Touched | "duplicate-key" {
  const puts = new Set<string>();
  const deletes: DeleteRangeRequest[] = ops.filter((op) => op?.kind === "delete");
  const taken = (key: string): boolean => puts.has(key) || deletes.some((range) => covers(range, key));
  for (const op of ops) {
    if (op?.kind !== "txn") continue;
    const success = touchedBy(op.success);
    const failure = touchedBy(op.failure);
    if (success === "duplicate-key" || failure === "duplicate-key") return "duplicate-key";
    const inEither = new Set([...success.puts, ...failure.puts]);
    for (const key of inEither) if (taken(key)) return "duplicate-key";
    for (const key of inEither) puts.add(key);
    deletes.push(...success.deletes, ...failure.deletes);
  }
  for (const op of ops) {
    if (op?.kind !== "put") continue;
    if (taken(op.key)) return "duplicate-key";
    puts.add(op.key);
  }
  return { puts, deletes };
}

/** etcd takes an open end for the key `"\0"` here, so that it overlaps nothing. */
function covers(range: DeleteRangeRequest, key: string): boolean {
  return range.rangeEnd !== FROM_KEY && inRange(key, range);
}
