import type { KeyRange } from "../kv/request.js";
/**
 * Values by the keys or ranges they concern (etcd: mvcc/watcher_group.go): those of one key in a map, those of ranges in an
 * interval tree, so that finding who is concerned by a key costs a logarithm and the found ones, not a look at all.
 */
export declare class RangeIndex<T> {
    #private;
    /** Adds a value for a range. */
    add(range: KeyRange, value: T): void;
    /** Takes out a value that was added for this range. */
    remove(range: KeyRange, value: T): void;
    /** Calls `found` with every value whose range holds `key`, in no particular but always the same order. */
    at(key: string, found: (value: T) => void): void;
}
