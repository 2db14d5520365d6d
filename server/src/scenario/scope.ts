import type { EndpointId } from "../sim/config.js";

/** What a `let` name stands for. */
export type Binding =
  | { readonly kind: "servers"; readonly servers: readonly EndpointId[] }
  | { readonly kind: "value"; readonly value: Value };

/** What a handle (`as w1`) stands for. */
export type Handle =
  | { readonly kind: "operation"; readonly number: number }
  | { readonly kind: "watch"; readonly number: number; readonly client: EndpointId }
  | { readonly kind: "hold"; readonly fault: number }
  | { readonly kind: "task"; readonly task: { readonly done: boolean } };

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

/** Says why there is no value. */
export function unresolved(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}
