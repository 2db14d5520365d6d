import type { Bits } from "./bits.js";
import type { MemoryShare } from "./memory.js";

const FIRST_POOL = 1 << 10;
const FIRST_TABLE = 1 << 8;
/** Words before the bit sets of a record: next record in its chain, hash, state, first word and number of words of the closed set. */
const HEADER = 5;

/**
 * The configurations that a search has been in: state, closed operations placed, open operations used. A new one is
 * also refused when an earlier one had the same state and closed operations and had used no more open ones: whatever
 * the new one could still do, the earlier one could as well.
 */
export class Visited {
  readonly #share: MemoryShare;
  #pool: Int32Array;
  #used = 1;
  #table: Int32Array;
  #count = 0;

  /** What it takes is charged to `share`; whoever adds must stop when that is exhausted. */
  constructor(share: MemoryShare) {
    this.#share = share;
    this.#pool = this.#words(FIRST_POOL);
    this.#table = this.#words(FIRST_TABLE);
  }

  /** Adds a configuration; false when it, or one that can do all that it can, is known. */
  add(hash: number, state: number, closed: Bits, open: Bits): boolean {
    // All operations before the first one missing are placed: only the words from there on differ.
    const first = closed.firstMissing >>> 5;
    const words = Math.max(0, ((closed.end + 32) >>> 5) - first);
    const slot = hash & (this.#table.length - 1);
    const pool = this.#pool;
    for (let at = this.#table[slot] ?? 0; at !== 0; at = pool[at] ?? 0) {
      if (
        pool[at + 1] === hash &&
        pool[at + 2] === state &&
        pool[at + 3] === first &&
        pool[at + 4] === words &&
        this.#dominates(at + HEADER, first, words, closed, open)
      ) {
        return false;
      }
    }
    this.#insert(hash, slot, state, first, words, closed, open);
    return true;
  }

  #dominates(at: number, first: number, words: number, closed: Bits, open: Bits): boolean {
    const pool = this.#pool;
    for (let word = 0; word < words; word += 1) {
      if (pool[at + word] !== closed.words[first + word]) return false;
    }
    for (let word = 0; word < open.words.length; word += 1) {
      if (((pool[at + words + word] ?? 0) & ~(open.words[word] ?? 0)) !== 0) return false;
    }
    return true;
  }

  #insert(hash: number, slot: number, state: number, first: number, words: number, closed: Bits, open: Bits): void {
    const at = this.#used;
    const size = HEADER + words + open.words.length;
    this.#used += size;
    if (this.#used > this.#pool.length) {
      const larger = this.#words(Math.max(this.#pool.length * 2, this.#used));
      larger.set(this.#pool);
      this.#share.give(this.#pool.byteLength);
      this.#pool = larger;
    }
    const pool = this.#pool;
    pool[at] = this.#table[slot] ?? 0;
    pool[at + 1] = hash;
    pool[at + 2] = state;
    pool[at + 3] = first;
    pool[at + 4] = words;
    for (let word = 0; word < words; word += 1) pool[at + HEADER + word] = closed.words[first + word] ?? 0;
    pool.set(open.words, at + HEADER + words);
    this.#table[slot] = at;
    this.#count += 1;
    if (this.#count > this.#table.length) this.#grow(open.words.length);
  }

  #grow(openWords: number): void {
    const table = this.#words(this.#table.length * 4);
    this.#share.give(this.#table.byteLength);
    const pool = this.#pool;
    for (let at = 1; at < this.#used; at += HEADER + (pool[at + 4] ?? 0) + openWords) {
      const slot = (pool[at + 1] ?? 0) & (table.length - 1);
      pool[at] = table[slot] ?? 0;
      table[slot] = at;
    }
    this.#table = table;
  }

  #words(count: number): Int32Array {
    this.#share.take(count * Int32Array.BYTES_PER_ELEMENT);
    return new Int32Array(count);
  }
}
