/** Work that must keep up with a hand: one run at a time, and of what came meanwhile only the newest. */

/**
 * Runs `work` for the newest input; inputs that were overtaken while it ran are dropped, or joined with the
 * newer one where a `join` is given (steps by one add up).
 */
export class Latest<P> {
  readonly #work: (input: P) => Promise<void>;
  readonly #join: (waiting: P, newer: P) => P;
  #busy = false;
  #next: { readonly input: P } | null = null;

  constructor(work: (input: P) => Promise<void>, join: (waiting: P, newer: P) => P = (_waiting, newer) => newer) {
    this.#work = work;
    this.#join = join;
  }

  /** True while an input is worked on. */
  get busy(): boolean {
    return this.#busy;
  }

  /** Hands in an input; it runs now, or next. */
  put(input: P): void {
    this.#next = { input: this.#next === null ? input : this.#join(this.#next.input, input) };
    if (!this.#busy) void this.#drain();
  }

  async #drain(): Promise<void> {
    this.#busy = true;
    try {
      while (this.#next !== null) {
        const { input } = this.#next;
        this.#next = null;
        await this.#work(input);
      }
    } finally {
      this.#busy = false;
    }
  }
}
