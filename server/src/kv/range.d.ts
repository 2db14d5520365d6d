import type { KeyRange, RangeRequest, Revision } from "./request.js";
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
/** Answers a range as etcd does (etcdserver/apply.go, Range; mvcc/kvstore_txn.go, rangeKeys). */
export declare function range(source: RangeSource, request: RangeRequest): KvResponse;
