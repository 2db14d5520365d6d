const FIRST_CAPACITY = 16;

/** A growing list of 32-bit integers, four bytes each; positions never written hold 0. */
export class IntList {
  #items = new Int32Array(FIRST_CAPACITY);

  /** The integer at `position`, from 0. */
  at(position: number): number {
    return this.#items[position] ?? 0;
  }

  /** Writes at `position`, which may lie anywhere beyond the end. */
  set(position: number, value: number): void {
    if (position >= this.#items.length) {
      let capacity = this.#items.length;
      while (capacity <= position) capacity *= 2;
      const larger = new Int32Array(capacity);
      larger.set(this.#items);
      this.#items = larger;
    }
    this.#items[position] = value;
  }
}
