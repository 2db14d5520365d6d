import { type ModelState, sameState, stateHash } from "./state.js";

/** The states that a search has met: equal ones are one object, with one number. */
export class States {
  readonly #byHash = new Map<number, ModelState[]>();
  readonly #numbers = new Map<ModelState, number>();

  /** How many different ones there are. */
  get count(): number {
    return this.#numbers.size;
  }

  /** The one object for a state. */
  intern(state: ModelState): ModelState {
    if (this.#numbers.has(state)) return state;
    const hash = stateHash(state);
    const alike = this.#byHash.get(hash);
    const known = alike?.find((other) => sameState(other, state));
    if (known !== undefined) return known;
    if (alike === undefined) this.#byHash.set(hash, [state]);
    else alike.push(state);
    this.#numbers.set(state, this.#numbers.size);
    return state;
  }

  /** The number of a state that was interned. */
  number(state: ModelState): number {
    return this.#numbers.get(state) ?? -1;
  }
}
