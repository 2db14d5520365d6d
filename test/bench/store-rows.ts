/** The figures on the store, its leases and watches as rows of the report. */
import { measureLeases } from "./leases.js";
import { measureStore, SIZES, type StoreFigures } from "./store.js";
import { measureWatchers } from "./watchers.js";

/** A row: `ratio` as in the report. */
export interface StoreRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly ratio: number | null;
  readonly aim: string;
}

const FIELDS = [
  ["putNew", "put of a new key"],
  ["putExisting", "put of an existing key"],
  ["get", "get"],
  ["range", "range of 100 pairs"],
  ["prefixCount", "count of a prefix"],
  ["clone", "clone, as for a snapshot"],
  ["putAfterClone", "put after a clone"],
  ["compact", "compaction, for each key"],
  ["hashKv", "HashKV, for each key"],
  ["bytesPerKey", "memory for each key"],
] as const satisfies readonly (readonly [keyof StoreFigures, string])[];

/** Measures and tells each row as soon as it is known. */
export function addStoreRows(add: (row: StoreRow) => void, heapBytes: () => number, quick: boolean): void {
  // Once without looking: what is measured is compiled code.
  measureStore(1_000, heapBytes);
  measureStore(10_000, heapBytes);
  const sizes = quick ? SIZES.slice(0, 3) : SIZES;
  const all = sizes.map((keys) => measureStore(keys, heapBytes));
  const row = (name: string, value: number, unit: string): void => add({ name, value, unit, ratio: null, aim: "" });
  const size = (keys: number): string => keys.toLocaleString("en-US");
  for (const [field, name] of FIELDS) {
    for (const figures of all) {
      const unit = field === "bytesPerKey" ? "bytes" : "µs";
      row(`store of ${size(figures.keys)} keys: ${name}`, figures[field], unit);
    }
  }
  const [small, large] = [all[0], all.at(-1)];
  if (small !== undefined && large !== undefined) {
    const between = `${size(large.keys)} keys to ${size(small.keys)}`;
    for (const [field, name] of FIELDS.slice(0, 3)) row(`${name}, ${between}`, large[field] / small[field], "times");
  }

  const leases = measureLeases(quick ? 1_000 : 10_000);
  const of = `3 servers, ${size(leases.leases)} leases`;
  row(`${of}: grant`, leases.grant, "µs");
  row(`${of}: keep-alive`, leases.keepAlive, "µs");
  row(`${of}: expiry`, leases.expiry, "µs");
  row(`${of}: all expired after`, leases.expirySeconds, "s of theirs");
  const watches = measureWatchers(1_000, quick ? 5 : 20);
  row(`3 servers, ${size(watches.watchers)} watches: opening one`, watches.open, "µs");
  row(`3 servers, ${size(watches.watchers)} watches: an event to one`, watches.event, "µs");
}
