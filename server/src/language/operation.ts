/**
 * What clients do, as a checked program holds it: operations with etcd's meaning, and the results stated for them. A part
 * of the contract in program.ts.
 */
import type { Comparison, Micros, Operand, Selector, Span } from "./program.js";

/** A client's operation with what is expected of it. */
export interface Invoke {
  readonly span: Span;
  /** The client's name; the cluster's first when none was written. */
  readonly client: string;
  readonly operation: Operation;
  /** `at NODE`: ask that server and no other. */
  readonly at: Selector | null;
  /** `=> RESULT`; `null` accepts any definite answer. */
  readonly expected: ExpectedResult | null;
  /** `async … as NAME`: does not wait. */
  readonly handle: string | null;
  readonly async: boolean;
}

/** Which keys: one, all that begin with it, those up to (without) `end`, or all from it on. */
export type Keys =
  | { readonly kind: "one"; readonly key: string }
  | { readonly kind: "prefix"; readonly key: string }
  | { readonly kind: "to"; readonly key: string; readonly end: string }
  | { readonly kind: "from"; readonly key: string };

/** A read with all that etcd's range has. */
export interface Get {
  readonly kind: "get";
  readonly keys: Keys;
  readonly serializable: boolean;
  readonly rev: number | null;
  readonly limit: number | null;
  /** `order descend by mod`. */
  readonly order: "ascend" | "descend" | null;
  readonly by: "key" | "version" | "create" | "mod" | "value" | null;
  readonly keysOnly: boolean;
  readonly countOnly: boolean;
  readonly minMod: number | null;
  readonly maxMod: number | null;
  readonly minCreate: number | null;
  readonly maxCreate: number | null;
}

/** A write of one key. `value` is `null` with `ignore-value`, which keeps the old one. */
export interface Put {
  readonly kind: "put";
  readonly key: string;
  readonly value: Operand | null;
  /** The name of a lease, a lock or an election's handle, whose lease it takes. */
  readonly lease: string | null;
  readonly ignoreLease: boolean;
  /** `prev-kv`: the answer is the value before. */
  readonly prevKv: boolean;
}

/** A deletion. */
export interface Delete {
  readonly kind: "delete";
  readonly keys: Keys;
  readonly prevKv: boolean;
}

/** `txn { if COMPARE and COMPARE then OPERATION, … else OPERATION, … }`. */
export interface Txn {
  readonly kind: "txn";
  readonly compares: readonly TxnCompare[];
  readonly success: readonly TxnOperation[];
  readonly failure: readonly TxnOperation[];
}

/** What a transaction's branches hold. */
export type TxnOperation = Get | Put | Delete | Txn;

/** One compare of a transaction. `owner k1` holds while the lock's or the election's key is the one that was acquired. */
export type TxnCompare =
  | {
      readonly kind: "compare";
      readonly keys: Keys;
      readonly target: "value" | "version" | "create" | "mod" | "lease";
      readonly operator: Exclude<Comparison, "in" | "<=" | ">=">;
      /** For the target `lease`: the name of a lease as a word, or 0. */
      readonly operand: Operand;
      readonly span: Span;
    }
  | { readonly kind: "owner"; readonly handle: string; readonly span: Span };

/** An operation of a client. */
export type Operation =
  | Get
  | Put
  | Delete
  | Txn
  | { readonly kind: "cas"; readonly key: string; readonly expected: Operand; readonly value: Operand }
  | { readonly kind: "compact"; readonly rev: number; readonly physical: boolean }
  // Leases
  | {
      readonly kind: "lease-grant";
      readonly lease: string;
      readonly ttl: Micros;
      /** `id N`; `null` lets the server choose. */
      readonly id: number | null;
    }
  /** `every D`: goes on in the background until it is stopped, the lease is gone or the client is down. */
  | { readonly kind: "lease-keepalive"; readonly lease: string; readonly every: Micros | null }
  /** `lease stop l1`: the client renews it no more. No request. */
  | { readonly kind: "lease-revoke"; readonly lease: string }
  | { readonly kind: "lease-stop"; readonly lease: string }
  | { readonly kind: "lease-ttl"; readonly lease: string; readonly keys: boolean }
  | { readonly kind: "lease-list" }
  // Watches
  | {
      readonly kind: "watch";
      readonly keys: Keys;
      readonly fromRev: number | null;
      readonly prevKv: boolean;
      /** Events of this type are left out (etcd's NOPUT, NODELETE). */
      readonly without: "put" | "delete" | null;
      /** `progress`: notifications while nothing happens. */
      readonly progress: boolean;
      readonly fragment: boolean;
      /** `require-leader`: ends when the server knows no leader. */
      readonly requireLeader: boolean;
      readonly handle: string;
    }
  | { readonly kind: "unwatch"; readonly handle: string }
  /** `progress w`: asks how far the watch's stream has come. */
  | { readonly kind: "progress"; readonly handle: string }
  // Locks and elections (etcd: clientv3/concurrency)
  | ({ readonly kind: "lock"; readonly name: string; readonly handle: string } & SessionClauses)
  | { readonly kind: "unlock"; readonly handle: string }
  | ({
      readonly kind: "campaign";
      readonly name: string;
      readonly value: Operand;
      readonly handle: string;
    } & SessionClauses)
  | { readonly kind: "proclaim"; readonly handle: string; readonly value: Operand }
  | { readonly kind: "resign"; readonly handle: string }
  | { readonly kind: "elected"; readonly name: string }
  | { readonly kind: "observe"; readonly name: string; readonly handle: string }
  // Cluster and maintenance
  | { readonly kind: "status" | "members" | "alarm-list" | "defragment" }
  | { readonly kind: "hashkv"; readonly rev: number | null }
  | { readonly kind: "alarm-disarm"; readonly member: string | null };

/** A lock's or election's session: the TTL of a lease of its own (60 s), or a lease that is there. */
export interface SessionClauses {
  readonly ttl: Micros | null;
  readonly lease: string | null;
  /** How long to wait for it at most; `null`: `client-timeout`, and without limit where it is `async`. */
  readonly within: Micros | null;
}

/** What may stand behind a value or `ok`: revisions and counts that must be so. `rev` of `ok` is the answer's, of a value the pair's. */
export interface ExpectedRevisions {
  readonly rev: number | null;
  readonly create: number | null;
  readonly version: number | null;
}

/** One alternative after `=>`. */
export type ExpectedOutcome =
  /** A value; a number stands for a count, a hash or a value of digits. */
  | ({ readonly kind: "value"; readonly value: Operand } & ExpectedRevisions)
  /** `["a" "b"]`: the values read, in order. */
  | { readonly kind: "values"; readonly values: readonly Operand[] }
  | { readonly kind: "ok"; readonly rev: number | null }
  | { readonly kind: "none" | "failed" | "timeout" }
  /** A time to live: at least and at most. */
  | { readonly kind: "ttl"; readonly min: Micros; readonly max: Micros }
  /** `error compacted`: etcd's error in kebab-case. */
  | { readonly kind: "error"; readonly error: string };

/** The alternatives after `=>`, joined by `|`. */
export interface ExpectedResult {
  readonly span: Span;
  readonly outcomes: readonly ExpectedOutcome[];
}

/** One element of `expect w saw [put color "red" rev 2]`. */
export interface ExpectedWatchEvent {
  readonly span: Span;
  readonly type: "put" | "delete";
  readonly key: string;
  readonly value: string | null;
  readonly rev: number | null;
  /** `prev "old"`; `null` where it is not stated. */
  readonly prev: string | null;
}
