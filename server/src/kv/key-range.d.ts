import type { KeyRange } from "./request.js";
/** etcd's range end for "all keys from `key` on". */
export declare const FROM_KEY = "\0";
/**
 * The end of the range of all keys that begin with `prefix` (clientv3/op.go, GetPrefixRangeEnd): the last character that can grow
 * grows by one. The empty prefix is every key: use {@link prefixRange}, which begins it at `"\0"`.
 */
export declare function prefixRangeEnd(prefix: string): string;
/** The range of all keys that begin with `prefix`; the empty one is every key. */
export declare function prefixRange(prefix: string): Required<KeyRange>;
/** The prefix that a range stands for; `null` for any other range. */
export declare function prefixOf({ key, rangeEnd }: KeyRange): string | null;
/** Whether `key` lies in the range. */
export declare function inRange(key: string, { key: first, rangeEnd }: KeyRange): boolean;
/** Whether two ranges share a key. */
export declare function overlap(a: KeyRange, b: KeyRange): boolean;
