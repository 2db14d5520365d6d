/** What the searches of one check may keep in memory together, in bytes; an estimate of what the engine takes for it. */
export class Memory {
  #left: number;

  constructor(bytes: number) {
    this.#left = bytes;
  }

  /** Whether more was taken than there is. */
  get exhausted(): boolean {
    return this.#left < 0;
  }

  /** Takes bytes, or gives them back. */
  take(bytes: number): void {
    this.#left -= bytes;
  }
}

/** A part of a check's memory that is given back at once. */
export class MemoryShare {
  readonly #memory: Memory;
  #taken = 0;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** Whether all parts together have taken more than there is: a search has to stop. */
  get exhausted(): boolean {
    return this.#memory.exhausted;
  }

  /** Another part of the same memory. */
  another(): MemoryShare {
    return new MemoryShare(this.#memory);
  }

  /** Takes bytes. */
  take(bytes: number): void {
    this.#taken += bytes;
    this.#memory.take(bytes);
  }

  /** Gives bytes back. */
  give(bytes: number): void {
    this.take(-bytes);
  }

  /** Gives everything back: what it was taken for is gone. */
  release(): void {
    this.give(this.#taken);
  }
}
