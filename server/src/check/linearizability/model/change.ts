import type { KvError } from "../../../kv/error.js";
import type { DeleteRangeRequest, PutRequest, RangeRequest, Revision } from "../../../kv/request.js";
import type { KvResponse } from "../../../kv/response.js";
import { pairsIn, readRange } from "./read.js";
import { hasLease, liveOf, type ModelState, withKey } from "./state.js";

/** What a request does. */
export interface Transition {
  /** The very state from before where nothing changed. */
  readonly state: ModelState;
  readonly response: KvResponse;
  /** The keys whose pairs the request put or deleted. */
  readonly changed: readonly string[];
}

/** No keys changed. */
export const NOTHING: readonly string[] = [];

/** What is wrong with a put for want of its lease. */
export function leaseFault(state: ModelState, { lease = 0 }: PutRequest): KvError | null {
  return lease === 0 || hasLease(state, lease) ? null : "lease-not-found";
}

/** What is wrong with a put that keeps something of a pair that is not there. */
export function ignoredFault(state: ModelState, { key, ignoreValue, ignoreLease }: PutRequest): KvError | null {
  return (ignoreValue || ignoreLease) && liveOf(state, key) === null ? "key-not-found" : null;
}

/** A put that is in order, as a part of the change that makes `revision`. */
export function applyPut(state: ModelState, request: PutRequest, revision: Revision): Transition {
  const { key, lease = 0, prevKv = false, ignoreValue = false, ignoreLease = false } = request;
  const old = liveOf(state, key);
  const live = {
    key,
    value: ignoreValue ? (old?.value ?? "") : request.value,
    createRevision: old?.createRevision ?? revision,
    modRevision: revision,
    version: (old?.version ?? 0) + 1,
    lease: ignoreLease ? (old?.lease ?? 0) : lease,
  };
  return {
    state: withKey(state, key, live, revision),
    response: { kind: "put", revision, prevKv: prevKv ? old : null },
    changed: [key],
  };
}

/** A deletion as a part of the change that would make `revision`, if it finds anything. */
export function applyDelete(state: ModelState, request: DeleteRangeRequest, revision: Revision): Transition {
  const found = pairsIn(state, request, null);
  const after = found.reduce((changing, { key }) => withKey(changing, key, null, revision), state);
  const prevKvs = request.prevKv ? found : [];
  return {
    state: after,
    response: { kind: "delete", revision: after.revision, deleted: found.length, prevKvs },
    changed: found.map(({ key }) => key),
  };
}

/** A range whose key and revision are in order. */
export function applyRange(state: ModelState, request: RangeRequest): Transition {
  return { state, response: readRange(state, request), changed: NOTHING };
}
