import { compareKeys } from "./key-order.js";
import type { KeyRange, RangeRequest, Revision, SortTarget } from "./request.js";
import type { KeyValue, KvResponse } from "./response.js";

/** What a range is read from. */
export interface RangeSource {
  /** The revision that the answer carries. */
  readonly revisionInRequest: Revision;
  readonly compactRevision: Revision;
  get(key: string): KeyValue | null;
  getAt(key: string, revision: Revision): KeyValue | null;
  count(range: Required<KeyRange>): number;
  scan(range: KeyRange, revision: Revision | null, visit: (kv: KeyValue) => boolean): void;
}

interface Found {
  readonly kvs: readonly KeyValue[];
  readonly count: number;
}

/** Answers a range as etcd does (etcdserver/apply.go, Range; mvcc/kvstore_txn.go, rangeKeys). */
export function range(source: RangeSource, request: RangeRequest): KvResponse {
  const revision = source.revisionInRequest;
  const { revision: wanted = 0, limit = 0, countOnly = false } = request;
  if (request.key === "") return { kind: "error", revision, error: "key-empty" };
  if (wanted > revision) return { kind: "error", revision, error: "future-revision" };
  const at = wanted <= 0 || wanted === revision ? null : wanted;
  if (at !== null && at < source.compactRevision) return { kind: "error", revision, error: "compacted" };
  const found = find(source, request, at);
  if (countOnly) return { kind: "range", revision, kvs: [], count: found.count, more: false };
  let kvs = sorted(filtered(found.kvs, request), request);
  const more = limit > 0 && kvs.length > limit;
  if (more) kvs = kvs.slice(0, limit);
  if (request.keysOnly === true) kvs = kvs.map(withoutValue);
  return { kind: "range", revision, kvs, count: found.count, more };
}

/** The pairs of the range, of which only some are needed where nothing is filtered or sorted afterwards; and how many there are. */
function find(source: RangeSource, request: RangeRequest, at: Revision | null): Found {
  const { key, rangeEnd = "", countOnly = false } = request;
  if (rangeEnd === "") {
    const kv = at === null ? source.get(key) : source.getAt(key, at);
    return kv === null ? { kvs: [], count: 0 } : { kvs: [kv], count: 1 };
  }
  const wanted = countOnly ? 0 : fetchLimit(request);
  const kvs: KeyValue[] = [];
  if (at === null) {
    const count = source.count({ key, rangeEnd });
    if (wanted === 0 || count === 0) return { kvs, count };
    source.scan(request, null, (kv) => kvs.push(kv) < wanted);
    return { kvs, count };
  }
  let count = 0;
  source.scan(request, at, (kv) => {
    count += 1;
    if (kvs.length < wanted) kvs.push(kv);
    return true;
  });
  return { kvs, count };
}

/**
 * How many pairs etcd fetches before it filters and sorts: all where there is a sort order or a filter, but only one more than
 * the limit where there is a sort target alone, although it sorts by that then.
 */
function fetchLimit(request: RangeRequest): number {
  const { limit = 0, sortOrder = "none" } = request;
  const all = limit <= 0 || sortOrder !== "none" || hasFilter(request);
  return all ? Number.POSITIVE_INFINITY : limit + 1;
}

function hasFilter(request: RangeRequest): boolean {
  const { minModRevision = 0, maxModRevision = 0, minCreateRevision = 0, maxCreateRevision = 0 } = request;
  return minModRevision !== 0 || maxModRevision !== 0 || minCreateRevision !== 0 || maxCreateRevision !== 0;
}

function filtered(kvs: readonly KeyValue[], request: RangeRequest): readonly KeyValue[] {
  if (!hasFilter(request)) return kvs;
  const { minModRevision = 0, maxModRevision = 0, minCreateRevision = 0, maxCreateRevision = 0 } = request;
  return kvs.filter(
    (kv) =>
      (maxModRevision === 0 || kv.modRevision <= maxModRevision) &&
      (minModRevision === 0 || kv.modRevision >= minModRevision) &&
      (maxCreateRevision === 0 || kv.createRevision <= maxCreateRevision) &&
      (minCreateRevision === 0 || kv.createRevision >= minCreateRevision),
  );
}

/** Equal pairs stay in key order; etcd's own order of them is undefined above 12 pairs, and this one up to there. */
function sorted(kvs: readonly KeyValue[], request: RangeRequest): readonly KeyValue[] {
  const { sortTarget = "key", sortOrder = "none" } = request;
  // A target other than the key without an order means ascending; the keys are in order already.
  if (kvs.length < 2 || (sortTarget === "key" && sortOrder !== "descend")) return kvs;
  const ascending = ORDERS[sortTarget];
  return kvs.toSorted(sortOrder === "descend" ? (a, b) => ascending(b, a) : ascending);
}

const ORDERS: Readonly<Record<SortTarget, (a: KeyValue, b: KeyValue) => number>> = {
  key: (a, b) => compareKeys(a.key, b.key),
  version: (a, b) => a.version - b.version,
  create: (a, b) => a.createRevision - b.createRevision,
  mod: (a, b) => a.modRevision - b.modRevision,
  value: (a, b) => compareKeys(a.value, b.value),
};

function withoutValue({ key, createRevision, modRevision, version, lease }: KeyValue): KeyValue {
  return { key, value: "", createRevision, modRevision, version, lease };
}
