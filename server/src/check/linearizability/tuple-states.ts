import { keyStep } from "./key-step.js";
import type { MemoryShare } from "./memory.js";
import type { Action } from "./operation.js";
import { REFUSED } from "./problem.js";
import { MISSING, type ValueId, type Values } from "./values.js";

/** About what an entry of a map takes, and a tuple besides its name and its values. */
const ENTRY_BYTES = 40;
const TUPLE_BYTES = 120;

/** States of several keys together, for partitions that a prefix has joined: tuples of values, numbered. */
export class TupleStates {
  /** The number of the state in which every key has the first value. */
  readonly initial: number;
  readonly #keys: readonly string[];
  readonly #values: Values;
  readonly #tuples: (readonly ValueId[])[] = [];
  readonly #ids = new Map<string, number>();
  readonly #share: MemoryShare;

  /** Tuples are charged to `share`. */
  constructor(keys: readonly string[], first: ValueId, values: Values, share: MemoryShare) {
    this.#share = share;
    this.#keys = keys;
    this.#values = values;
    this.initial = this.#id(keys.map(() => first));
  }

  /** An action's step from state to state; `seen` is whether its result must be what the client saw. */
  step(action: Action, seen: boolean): (state: number) => number {
    const step = this.#tupleStep(action, seen);
    const known = new Map<number, number>();
    return (state) => {
      let result = known.get(state);
      if (result === undefined) {
        const tuple = this.#tuples[state] ?? [];
        const next = step(tuple);
        result = next === null ? REFUSED : next === tuple ? state : this.#id(next);
        known.set(state, result);
        this.#share.take(ENTRY_BYTES);
      }
      return result;
    };
  }

  #tupleStep(action: Action, seen: boolean): (tuple: readonly ValueId[]) => readonly ValueId[] | null {
    switch (action.kind) {
      case "read-prefix": {
        const pairs = new Map(action.pairs);
        const wanted = this.#keys.map((key) => this.#values.id(pairs.get(key) ?? null));
        const concerned = this.#concerned(action.prefix);
        const complete = action.pairs.every(([key]) => this.#keys.includes(key) && key.startsWith(action.prefix));
        return (tuple) => (complete && concerned.every((at) => tuple[at] === wanted[at]) ? tuple : null);
      }
      case "delete-prefix": {
        const concerned = this.#concerned(action.prefix);
        const wanted = seen ? action.deleted : undefined;
        return (tuple) => {
          const live = concerned.filter((at) => tuple[at] !== MISSING);
          if (wanted !== undefined && live.length !== wanted) return null;
          return live.length === 0 ? tuple : tuple.map((value, at) => (live.includes(at) ? MISSING : value));
        };
      }
      default: {
        const position = this.#keys.indexOf(action.key);
        const step = keyStep(action, seen, this.#values);
        return (tuple) => {
          const before = tuple[position] ?? MISSING;
          const after = step(before);
          if (after === REFUSED) return null;
          return after === before ? tuple : tuple.map((value, at) => (at === position ? after : value));
        };
      }
    }
  }

  #concerned(prefix: string): number[] {
    return this.#keys.flatMap((key, at) => (key.startsWith(prefix) ? [at] : []));
  }

  #id(tuple: readonly ValueId[]): number {
    const name = tuple.join(",");
    let id = this.#ids.get(name);
    if (id === undefined) {
      id = this.#tuples.length;
      this.#share.take(TUPLE_BYTES + name.length + tuple.length * 8);
      this.#tuples.push(tuple);
      this.#ids.set(name, id);
    }
    return id;
  }
}
