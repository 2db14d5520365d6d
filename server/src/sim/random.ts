import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

/**
 * A stream of randomness with a name. Every consumer (each server, the network, each disk, each client, the
 * nemesis) has its own, so that adding one does not shift the others.
 */
export class RandomStream {
  readonly #generator: RandomGenerator;

  private constructor(generator: RandomGenerator) {
    this.#generator = generator;
  }

  /** The stream that belongs to `seed` (any integer) and `name`. */
  static of(seed: number, name: string): RandomStream {
    const low = seed >>> 0;
    const high = Math.floor(seed / 0x1_0000_0000) >>> 0;
    const state: number[] = [];
    for (let word = 0; word < 4; word += 1) {
      let hash = mix(mix(0x9e3779b9 + word, low), high);
      for (let position = 0; position < name.length; position += 1) hash = mix(hash, name.charCodeAt(position));
      state.push(hash);
    }
    // The generator's state must not be all zero.
    state[0] = (state[0] ?? 0) | 1;
    return new RandomStream(xoroshiro128plusFromState(state));
  }

  /** A fraction in [0, 1). */
  fraction(): number {
    return (this.#generator.next() >>> 0) / 0x1_0000_0000;
  }

  /** An integer in `min`..`max`, both inclusive. The span must be below 2^32. */
  integer(min: number, max: number): number {
    return max > min ? min + Math.floor(this.fraction() * (max - min + 1)) : min;
  }

  /** True with probability `chance` (0..1). Draws nothing for 0 or less. */
  chance(chance: number): boolean {
    return chance > 0 && this.fraction() < chance;
  }

  /** An independent copy that continues with the same numbers. */
  clone(): RandomStream {
    return new RandomStream(this.#generator.clone());
  }
}

/** MurmurHash3's step and a final avalanche: neighbouring seeds and names give unrelated streams. */
function mix(hash: number, word: number): number {
  let k = Math.imul(word, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  let h = hash ^ Math.imul(k, 0x1b873593);
  h = (h << 13) | (h >>> 19);
  h = (Math.imul(h, 5) + 0xe6546b64) | 0;
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
