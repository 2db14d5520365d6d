import type { Bits } from "../bits.js";

/**
 * The configurations that a search has been in: the state, the operations placed, and the ones of unknown outcome used. A new one is
 * also refused when an earlier one had used no more of these: whatever the new one could still do, the earlier one could as well.
 */
export class Configurations {
  readonly #used = new Map<string, Int32Array[]>();
  #count = 0;

  /** How many are kept. */
  get count(): number {
    return this.#count;
  }

  /** Adds one; false when it, or one that can do all that it can, is known. `under` tells apart what the sets do not. */
  add(state: number, under: string, closed: Bits, open: Bits): boolean {
    // All operations before the first one missing are placed: only the words from there on differ.
    const first = closed.firstMissing >>> 5;
    const words = closed.words.subarray(first, (closed.end >>> 5) + 1);
    const name = `${state} ${under} ${first} ${words.join(" ")}`;
    const known = this.#used.get(name);
    if (known?.some((used) => isPart(used, open.words))) return false;
    const used = open.words.slice();
    if (known === undefined) this.#used.set(name, [used]);
    else known.push(used);
    this.#count += 1;
    return true;
  }
}

/** Whether every member of the first set is one of the second. */
function isPart(words: Int32Array, of: Int32Array): boolean {
  return words.every((word, at) => (word & ~(of[at] ?? 0)) === 0);
}
