/** Castagnoli's polynomial, bits reversed. */
const POLYNOMIAL = 0x82f63b78;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit += 1) {
    remainder = (remainder & 1) === 1 ? (remainder >>> 1) ^ POLYNOMIAL : remainder >>> 1;
  }
  return remainder;
});

/** CRC-32C (RFC 3720 §12.1) of bytes that come one after the other. */
export class Crc32c {
  #state = 0xffffffff;

  /** Adds one byte. */
  byte(value: number): void {
    this.#state = (this.#state >>> 8) ^ (TABLE[(this.#state ^ value) & 0xff] ?? 0);
  }

  /** Adds bytes. */
  bytes(values: Uint8Array): void {
    let state = this.#state;
    for (const value of values) state = (state >>> 8) ^ (TABLE[(state ^ value) & 0xff] ?? 0);
    this.#state = state;
  }

  /** The checksum so far, as an unsigned number. */
  get value(): number {
    return ~this.#state >>> 0;
  }
}
