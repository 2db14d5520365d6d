/** What the store costs by its size. */
import { MvccStore } from "../../server/src/kv/store.js";
import { timed } from "./measure.js";

/** Keys of the stores that are measured. */
export const SIZES = [1_000, 10_000, 100_000, 1_000_000] as const;

/** Operations of which one is the mean; whole-store work is done once. */
const OPERATIONS = 20_000;
const READ = 100;
/** Small stores are made and gone through so often that together they have so many keys. */
const AT_LEAST = 100_000;
/** Steps through the keys that touch all parts of a store: no common divisor with any size. */
const STRIDE = 7_919;

/** Microseconds of one operation each, for a store of so many keys with one change each; and its memory. */
export interface StoreFigures {
  readonly keys: number;
  /** Mean over the growth to this size. */
  readonly putNew: number;
  readonly putExisting: number;
  readonly get: number;
  /** Of 100 pairs. */
  readonly range: number;
  readonly prefixCount: number;
  readonly clone: number;
  /** The first change after a clone, which copies what it changes. */
  readonly putAfterClone: number;
  /** For each key, of which at least two changes are kept. */
  readonly compact: number;
  /** For each key, with as many changes. */
  readonly hashKv: number;
  /** Without the text of the keys. */
  readonly bytesPerKey: number;
}

/** The key with this number: 16 characters, in directories of a thousand. */
function key(number: number): string {
  return `/dir/${String(Math.floor(number / 1000)).padStart(5, "0")}/${String(number % 1000).padStart(4, "0")}`;
}

function microseconds(operations: number, work: (operation: number) => void): number {
  const { seconds } = timed(() => {
    for (let operation = 0; operation < operations; operation += 1) work(operation);
  });
  return (seconds * 1_000_000) / operations;
}

/** Measures a store of `keys` keys. `heapBytes` collects garbage first. */
export function measureStore(keys: number, heapBytes: () => number): StoreFigures {
  const names = Array.from({ length: keys }, (_, number) => key(number));
  const any = (operation: number): string => names[(operation * STRIDE) % keys] ?? "";
  const rounds = Math.ceil(AT_LEAST / keys);
  const empty = heapBytes();
  const stores = Array.from({ length: rounds }, () => new MvccStore());
  const store = stores[0] ?? new MvccStore();
  // In no order, as clients come.
  const putNew = microseconds(keys * rounds, (operation) =>
    put(stores[Math.floor(operation / keys)] ?? store, any(operation), "value-0"),
  );
  const bytesPerKey = (heapBytes() - empty) / (keys * rounds);
  if (store.size !== keys) throw new Error(`the store has ${store.size} keys, not ${keys}`);

  const get = microseconds(OPERATIONS, (operation) => store.get(any(operation)));
  const range = microseconds(OPERATIONS / READ, (operation) =>
    store.range({ kind: "range", key: any(operation), rangeEnd: "\0", limit: READ }),
  );
  const prefixCount = microseconds(OPERATIONS, (operation) =>
    store.range({ kind: "range", key: any(operation), rangeEnd: "/dir0", countOnly: true }),
  );
  const putExisting = microseconds(OPERATIONS, (operation) => put(store, any(operation), "value-1"));
  const clone = microseconds(OPERATIONS, () => store.clone());
  const putAfterClone = microseconds(1_000, (operation) => {
    store.clone();
    put(store, any(operation), "value-2");
  });
  for (let operation = 0; operation < keys; operation += 1) put(store, any(operation), "value-3");
  const hashKv = microseconds(rounds, () => store.hashKv(0)) / keys;
  const compact = microseconds(rounds, () => store.clone().compact(store.revision)) / keys;
  return { keys, putNew, putExisting, get, range, prefixCount, clone, putAfterClone, compact, hashKv, bytesPerKey };
}

function put(store: MvccStore, name: string, value: string): void {
  store.put(name, value, 0);
  store.commit();
}
