/** Room of a column that has just begun. */
const FIRST = 256;

/** A column of 32-bit integers that grows at its end. */
export class NumberColumn {
  #values = new Int32Array(FIRST);
  #length = 0;

  /** How many there are. */
  get length(): number {
    return this.#length;
  }

  /** Bytes held, with room for those to come. */
  get bytes(): number {
    return this.#values.byteLength;
  }

  /** The number at a position; 0 beyond the end. */
  at(position: number): number {
    return this.#values[position] ?? 0;
  }

  /** Adds one at the end. */
  push(value: number): void {
    if (this.#length === this.#values.length) {
      const longer = new Int32Array(this.#length + (this.#length >> 1));
      longer.set(this.#values);
      this.#values = longer;
    }
    this.#values[this.#length] = value;
    this.#length += 1;
  }

  /** Replaces one that is there. */
  set(position: number, value: number): void {
    this.#values[position] = value;
  }

  /** Adds to one that is there. */
  add(position: number, more: number): void {
    this.#values[position] = (this.#values[position] ?? 0) + more;
  }

  /** Takes away all from a length on. */
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
}
