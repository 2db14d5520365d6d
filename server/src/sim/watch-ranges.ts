import { compareKeys } from "../kv/key-order.js";
import { FROM_KEY } from "../kv/key-range.js";
import type { KeyRange } from "../kv/request.js";

/** A range that has an end, with what lies on it. */
interface Interval<T> {
  readonly key: string;
  /** `null`: open to above. */
  readonly end: string | null;
  readonly values: T[];
}

/**
 * Values by the keys or ranges they concern (etcd: mvcc/watcher_group.go): those of one key in a map, those of ranges in an
 * interval tree, so that finding who is concerned by a key costs a logarithm and the found ones, not a look at all.
 */
export class RangeIndex<T> {
  readonly #keys = new Map<string, T[]>();
  readonly #ranges = new Map<string, Interval<T>>();
  /** The ranges by their first key, and the largest end below each node of the tree that they make; `null` when out of date. */
  #tree: { readonly intervals: readonly Interval<T>[]; readonly ends: readonly (string | null)[] } | null = null;

  /** Adds a value for a range. */
  add(range: KeyRange, value: T): void {
    const { key, rangeEnd = "" } = range;
    if (rangeEnd === "") {
      const found = this.#keys.get(key);
      if (found === undefined) this.#keys.set(key, [value]);
      else found.push(value);
      return;
    }
    const name = nameOf(key, rangeEnd);
    const found = this.#ranges.get(name);
    if (found !== undefined) {
      found.values.push(value);
      return;
    }
    this.#ranges.set(name, { key, end: rangeEnd === FROM_KEY ? null : rangeEnd, values: [value] });
    this.#tree = null;
  }

  /** Takes out a value that was added for this range. */
  remove(range: KeyRange, value: T): void {
    const { key, rangeEnd = "" } = range;
    const name = nameOf(key, rangeEnd);
    const values = rangeEnd === "" ? this.#keys.get(key) : this.#ranges.get(name)?.values;
    const at = values?.indexOf(value) ?? -1;
    if (values === undefined || at < 0) return;
    values.splice(at, 1);
    if (values.length > 0) return;
    if (rangeEnd === "") this.#keys.delete(key);
    else {
      this.#ranges.delete(name);
      this.#tree = null;
    }
  }

  /** Calls `found` with every value whose range holds `key`, in no particular but always the same order. */
  at(key: string, found: (value: T) => void): void {
    for (const value of this.#keys.get(key) ?? []) found(value);
    if (this.#ranges.size === 0) return;
    this.#tree ??= treeOf([...this.#ranges.values()]);
    const { intervals, ends } = this.#tree;
    const search = (low: number, high: number): void => {
      if (low >= high) return;
      const middle = (low + high) >>> 1;
      const interval = intervals[middle];
      if (interval === undefined || !reaches(ends[middle] ?? null, key)) return;
      search(low, middle);
      if (compareKeys(interval.key, key) > 0) return;
      if (reaches(interval.end, key)) for (const value of interval.values) found(value);
      search(middle + 1, high);
    };
    search(0, intervals.length);
  }
}

function nameOf(key: string, rangeEnd: string): string {
  return `${key.length} ${key}${rangeEnd}`;
}

/** Whether an end lies behind `key`. */
function reaches(end: string | null, key: string): boolean {
  return end === null || compareKeys(key, end) < 0;
}

/** The middle of each part of the sorted ranges is the root of the tree of that part. */
function treeOf<T>(intervals: Interval<T>[]): {
  readonly intervals: readonly Interval<T>[];
  readonly ends: readonly (string | null)[];
} {
  intervals.sort((a, b) => compareKeys(a.key, b.key) || compareKeys(a.end ?? "", b.end ?? ""));
  const ends: (string | null)[] = intervals.map(() => "");
  const fill = (low: number, high: number): string | null => {
    if (low >= high) return "";
    const middle = (low + high) >>> 1;
    const own = intervals[middle]?.end ?? null;
    const end = later(own, later(fill(low, middle), fill(middle + 1, high)));
    ends[middle] = end;
    return end;
  };
  fill(0, intervals.length);
  return { intervals, ends };
}

function later(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return null;
  return compareKeys(a, b) >= 0 ? a : b;
}
