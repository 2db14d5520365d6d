import { Change } from "./change.js";
import { changeHash } from "./change-hash.js";
import type { KeyValue, KvError, KvEvent, KvRead, KvResult, KvStore, KvWrite, Revision } from "./contract.js";
import { keyMatches } from "./key-order.js";
import { OrderedMap } from "./ordered-map.js";
import { SharedList } from "./shared-list.js";

/** The revision of a store that nothing was written to (etcd: mvcc/kvstore.go, NewStore). */
const EMPTY_REVISION: Revision = 1;

/** Revisions and version of a change, when written out. */
const CHANGE_BYTES = 24;

/**
 * etcd's multi-version store: every key with all its past, every change in order. Changes are immutable and shared
 * between clones, so that a clone costs the same however much was written.
 */
export class MvccStore implements KvStore {
  #revision: Revision = EMPTY_REVISION;
  #size = 0;
  #hash = 0;
  #bytes = 0;
  /** The newest change of every key that ever lived, deletions included: they answer reads at old revisions. */
  readonly #keys: OrderedMap<Change>;
  /** All changes in the order they happened. */
  readonly #changes: SharedList<Change>;

  /** An empty store, or an independent copy of `original`. */
  constructor(original: MvccStore | null = null) {
    this.#keys = original === null ? new OrderedMap() : original.#keys.clone();
    this.#changes = original === null ? new SharedList() : original.#changes.clone();
    if (original !== null) {
      this.#revision = original.#revision;
      this.#size = original.#size;
      this.#hash = original.#hash;
      this.#bytes = original.#bytes;
    }
  }

  get revision(): Revision {
    return this.#revision;
  }

  get size(): number {
    return this.#size;
  }

  get hash(): number {
    return this.#hash;
  }

  get bytes(): number {
    return this.#bytes;
  }

  write(command: KvWrite, events: KvEvent[]): KvResult {
    if (command.key === "") return this.#error("key-empty");
    switch (command.kind) {
      case "put": {
        const before = this.#keys.get(command.key) ?? null;
        this.#put(command.key, command.value, before, events);
        return { kind: "put", revision: this.#revision, previous: before?.live ?? null };
      }
      case "delete":
        return { kind: "delete", deleted: this.#delete(command.key, command.prefix, events), revision: this.#revision };
      case "cas": {
        const before = this.#keys.get(command.key) ?? null;
        const actual = before?.live ?? null;
        // etcd's VALUE compare never holds for a missing key, not even against the empty value.
        const succeeded = actual !== null && actual.value === command.expected;
        if (succeeded) this.#put(command.key, command.value, before, events);
        return { kind: "cas", revision: this.#revision, succeeded, actual };
      }
    }
  }

  read(query: KvRead): KvResult {
    if (query.key === "") return this.#error("key-empty");
    if (query.revision > this.#revision) return this.#error("future-revision");
    const at = query.revision <= 0 ? this.#revision : query.revision;
    const kvs: KeyValue[] = [];
    if (query.prefix) {
      this.#keys.scan(query.key, (key, change) => {
        if (!key.startsWith(query.key)) return false;
        const live = change.at(at)?.live ?? null;
        if (live !== null) kvs.push(live);
        return true;
      });
    } else {
      const live = this.#keys.get(query.key)?.at(at)?.live ?? null;
      if (live !== null) kvs.push(live);
    }
    return { kind: "get", revision: this.#revision, kvs };
  }

  get(key: string): KeyValue | null {
    return this.#keys.get(key)?.live ?? null;
  }

  entries(): readonly KeyValue[] {
    const pairs: KeyValue[] = [];
    this.#keys.scan("", (_key, change) => {
      const live = change.live;
      if (live !== null) pairs.push(live);
      return true;
    });
    return pairs;
  }

  /** The empty prefix means all keys, as etcd's watch has it. */
  eventsSince(from: Revision, key: string, prefix: boolean): readonly KvEvent[] {
    return prefix ? this.#eventsOfPrefix(from, key) : this.#eventsOfKey(from, key);
  }

  clone(): MvccStore {
    return new MvccStore(this);
  }

  #put(key: string, value: string, before: Change | null, events: KvEvent[]): void {
    this.#revision += 1;
    if ((before?.live ?? null) === null) this.#size += 1;
    this.#record(key, Change.put(key, value, this.#revision, before), events);
  }

  /** Deletes in key order within one revision; deleting nothing is no change (etcd: kvstore_txn.go, DeleteRange). */
  #delete(key: string, prefix: boolean, events: KvEvent[]): number {
    const found: Change[] = [];
    if (prefix) {
      this.#keys.scan(key, (candidate, change) => {
        if (!candidate.startsWith(key)) return false;
        if (change.live !== null) found.push(change);
        return true;
      });
    } else {
      const change = this.#keys.get(key);
      if (change !== undefined && change.live !== null) found.push(change);
    }
    if (found.length === 0) return 0;
    this.#revision += 1;
    this.#size -= found.length;
    for (const change of found) this.#record(change.kv.key, Change.remove(this.#revision, change), events);
    return found.length;
  }

  #record(key: string, change: Change, events: KvEvent[]): void {
    this.#keys.set(key, change);
    this.#changes.push(change);
    this.#hash = changeHash(this.#hash, change);
    this.#bytes += key.length + change.kv.value.length + CHANGE_BYTES;
    events.push(change);
  }

  #error(error: KvError): KvResult {
    return { kind: "error", revision: this.#revision, error };
  }

  #eventsOfKey(from: Revision, key: string): KvEvent[] {
    const events: KvEvent[] = [];
    let change = this.#keys.get(key) ?? null;
    while (change !== null && change.revision >= from) {
      events.push(change);
      change = change.before;
    }
    return events.reverse();
  }

  #eventsOfPrefix(from: Revision, prefix: string): KvEvent[] {
    const events: KvEvent[] = [];
    for (let position = this.#firstChangeAt(from); position < this.#changes.length; position += 1) {
      const change = this.#changes.at(position);
      if (change !== undefined && keyMatches(change.kv.key, prefix, true)) events.push(change);
    }
    return events;
  }

  /** Position of the first change whose revision is at least `from`. */
  #firstChangeAt(from: Revision): number {
    let low = 0;
    let high = this.#changes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#changes.at(middle)?.revision ?? 0) < from) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
