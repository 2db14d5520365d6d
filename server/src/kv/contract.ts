/**
 * The replicated state machine's contract: commands in, answers and changes out, etcd's data model.
 * Knows nothing of Raft.
 */

/** Store revision (etcd): 1 is the empty store, each write adds exactly 1. */
export type Revision = number;

/** A key with its value and etcd's bookkeeping. Immutable; `previous` makes the history of the key. */
export interface KeyValue {
  readonly key: string;
  readonly value: string;
  readonly createRevision: Revision;
  readonly modRevision: Revision;
  /** Puts since creation, 1 first. */
  readonly version: number;
}

/** A change, as a watcher sees it. A delete's `kv` has only key and modRevision of meaning (value "", version 0). */
export interface KvEvent {
  readonly type: "put" | "delete";
  readonly kv: KeyValue;
  readonly previous: KeyValue | null;
}

/** A write, replicated through the log. */
export type KvWrite =
  | { readonly kind: "put"; readonly key: string; readonly value: string }
  | { readonly kind: "delete"; readonly key: string; readonly prefix: boolean }
  | { readonly kind: "cas"; readonly key: string; readonly expected: string; readonly value: string };

/** A read of a store. `revision` 0 is the current one. */
export interface KvRead {
  readonly kind: "get";
  readonly key: string;
  readonly prefix: boolean;
  readonly revision: Revision;
}

/**
 * etcd's errors in kebab-case, as the scenario language writes them. `request-superseded` is the session's: the
 * request is older than the newest one executed for its client, so that it is not executed and its answer is gone
 * (dissertation §6.3); a client with one request outstanding never reads it.
 */
export type KvError = "compacted" | "future-revision" | "key-empty" | "request-superseded";

/**
 * The answer to a write or read; `revision` is the store's after it (the response header's). `previous` and `actual`
 * are the pair before the request, `null` when there was none.
 */
export type KvResult =
  | { readonly kind: "put"; readonly revision: Revision; readonly previous: KeyValue | null }
  | { readonly kind: "delete"; readonly revision: Revision; readonly deleted: number }
  | { readonly kind: "cas"; readonly revision: Revision; readonly succeeded: boolean; readonly actual: KeyValue | null }
  | { readonly kind: "get"; readonly revision: Revision; readonly kvs: readonly KeyValue[] }
  | { readonly kind: "error"; readonly revision: Revision; readonly error: KvError };

/** The multi-version store of one server. */
export interface KvStore {
  readonly revision: Revision;
  /** Live keys. */
  readonly size: number;
  /** A 32-bit digest of all changes so far: stores of one revision that differ have different ones, but for chance. */
  readonly hash: number;
  /** An estimate of the store's size when written out, its history included. */
  readonly bytes: number;
  /** Applies a write; the events of its revision (empty when nothing changed) go to `events`, which is appended to. */
  write(command: KvWrite, events: KvEvent[]): KvResult;
  read(query: KvRead): KvResult;
  get(key: string): KeyValue | null;
  /** Live pairs in key order. */
  entries(): readonly KeyValue[];
  /** Events with revision >= `from` that touch `key` (or its prefix), in order. For watches that begin in the past. */
  eventsSince(from: Revision, key: string, prefix: boolean): readonly KvEvent[];
  /** An independent copy; history is shared. Cheap enough for a checkpoint every few thousand events. */
  clone(): KvStore;
}
