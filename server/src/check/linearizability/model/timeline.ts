import type { ModelOperation } from "./operation.js";

/** The list's end on both sides. */
export const EDGE = 0;

/** The calls and returns that are still to be passed, in order, as a linked list of positions from 1 on. */
export class Timeline {
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  /** The operation of each position. */
  readonly #operation: Int32Array;
  readonly #isReturn: Uint8Array;
  /** For each return's position: how many of the operations of unknown outcome were called before it. */
  readonly #openBefore: Int32Array;
  readonly #callAt: Int32Array;
  readonly #returnAt: Int32Array;

  /** Both by call order; `closed` are those that returned. */
  constructor(closed: readonly ModelOperation[], open: readonly ModelOperation[]) {
    const size = closed.length * 2 + 1;
    this.#next = new Int32Array(size);
    this.#previous = new Int32Array(size);
    this.#operation = new Int32Array(size);
    this.#isReturn = new Uint8Array(size);
    this.#openBefore = new Int32Array(size);
    this.#callAt = new Int32Array(closed.length);
    this.#returnAt = new Int32Array(closed.length);
    const events = closed.flatMap(({ call, return: end }, number) => [
      { at: call, number, isReturn: false },
      { at: end ?? call, number, isReturn: true },
    ]);
    events.sort((a, b) => a.at - b.at);
    let before = 0;
    for (const [position, { at, number, isReturn }] of events.entries()) {
      const place = position + 1;
      while (before < open.length && (open[before]?.call ?? 0) < at) before += 1;
      this.#operation[place] = number;
      this.#isReturn[place] = isReturn ? 1 : 0;
      this.#openBefore[place] = before;
      (isReturn ? this.#returnAt : this.#callAt)[number] = place;
      this.#next[position] = place;
      this.#previous[place] = position;
    }
    this.#previous[EDGE] = events.length;
  }

  /** The first position. */
  get first(): number {
    return this.#next[EDGE] ?? EDGE;
  }

  after(position: number): number {
    return this.#next[position] ?? EDGE;
  }

  /** The position of an operation's call. */
  callOf(operation: number): number {
    return this.#callAt[operation] ?? EDGE;
  }

  /** Whether a position is a call, and not a return or the end. */
  isCall(position: number): boolean {
    return position !== EDGE && this.#isReturn[position] === 0;
  }

  /** The operation whose call or return stands at a position. */
  operation(position: number): number {
    return this.#operation[position] ?? 0;
  }

  /** How many operations of unknown outcome were called before a return. */
  openBefore(position: number): number {
    return this.#openBefore[position] ?? 0;
  }

  /** Takes an operation's call and return out. */
  remove(operation: number): void {
    for (const position of [this.#callAt[operation] ?? EDGE, this.#returnAt[operation] ?? EDGE]) {
      const next = this.#next[position] ?? EDGE;
      const previous = this.#previous[position] ?? EDGE;
      this.#next[previous] = next;
      this.#previous[next] = previous;
    }
  }

  /** Puts the operation that was taken out last back. */
  restore(operation: number): void {
    for (const position of [this.#returnAt[operation] ?? EDGE, this.#callAt[operation] ?? EDGE]) {
      this.#next[this.#previous[position] ?? EDGE] = position;
      this.#previous[this.#next[position] ?? EDGE] = position;
    }
  }
}
