import type { Compare, KvRequest, RequestOp } from "./request.js";
import { utf8Length } from "./utf8.js";

/** Most bytes of UTF-8 for one unit of UTF-16. */
const BYTES_PER_UNIT = 3;

/** A field's tag and length, or its tag and a number: what all but the texts of a message takes for each field, at most. */
const FIELD_BYTES = 11;

/** Fields that an operation may have besides its texts. */
const OP_FIELDS = 12;

/** What etcd adds to a put's key and value when it counts against the quota (etcdserver/quota.go, kvOverhead). */
const KV_OVERHEAD = 256;

/** And what it takes for a lease (quota.go, leaseOverhead). */
const LEASE_OVERHEAD = 64;

/** Whether a request is more than `limit` bytes long when encoded, to the few bytes that numbers and lengths take. */
export function exceedsSize(request: KvRequest, limit: number): boolean {
  // Most requests are far below: their texts need not be measured.
  if (sizeOf(request, mostBytes) <= limit) return false;
  return sizeOf(request, utf8Length) > limit;
}

/**
 * What a request takes of the space quota, in bytes; 0 for what is let through when there is none left (quota.go, Cost). Of a
 * transaction it is the larger branch; puts in nested transactions are not counted, as in etcd.
 */
export function quotaCost(request: KvRequest): number {
  switch (request.kind) {
    case "put":
      return KV_OVERHEAD + utf8Length(request.key) + utf8Length(request.value);
    case "txn":
      return Math.max(costOf(request.success), costOf(request.failure));
    case "lease-grant":
      return LEASE_OVERHEAD;
    case "range":
    case "delete":
    case "compact":
    case "lease-revoke":
    case "lease-checkpoint":
    case "alarm":
      return 0;
  }
}

function costOf(ops: readonly RequestOp[]): number {
  let cost = 0;
  for (const op of ops) if (op?.kind === "put") cost += quotaCost(op);
  return cost;
}

function mostBytes(text: string): number {
  return text.length * BYTES_PER_UNIT + FIELD_BYTES * OP_FIELDS;
}

function sizeOf(request: KvRequest, bytesOf: (text: string) => number): number {
  switch (request.kind) {
    case "put":
      return bytesOf(request.key) + bytesOf(request.value);
    case "range":
    case "delete":
      return bytesOf(request.key) + bytesOf(request.rangeEnd ?? "");
    case "txn": {
      let size = 0;
      for (const compare of request.compare) size += compareSize(compare, bytesOf);
      for (const op of request.success) if (op !== null) size += sizeOf(op, bytesOf);
      for (const op of request.failure) if (op !== null) size += sizeOf(op, bytesOf);
      return size;
    }
    case "lease-checkpoint":
      return request.checkpoints.length * 2 * FIELD_BYTES;
    case "compact":
    case "lease-grant":
    case "lease-revoke":
    case "alarm":
      return 0;
  }
}

function compareSize(compare: Compare, bytesOf: (text: string) => number): number {
  const operand = compare.target === "value" ? bytesOf(compare.operand) : 0;
  return bytesOf(compare.key) + bytesOf(compare.rangeEnd ?? "") + operand;
}
