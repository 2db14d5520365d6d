/**
 * A running 64-bit hash of integers (two lanes of MurmurHash3's mixing): equal traces have equal hashes, on every
 * machine. Not cryptographic.
 */
export class TraceHash {
  #a = 0x2545f491;
  #b = 0x1b873593;

  /** Takes in one 32-bit integer. */
  word(value: number): void {
    const k = Math.imul(value, 0xcc9e2d51);
    const a = this.#a ^ Math.imul((k << 15) | (k >>> 17), 0x1b873593);
    this.#a = (Math.imul((a << 13) | (a >>> 19), 5) + 0xe6546b64) | 0;
    const b = (this.#b ^ value) + this.#a;
    this.#b = Math.imul((b << 11) | (b >>> 21), 0x9e3779b1);
  }

  /** Takes in an instant: an integer below 2^53. */
  time(value: number): void {
    this.word(value | 0);
    if (value >= 0x8000_0000) this.word(Math.floor(value / 0x1_0000_0000));
  }

  /** The hash of all words so far and their number: 16 hexadecimal digits. */
  digest(length: number): string {
    return avalanche(this.#a ^ length) + avalanche(this.#b ^ Math.imul(this.#a, 0x85ebca6b));
  }
}

function avalanche(value: number): string {
  let h = value ^ (value >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  h ^= h >>> 16;
  return (h >>> 0).toString(16).padStart(8, "0");
}
