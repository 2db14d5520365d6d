/**
 * What the Keys and Watches views and the hovers show: the key-value state at a session's cursor, in pages. Nothing here grows with the
 * size of a store or the length of a run.
 */
import type { EventId } from "./session.js";

/** A live key. */
export interface KeyValueView {
  readonly key: string;
  readonly value: string;
  readonly createRevision: number;
  readonly modRevision: number;
  readonly version: number;
  /** The id of its lease in hexadecimal digits, as etcd writes it; `null` for none. */
  readonly lease: string | null;
}

/** A lease as one server knows it. */
export interface LeaseView {
  /** Hexadecimal digits, as etcd writes it. */
  readonly id: string;
  /** Granted, in seconds. */
  readonly ttl: number;
  /** What is left by the server's own clock, in microseconds, negative when it is over; `null` at a server that does not count: for it leases last for ever. */
  readonly remainingUs: number | null;
  /** The keys that hang on it, in key order, at most 20. */
  readonly keys: readonly string[];
  readonly moreKeys: number;
}

/** What stands below a prefix: a key, or all keys up to the next `/`. A leading `/` opens no level of its own. */
export type KeyChildView =
  /** `value` is cut at 10,000 characters; `moreCharacters` are left out. */
  | ({ readonly kind: "key"; readonly moreCharacters: number } & KeyValueView)
  | { readonly kind: "prefix"; readonly prefix: string; readonly count: number };

/** One level of a server's keys. */
export interface KeysView {
  /** Whose store it is. */
  readonly server: string;
  readonly revision: number;
  /** -1 before the first compaction. */
  readonly compactRevision: number;
  readonly prefix: string;
  /** Living keys that begin with the prefix. */
  readonly count: number;
  /** In key order. */
  readonly children: readonly KeyChildView[];
  /** There are children behind the last one: ask again with its key or prefix as `after`. */
  readonly more: boolean;
}

/** One change of a key. */
export interface KeyRevisionView {
  readonly type: "put" | "delete";
  readonly revision: number;
  readonly createRevision: number;
  /** Puts since creation; 0 for a deletion. */
  readonly version: number;
  /** Cut at 10,000 characters; `moreCharacters` are left out. */
  readonly value: string;
  readonly moreCharacters: number;
  readonly lease: string | null;
  /** The event that wrote it: the first at which a server applied it; `null` where nothing recorded did. */
  readonly eventId: EventId | null;
  readonly timeUs: number | null;
  /** The scenario line that wrote it, or `null`; a live cluster has none. */
  readonly line: number | null;
}

/** What is kept of a key's past, newest first. */
export interface KeyHistoryView {
  readonly server: string;
  readonly key: string;
  /** The store's revision. */
  readonly revision: number;
  readonly compactRevision: number;
  /** Whether the key lives. */
  readonly live: boolean;
  readonly revisions: readonly KeyRevisionView[];
  /** There are older ones: ask again with `before`. */
  readonly more: boolean;
}

/** A change that a watch received. */
export interface WatchChangeView {
  readonly type: "put" | "delete";
  readonly key: string;
  readonly value: string;
  readonly revision: number;
  /** Puts since creation; 0 for a deletion. */
  readonly version: number;
  readonly lease: string | null;
  /** The value before, where the watch asked for it and there was one. */
  readonly previous: string | null;
  /** When the client received it. */
  readonly timeUs: number;
  readonly eventId: EventId;
  /** The event that wrote the revision. */
  readonly writtenBy: EventId | null;
}

/** How a watch ended. */
export interface WatchEndView {
  /** etcd's error as the language writes it, `compacted`; `null`: its client ended it, or crashed. */
  readonly error: string | null;
  /** For `compacted`: where history begins; otherwise 0. */
  readonly compactRevision: number;
  readonly timeUs: number;
  readonly eventId: EventId;
}

/** A watch at the cursor, as its client sees it. */
export interface WatchView {
  /** From 1, in the order of creation. */
  readonly number: number;
  readonly name: string;
  readonly client: string;
  /** `/config/ prefix` */
  readonly keys: string;
  /** `watch /config/ prefix from rev 3 prev-kv` */
  readonly request: string;
  /** `connecting`: its server has not answered yet, or it looks for another one. */
  readonly state: "connecting" | "active" | "ended";
  /** The server that it is connected to, or was last. */
  readonly server: string | null;
  /** The event that opened it. */
  readonly eventId: EventId;
  /** The newest revision that it is known to have reached; 0 for none. */
  readonly revision: number;
  readonly end: WatchEndView | null;
  /** Changes received so far. */
  readonly received: number;
  /** The newest of them, newest first. */
  readonly changes: readonly WatchChangeView[];
}

/** The watches of a session at its cursor. */
export interface WatchesView {
  /** In the order of creation, at most 200: the newest. */
  readonly watches: readonly WatchView[];
  /** Older ones that are left out. */
  readonly moreWatches: number;
}

/** A name that steps on a live cluster may use: `as w1`, `lease grant l1`. */
export interface StepNameView {
  readonly name: string;
  readonly kind:
    | "operation"
    | "block"
    | "watch"
    | "workload"
    | "nemesis"
    | "hold"
    | "lock"
    | "campaign"
    | "observe"
    | "lease";
  /** What it stands for is over: a watch that ended, a lease that is gone, a lock that was released. */
  readonly over: boolean;
}
