import { compareKeys } from "./key-order.js";
import type { KeyRange } from "./request.js";

/** etcd's range end for "all keys from `key` on". */
export const FROM_KEY = "\0";

const LAST_CODE_POINT = 0x10ffff;
const FIRST_SURROGATE = 0xd800;
const LAST_SURROGATE = 0xdfff;

/**
 * The end of the range of all keys that begin with `prefix` (clientv3/op.go, GetPrefixRangeEnd): the last character that can grow
 * grows by one. The empty prefix is every key: use {@link prefixRange}, which begins it at `"\0"`.
 */
export function prefixRangeEnd(prefix: string): string {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    if (last >= LAST_CODE_POINT) continue;
    // Surrogates are no characters of UTF-8: the order of bytes goes on behind them.
    const next = last + 1 >= FIRST_SURROGATE && last + 1 <= LAST_SURROGATE ? LAST_SURROGATE + 1 : last + 1;
    return String.fromCodePoint(...points, next);
  }
  return FROM_KEY;
}

/** The range of all keys that begin with `prefix`; the empty one is every key. */
export function prefixRange(prefix: string): Required<KeyRange> {
  return prefix === "" ? { key: FROM_KEY, rangeEnd: FROM_KEY } : { key: prefix, rangeEnd: prefixRangeEnd(prefix) };
}

/** The prefix that a range stands for; `null` for any other range. */
export function prefixOf({ key, rangeEnd = "" }: KeyRange): string | null {
  if (rangeEnd === "") return null;
  if (key === FROM_KEY && rangeEnd === FROM_KEY) return "";
  return rangeEnd === prefixRangeEnd(key) ? key : null;
}

/** Whether `key` lies in the range. */
export function inRange(key: string, { key: first, rangeEnd = "" }: KeyRange): boolean {
  if (rangeEnd === "") return key === first;
  return compareKeys(key, first) >= 0 && (rangeEnd === FROM_KEY || compareKeys(key, rangeEnd) < 0);
}

/** Whether two ranges share a key. */
export function overlap(a: KeyRange, b: KeyRange): boolean {
  return !endsBefore(a, b.key) && !endsBefore(b, a.key);
}

/** Whether every key of the range comes before `key`. */
function endsBefore({ key: first, rangeEnd = "" }: KeyRange, key: string): boolean {
  if (rangeEnd === "") return compareKeys(first, key) < 0;
  return rangeEnd !== FROM_KEY && compareKeys(rangeEnd, key) <= 0;
}
