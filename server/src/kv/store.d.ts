import type { HashKv, KvStore } from "./contract.js";
import type { KvError } from "./error.js";
import { Leases } from "./leases.js";
import type { KeyRange, LeaseId, RangeRequest, Revision } from "./request.js";
import type { KeyValue, KvEvent, KvResponse } from "./response.js";
/**
 * etcd's multi-version store: every key with its past, every change in order, and the leases that keys hang on. Changes are
 * immutable and shared between clones, so that a clone costs the same however much was written.
 *
 * A request's changes are made with {@link put} and {@link remove} and belong to one revision, which {@link commit} ends.
 */
export declare class MvccStore implements KvStore {
    #private;
    /** The leases. */
    readonly leases: Leases;
    /** An empty store, or an independent copy of `original`. */
    constructor(original?: MvccStore | null);
    get revision(): Revision;
    /** The revision as the request that is being executed sees it: the next one as soon as it changed something. */
    get revisionInRequest(): Revision;
    get compactRevision(): Revision;
    get size(): number;
    get hash(): number;
    get bytes(): number;
    range(request: RangeRequest): KvResponse;
    get(key: string): KeyValue | null;
    /** The pair of a key at a revision that is neither compacted nor to come. */
    getAt(key: string, revision: Revision): KeyValue | null;
    entries(limit?: number, after?: string): readonly KeyValue[];
    /** Calls `visit` for the pairs of a range in key order, at a revision or now (`null`), until it returns `false`. */
    scan(keys: KeyRange, revision: Revision | null, visit: (kv: KeyValue) => boolean): void;
    /** How many keys of a range live now, in O(log n); `rangeEnd` is not empty. */
    count({ key, rangeEnd }: Required<KeyRange>): number;
    historyOf(key: string, most?: number, to?: Revision): readonly KvEvent[];
    eventsSince(from: Revision, keys: KeyRange, to?: number): readonly KvEvent[];
    hashKv(revision: Revision, encode?: (text: string) => Uint8Array): HashKv | KvError;
    /** Puts a pair and moves its key to `lease`, 0 for none, which exists. Returns the change. */
    put(key: string, value: string, lease: LeaseId): KeyValue;
    /** Deletes the living keys of a range in key order and takes them off their leases; returns the pairs that were. */
    remove(keys: KeyRange): readonly KeyValue[];
    /** Ends the request: the next revision begins if it changed something. Returns its changes in order. */
    commit(): readonly KvEvent[];
    /** Forgets what no read from `revision` on needs (mvcc/kvstore.go, Compact). What was read or cloned before is not disturbed. */
    compact(revision: Revision): KvError | null;
    /** An independent copy that shares the history, in constant time. */
    clone(): MvccStore;
}
