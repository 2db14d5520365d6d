import type { Change } from "./change.js";
import { changeHash } from "./change-hash.js";
import type { HashKv, KvStore } from "./contract.js";
import type { KvError } from "./error.js";
import { hashKv } from "./hash-kv.js";
import { History } from "./history.js";
import { compareKeys } from "./key-order.js";
import { FROM_KEY } from "./key-range.js";
import { Leases } from "./leases.js";
import { OrderedMap } from "./ordered-map.js";
import { range } from "./range.js";
import type { KeyRange, LeaseId, RangeRequest, Revision } from "./request.js";
import type { KeyValue, KvEvent, KvResponse } from "./response.js";

/** The revision of a store that nothing was written to (etcd: mvcc/kvstore.go, NewStore). */
const EMPTY_REVISION: Revision = 1;

/** Revisions, version and lease of a change, when written out. */
const CHANGE_BYTES = 24;

const NO_EVENTS: readonly KvEvent[] = [];

/**
 * etcd's multi-version store: every key with its past, every change in order, and the leases that keys hang on. Changes are
 * immutable and shared between clones, so that a clone costs the same however much was written.
 *
 * A request's changes are made with {@link put} and {@link remove} and belong to one revision, which {@link commit} ends.
 */
export class MvccStore implements KvStore {
  /** The leases. */
  readonly leases: Leases;
  #revision: Revision = EMPTY_REVISION;
  #hash = 0;
  #bytes = 0;
  /** The newest change of every key that is kept, deletions included: they answer reads at old revisions. Living keys count. */
  readonly #keys: OrderedMap<Change>;
  readonly #history: History;
  /** What the request that is being executed has changed so far. */
  #events: KvEvent[] = [];

  /** An empty store, or an independent copy of `original`. */
  constructor(original: MvccStore | null = null) {
    this.leases = new Leases(original === null ? null : original.leases);
    this.#keys = original === null ? new OrderedMap((change) => change.live) : original.#keys.clone();
    this.#history = new History(original === null ? null : original.#history);
    if (original === null) return;
    this.#revision = original.#revision;
    this.#hash = original.#hash;
    this.#bytes = original.#bytes;
  }

  get revision(): Revision {
    return this.#revision;
  }

  /** The revision as the request that is being executed sees it: the next one as soon as it changed something. */
  get revisionInRequest(): Revision {
    return this.#events.length === 0 ? this.#revision : this.#revision + 1;
  }

  get compactRevision(): Revision {
    return this.#history.compactRevision;
  }

  get size(): number {
    return this.#keys.count;
  }

  get hash(): number {
    return this.#hash;
  }

  get bytes(): number {
    return this.#bytes + this.leases.bytes;
  }

  range(request: RangeRequest): KvResponse {
    return range(this, request);
  }

  get(key: string): KeyValue | null {
    const change = this.#keys.get(key);
    return change?.live === true ? change : null;
  }

  /** The pair of a key at a revision that is neither compacted nor to come. */
  getAt(key: string, revision: Revision): KeyValue | null {
    const newest = this.#keys.get(key);
    const change = newest === undefined ? undefined : this.#history.at(newest, revision);
    return change?.live === true ? change : null;
  }

  entries(limit = Number.POSITIVE_INFINITY, after?: string): readonly KeyValue[] {
    const pairs: KeyValue[] = [];
    if (limit <= 0) return pairs;
    // Behind a key comes first what it is a prefix of, with the least character.
    this.scan({ key: after === undefined ? "" : `${after}\0`, rangeEnd: FROM_KEY }, null, (kv) => {
      pairs.push(kv);
      return pairs.length < limit;
    });
    return pairs;
  }

  /** Calls `visit` for the pairs of a range in key order, at a revision or now (`null`), until it returns `false`. */
  scan(keys: KeyRange, revision: Revision | null, visit: (kv: KeyValue) => boolean): void {
    this.#scan(keys, revision === null, (newest) => {
      const change = revision === null ? newest : this.#history.at(newest, revision);
      return change?.live === true ? visit(change) : true;
    });
  }

  /** How many keys of a range live now, in O(log n); `rangeEnd` is not empty. */
  count({ key, rangeEnd }: Required<KeyRange>): number {
    const end = rangeEnd === FROM_KEY ? this.#keys.count : this.#keys.countBefore(rangeEnd);
    return Math.max(0, end - this.#keys.countBefore(key));
  }

  historyOf(key: string, most?: number, to?: Revision): readonly KvEvent[] {
    const newest = this.#keys.get(key);
    const first = newest === undefined || to === undefined ? newest : this.#history.at(newest, to);
    return this.#history.eventsOfKey(first, 0, most);
  }

  eventsSince(from: Revision, keys: KeyRange, to = Number.POSITIVE_INFINITY): readonly KvEvent[] {
    if ((keys.rangeEnd ?? "") !== "") return this.#history.eventsOfRange(from, to, keys);
    const events = this.#history.eventsOfKey(this.#keys.get(keys.key), from).reverse();
    return to >= this.#revision ? events : events.filter((event) => event.kv.modRevision <= to);
  }

  hashKv(revision: Revision, encode?: (text: string) => Uint8Array): HashKv | KvError {
    const { compactRevision } = this;
    // mvcc/kvstore.go, HashByRev of etcd 3.4.23: the compacted revision itself is refused here, though it can be read.
    if (revision > 0 && revision <= compactRevision) return "compacted";
    if (revision > this.#revision) return "future-revision";
    const at = revision <= 0 ? this.#revision : revision;
    const newestOf = (key: string): Change | undefined => {
      const newest = this.#keys.get(key);
      return newest === undefined ? undefined : this.#history.at(newest, at);
    };
    const anyAlive = at === this.#revision ? this.size > 0 : !this.#isEmptyAt(at);
    return { hash: hashKv(this.#history, at, anyAlive, newestOf, encode), compactRevision };
  }

  /** Puts a pair and moves its key to `lease`, 0 for none, which exists. Returns the change. */
  put(key: string, value: string, lease: LeaseId): KeyValue {
    const newest = this.#keys.get(key);
    const before = newest?.live === true ? newest.lease : 0;
    const change = this.#history.put(key, value, lease, this.#revision + 1, this.#events.length, newest);
    this.#record(change);
    if (before !== lease) {
      if (before !== 0) this.leases.detach(before, key);
      if (lease !== 0) this.leases.attach(lease, key);
    }
    return change;
  }

  /** Deletes the living keys of a range in key order and takes them off their leases; returns the pairs that were. */
  remove(keys: KeyRange): readonly KeyValue[] {
    const found: Change[] = [];
    if ((keys.rangeEnd ?? "") === "") {
      const newest = this.#keys.get(keys.key);
      if (newest?.live === true) found.push(newest);
    } else {
      this.#scan(keys, true, (newest) => {
        if (newest.live) found.push(newest);
        return true;
      });
    }
    for (const newest of found) {
      this.#record(this.#history.remove(this.#revision + 1, this.#events.length, newest));
      if (newest.lease !== 0) this.leases.detach(newest.lease, newest.key);
    }
    return found;
  }

  /** Ends the request: the next revision begins if it changed something. Returns its changes in order. */
  commit(): readonly KvEvent[] {
    const events = this.#events;
    if (events.length === 0) return NO_EVENTS;
    this.#revision += 1;
    this.#events = [];
    return events;
  }

  /** Forgets what no read from `revision` on needs (mvcc/kvstore.go, Compact). What was read or cloned before is not disturbed. */
  compact(revision: Revision): KvError | null {
    if (revision <= this.compactRevision) return "compacted";
    if (revision > this.#revision) return "future-revision";
    this.#history.compact(revision, (dropped) => {
      this.#bytes -= bytesOf(dropped);
      if (!dropped.live && this.#keys.get(dropped.key) === dropped) this.#keys.delete(dropped.key);
    });
    return null;
  }

  /** An independent copy that shares the history, in constant time. */
  clone(): MvccStore {
    return new MvccStore(this);
  }

  #record(change: Change): void {
    this.#keys.set(change.key, change);
    this.#hash = changeHash(this.#hash, change);
    this.#bytes += bytesOf(change);
    this.#events.push(this.#history.event(change));
  }

  /** Calls `visit` for the newest changes of a range's keys; not for all the deleted ones where only `living` keys are wanted. */
  #scan({ key: first, rangeEnd = "" }: KeyRange, living: boolean, visit: (newest: Change) => boolean): void {
    const visitBeforeEnd = (key: string, newest: Change): boolean =>
      (rangeEnd === FROM_KEY || compareKeys(key, rangeEnd) < 0) && visit(newest);
    this.#keys.scan(first, visitBeforeEnd, living);
  }

  #isEmptyAt(revision: Revision): boolean {
    let empty = true;
    this.scan({ key: FROM_KEY, rangeEnd: FROM_KEY }, revision, () => {
      empty = false;
      return false;
    });
    return empty;
  }
}

function bytesOf(change: Change): number {
  return change.key.length + change.value.length + CHANGE_BYTES;
}
