import type { RangeRequest, Revision } from "../kv/request.js";
import type { KeyValue, RangeResponse } from "../kv/response.js";
import type { CommittedStore } from "./committed-store.js";

/**
 * What is wrong with a serializable read, or one at a revision: it must show the store as it was at the revision asked for, or else at
 * that of its header (tests/robustness/validate/operations.go); `null` when nothing is.
 */
export function historicReadFault(
  request: RangeRequest,
  response: RangeResponse,
  { store, compactRevision }: CommittedStore,
): string | null {
  const { revision = 0 } = request;
  const at: Revision = revision > 0 ? revision : response.revision;
  if (response.revision > store.revision)
    return `its revision ${response.revision} never was: the store is at ${store.revision}`;
  if (at > response.revision) return `it shows revision ${at}, which its server had not reached`;
  const there = store.range({ ...request, revision: at });
  if (there.kind !== "range") return `there is nothing to read at revision ${at}`;
  if (there.count !== response.count)
    return `it counts ${response.count} keys, but at revision ${at} there were ${there.count}`;
  if (there.more !== response.more || !samePairs(there.kvs, response.kvs)) {
    const compacted = at < compactRevision ? ", which is compacted" : "";
    return `it does not show the store as it was at revision ${at}${compacted}`;
  }
  return null;
}

function samePairs(a: readonly KeyValue[], b: readonly KeyValue[]): boolean {
  return a.length === b.length && a.every((pair, place) => JSON.stringify(pair) === JSON.stringify(b[place]));
}
