import type { LeaseId, Revision } from "../kv/request.js";
import type { EndpointId } from "../sim/config.js";
import type { Answer, Asked } from "./clients/answer.js";

/** What a `let` name stands for. */
export type Binding =
  | { readonly kind: "servers"; readonly servers: readonly EndpointId[] }
  | { readonly kind: "value"; readonly value: Value };

/** What a handle (`as w1`) stands for. */
export type Handle =
  | { readonly kind: "operation"; readonly number: number; readonly asked: Asked }
  | { readonly kind: "watch"; readonly number: number; readonly client: EndpointId }
  | { readonly kind: "hold"; readonly fault: number }
  | { readonly kind: "task"; readonly task: { readonly done: boolean } }
  | { readonly kind: "lease"; readonly lease: RunningLease }
  /** A lock or an election. */
  | { readonly kind: "owned"; readonly owned: Ownership }
  | { readonly kind: "observation"; readonly observation: Observation };

/** A lease as the client knows it that asked for it. */
export interface RunningLease {
  readonly client: EndpointId;
  /** `null` until it was granted. */
  id: LeaseId | null;
  /** Seconds, as granted. */
  ttl: number;
  /** By the client's reckoning: a time to live after the newest renewal it was told of. */
  lastsUntilUs: number;
  /** The client was told that there is no such lease any more, or revoked it. */
  gone: boolean;
  /** Counts who renews it in the background: only the newest goes on. */
  renewals: number;
}

/** A lock's or an election's key as the client knows it that asked for it (clientv3/concurrency). */
export interface Ownership {
  readonly client: EndpointId;
  /** `NAME/` and what comes behind is one queue. */
  readonly prefix: string;
  key: string;
  /** The key's create revision: the fencing token. 0 until it was acquired. */
  token: Revision;
  lease: RunningLease | null;
  /** Whether the lease was made for it, and ends with it. */
  ownLease: boolean;
  released: boolean;
  /** What goes on beside the steps: being acquired, released or proclaimed by an `async` step. */
  pending: PendingAnswer | null;
}

/** A step under way that takes several requests. */
export interface PendingAnswer {
  readonly task: { readonly done: boolean };
  readonly text: string;
  readonly answer: () => Answer | null;
}

/** What `observe` has told so far. */
export interface Observation {
  readonly values: string[];
  stopped: boolean;
}

/** A value of the language at run time; `null` is `none`. Servers are a set, in ascending order. */
export type Value = number | string | null | readonly Value[] | { readonly servers: readonly EndpointId[] };

/** Names bound while a scenario runs. Scenarios have one flat scope. */
export class Scope {
  readonly bindings = new Map<string, Binding>();
  readonly handles = new Map<string, Handle>();
}

/** A value, or why there is none. */
export type Resolved<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

/** Wraps a value. */
export function resolved<T>(value: T): Resolved<T> {
  return { ok: true, value };
}

/** Says why there is no value. A text that costs something, where conditions are looked at again and again, is made when it is read. */
export function unresolved(message: string | (() => string)): { readonly ok: false; readonly message: string } {
  if (typeof message === "string") return { ok: false, message };
  return {
    ok: false,
    get message() {
      return message();
    },
  };
}
