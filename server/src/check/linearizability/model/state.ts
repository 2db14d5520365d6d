/**
 * The state of the specification that histories are checked against: what etcd promises of its store, written a second time and
 * without regard to speed of service. It shares no code with the store that it judges but the order of keys.
 */
import type { LeaseId, Revision } from "../../../kv/request.js";
import type { KeyValue } from "../../../kv/response.js";
import { textHash, wordsHash } from "./hash.js";
import { PersistentMap } from "./persistent-map.js";

/** What a key is since some revision, and what it was before. */
export interface Version {
  readonly key: string;
  /** The revision since which it is so. */
  readonly revision: Revision;
  /** `null` after a deletion. */
  readonly live: KeyValue | null;
  /** `null` for a key that never was before, and in states that do not remember. */
  readonly before: Version | null;
  readonly hash: number;
}

/** A lease that exists. Its time is no part of the state: only the leader's clock knows it. */
export interface LeaseEntry {
  readonly id: LeaseId;
  readonly hash: number;
}

/** One state of the whole store. Immutable. */
export interface ModelState {
  readonly revision: Revision;
  /** -1 before the first compaction. */
  readonly compactRevision: Revision;
  /** By key; deleted ones are there in states that remember. */
  readonly keys: PersistentMap<Version>;
  /** By {@link leaseName}. */
  readonly leases: PersistentMap<LeaseEntry>;
  /** Whether the past is kept, for reads at old revisions. Without it more states are equal. */
  readonly remembers: boolean;
}

/** The store that nothing was written to (etcd: mvcc/kvstore.go, NewStore). */
export function emptyState(remembers = true): ModelState {
  return {
    revision: 1,
    compactRevision: -1,
    keys: PersistentMap.empty(),
    leases: PersistentMap.empty(),
    remembers,
  };
}

/** A lease's key in {@link ModelState.leases}. */
export function leaseName(id: LeaseId): string {
  return `${id}`;
}

/** The pair that a key holds. */
export function liveOf(state: ModelState, key: string): KeyValue | null {
  return state.keys.get(key)?.live ?? null;
}

/** The state in which `key` has become `live` (`null`: is deleted) in `revision`, which the store has then. */
export function withKey(state: ModelState, key: string, live: KeyValue | null, revision: Revision): ModelState {
  if (live === null && !state.remembers) return { ...state, revision, keys: state.keys.delete(key) };
  const before = state.remembers ? (state.keys.get(key) ?? null) : null;
  const version: Version = { key, revision, live, before, hash: versionHash(live, revision, before) };
  return { ...state, revision, keys: state.keys.set(key, version) };
}

/** The state with a lease, or without it. */
export function withLease(state: ModelState, id: LeaseId, exists: boolean): ModelState {
  const name = leaseName(id);
  return { ...state, leases: exists ? state.leases.set(name, { id, hash: 1 }) : state.leases.delete(name) };
}

/** Whether a lease exists. */
export function hasLease(state: ModelState, id: LeaseId): boolean {
  return state.leases.get(leaseName(id)) !== undefined;
}

/** A hash of the whole state: equal for equal ones. Costs the same however large the state is. */
export function stateHash({ revision, compactRevision, keys, leases }: ModelState): number {
  return wordsHash([revision, compactRevision, keys.hash, leases.hash]);
}

/** Whether two states are the same. */
export function sameState(a: ModelState, b: ModelState): boolean {
  return (
    a === b ||
    (a.revision === b.revision &&
      a.compactRevision === b.compactRevision &&
      a.keys.equals(b.keys, sameVersion) &&
      a.leases.equals(b.leases, () => true))
  );
}

/** Whether two pairs are the same to the last field. */
export function samePair(a: KeyValue | null, b: KeyValue | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.key === b.key &&
    a.value === b.value &&
    a.modRevision === b.modRevision &&
    a.createRevision === b.createRevision &&
    a.version === b.version &&
    a.lease === b.lease
  );
}

function sameVersion(a: Version, b: Version): boolean {
  let left: Version | null = a;
  let right: Version | null = b;
  while (left !== null && right !== null) {
    if (left === right) return true;
    if (left.hash !== right.hash || left.revision !== right.revision || !samePair(left.live, right.live)) return false;
    left = left.before;
    right = right.before;
  }
  return left === right;
}

function versionHash(live: KeyValue | null, revision: Revision, before: Version | null): number {
  const past = before?.hash ?? 0;
  if (live === null) return wordsHash([revision, past]);
  const { value, createRevision, version, lease } = live;
  return wordsHash([revision, past, textHash(value), createRevision, version, lease]);
}
