/** Numbers in a block, as a power of two. */
const BLOCK_AT = 13;
const BLOCK = 1 << BLOCK_AT;

/** A column of 32-bit integers that grows at its end; what is there is never copied. */
export class NumberColumn {
  readonly #blocks: Int32Array[] = [];
  #length = 0;

  /** How many there are. */
  get length(): number {
    return this.#length;
  }

  /** Bytes held, with room for those to come. */
  get bytes(): number {
    return this.#blocks.length * BLOCK * 4;
  }

  /** The number at a position; 0 beyond the end. */
  at(position: number): number {
    return this.#blocks[position >>> BLOCK_AT]?.[position & (BLOCK - 1)] ?? 0;
  }

  /** Adds one at the end. */
  push(value: number): void {
    const position = this.#length;
    const block = this.#blocks[position >>> BLOCK_AT] ?? this.#grow();
    block[position & (BLOCK - 1)] = value;
    this.#length = position + 1;
  }

  /** Replaces one that is there. */
  set(position: number, value: number): void {
    const block = this.#blocks[position >>> BLOCK_AT];
    if (block !== undefined) block[position & (BLOCK - 1)] = value;
  }

  /** Adds to one that is there. */
  add(position: number, more: number): void {
    this.set(position, this.at(position) + more);
  }

  /** Takes away all from a length on; the room is kept. */
  truncate(length: number): void {
    this.#length = Math.min(this.#length, length);
  }

  /** Of an ascending column: how many are below `limit`. */
  countBelow(limit: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at(middle) < limit) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Of an ascending column: the position of a value that is probably near the end; -1 when it is not there. */
  findFromEnd(value: number): number {
    let step = 1;
    let low = this.#length;
    while (low > 0 && this.at(low - 1) > value) {
      low = Math.max(0, low - step);
      step *= 2;
    }
    // The value stands in the last step, if anywhere.
    let high = Math.min(this.#length, low + step);
    low = Math.max(0, low - 1);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at(middle) < value) low = middle + 1;
      else high = middle;
    }
    return low < this.#length && this.at(low) === value ? low : -1;
  }

  #grow(): Int32Array {
    const block = new Int32Array(BLOCK);
    this.#blocks.push(block);
    return block;
  }
}
