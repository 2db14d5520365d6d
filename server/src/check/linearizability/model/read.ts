import { compareKeys } from "../../../kv/key-order.js";
import type { KeyRange, RangeRequest, Revision, SortTarget } from "../../../kv/request.js";
import type { KeyValue, RangeResponse } from "../../../kv/response.js";
import { liveOf, type ModelState, type Version } from "./state.js";

/** The pairs of a range at a revision, in key order; `null` for now. */
export function pairsIn(state: ModelState, { key, rangeEnd = "" }: KeyRange, revision: Revision | null): KeyValue[] {
  if (rangeEnd === "") {
    const found = state.keys.get(key);
    const pair = revision === null ? liveOf(state, key) : pairAt(found, revision);
    return pair === null ? [] : [pair];
  }
  const versions = state.keys.values(key, rangeEnd === "\0" ? null : rangeEnd);
  return versions.flatMap((version) => {
    const pair = revision === null ? version.live : pairAt(version, revision);
    return pair === null ? [] : [pair];
  });
}

function pairAt(newest: Version | undefined, revision: Revision): KeyValue | null {
  let version = newest ?? null;
  while (version !== null && version.revision > revision) version = version.before;
  return version?.live ?? null;
}

/**
 * The answer to a range whose key and revision are in order (etcd: etcdserver/apply.go, Range). Pairs that a sort cannot tell
 * apart stay in key order.
 */
export function readRange(state: ModelState, request: RangeRequest): RangeResponse {
  const { revision: asked = 0, countOnly = false, keysOnly = false, limit = 0 } = request;
  const all = pairsIn(state, request, asked > 0 ? asked : null);
  const answer = { kind: "range", revision: state.revision, count: all.length } as const;
  if (countOnly) return { ...answer, kvs: [], more: false };
  const { sortTarget = "key", sortOrder: givenOrder = "none" } = request;
  const sortOrder = givenOrder === "none" && sortTarget !== "key" ? "ascend" : givenOrder;
  // etcd fetches no more than it will give when only the target asks for sorting, and sorts what it has fetched.
  const cutFirst = limit > 0 && givenOrder === "none" && !hasFilters(request);
  const fetched = cutFirst ? all.slice(0, limit + 1) : all;
  const kept = fetched.filter((pair) => passes(pair, request));
  if (sortOrder !== "none") kept.sort(order(sortTarget, sortOrder === "descend" ? -1 : 1));
  const more = limit > 0 && kept.length > limit;
  const given = more ? kept.slice(0, limit) : kept;
  return { ...answer, kvs: keysOnly ? given.map((pair) => ({ ...pair, value: "" })) : given, more };
}

function hasFilters({ minModRevision, maxModRevision, minCreateRevision, maxCreateRevision }: RangeRequest): boolean {
  return [minModRevision, maxModRevision, minCreateRevision, maxCreateRevision].some((bound) => (bound ?? 0) !== 0);
}

function passes(pair: KeyValue, request: RangeRequest): boolean {
  const { minModRevision = 0, maxModRevision = 0, minCreateRevision = 0, maxCreateRevision = 0 } = request;
  return (
    (minModRevision === 0 || pair.modRevision >= minModRevision) &&
    (maxModRevision === 0 || pair.modRevision <= maxModRevision) &&
    (minCreateRevision === 0 || pair.createRevision >= minCreateRevision) &&
    (maxCreateRevision === 0 || pair.createRevision <= maxCreateRevision)
  );
}

function order(target: SortTarget, sign: 1 | -1): (a: KeyValue, b: KeyValue) => number {
  switch (target) {
    case "key":
      return (a, b) => sign * compareKeys(a.key, b.key);
    case "value":
      return (a, b) => sign * compareKeys(a.value, b.value);
    case "version":
      return (a, b) => sign * (a.version - b.version);
    case "create":
      return (a, b) => sign * (a.createRevision - b.createRevision);
    case "mod":
      return (a, b) => sign * (a.modRevision - b.modRevision);
  }
}
