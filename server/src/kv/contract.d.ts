/**
 * The replicated state machine's contract: etcd's multi-version store. Requests are in request.ts, answers in response.ts.
 * Knows nothing of Raft.
 */
import type { KvError } from "./error.js";
import type { KeyRange, LeaseId, RangeRequest, Revision } from "./request.js";
import type { Alarm, KeyValue, KvEvent, KvResponse, RangeResponse } from "./response.js";
/** A store's hash as etcd computes it (HashKV). */
export interface HashKv {
    readonly hash: number;
    readonly compactRevision: Revision;
}
/** The multi-version store of one server, to read. */
export interface KvStore {
    readonly revision: Revision;
    /** The revision that history was compacted at; -1 before the first compaction. */
    readonly compactRevision: Revision;
    /** Live keys. */
    readonly size: number;
    /** A 32-bit digest of all changes so far: stores of one revision that differ have different ones, but for chance. */
    readonly hash: number;
    /** An estimate of the store's size when written out, its history included, in bytes. */
    readonly bytes: number;
    /** Answers a read; an error where its key is empty or its revision is compacted or still to come. */
    range(request: RangeRequest): KvResponse;
    get(key: string): KeyValue | null;
    /** Live pairs in key order from `after` (left out: from the first) on, at most `limit`. */
    entries(limit?: number, after?: string): readonly KeyValue[];
    /** What is kept of a key's past up to revision `to` (left out: now), newest first, at most `most`: puts and deletions. */
    historyOf(key: string, most?: number, to?: Revision): readonly KvEvent[];
    /**
     * Events with `from` <= revision <= `to` (left out: all) in the range, in order, of what is not compacted. For watches
     * that begin in the past. `previous` is absent where it was compacted.
     */
    eventsSince(from: Revision, range: KeyRange, to?: Revision): readonly KvEvent[];
    /** etcd's HashKV at a revision; 0 for the current one. `encode` gives the bytes of a text; UTF-8 where it is left out. */
    hashKv(revision: Revision, encode?: (text: string) => Uint8Array): HashKv | KvError;
}
/** A lease as it is replicated: without its deadline, which only the leader's clock knows. */
export interface Lease {
    readonly id: LeaseId;
    /** The TTL granted, in seconds. */
    readonly ttl: number;
    /** What the last checkpoint said is left, in seconds; 0 for no checkpoint. */
    readonly remainingTtl: number;
}
/** The leases of one server's state machine, to read. */
export interface LeaseTable {
    readonly count: number;
    get(id: LeaseId): Lease | null;
    /** All leases, by id. */
    list(): readonly Lease[];
    /** The keys attached to a lease, in key order. */
    keysOf(id: LeaseId): readonly string[];
}
export type { Alarm, KeyRange, KeyValue, KvError, KvEvent, KvResponse, LeaseId, RangeRequest, RangeResponse, Revision };
