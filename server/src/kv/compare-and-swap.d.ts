import type { TxnRequest } from "./request.js";
import type { KeyValue, KvResponse } from "./response.js";
/** A compare-and-swap: write `value` if the key holds `expected`. */
export interface CompareAndSwap {
    readonly key: string;
    readonly expected: string;
    readonly value: string;
}
/** The transaction that is a compare-and-swap in etcd: one compare, a put, or else a read of what is there. */
export declare function compareAndSwap({ key, expected, value }: CompareAndSwap): TxnRequest;
/** What {@link compareAndSwap} made the transaction from; `null` for any other transaction. */
export declare function asCompareAndSwap({ compare, success, failure }: TxnRequest): CompareAndSwap | null;
/** What a compare-and-swap that failed found in the key's place: `null` for no such key. */
export declare function foundInstead(response: KvResponse): KeyValue | null;
