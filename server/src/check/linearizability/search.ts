import { Bits } from "./bits.js";
import type { MemoryShare } from "./memory.js";
import type { Placed, Problem, SearchStatus } from "./problem.js";
import { REFUSED } from "./problem.js";
import { Visited } from "./visited.js";

/** The list's end on both sides. */
const EDGE = 0;
/** An odd constant of good spread (2^32 divided by the golden ratio). */
const SPREAD = 0x9e3779b1;

interface Frame {
  readonly kind: "closed" | "open";
  readonly operation: number;
  /** Nothing else need be tried in its place. */
  readonly forced: boolean;
  /** The state before the operation. */
  readonly state: number;
  /** The end of the closed set before it. */
  readonly end: number;
  /** The list position of the first return, where open operations are tried. */
  readonly limit: number;
}

/**
 * The search of Wing and Gong with Lowe's memory of configurations: places operations one after the other, each
 * among those called before the first return that is still missing, and goes back where none fits. It can be
 * interrupted after any number of steps. Closed operations are tried before open ones, so that the configurations
 * that used fewest open ones come first and shut out the others.
 */
export class Search {
  readonly #problem: Problem;
  // The events of closed operations in order, as a linked list: positions 1..2n; 0 is the edge.
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  /** The operation of each position. */
  readonly #operation: Int32Array;
  readonly #isReturn: Uint8Array;
  readonly #callAt: Int32Array;
  readonly #returnAt: Int32Array;
  /** For each return's position: how many open operations were called before it. */
  readonly #openBefore: Int32Array;
  /** For each open operation: the one before it of the same class, or -1. */
  readonly #samePrevious: Int32Array;
  readonly #closed: Bits;
  readonly #used: Bits;
  readonly #share: MemoryShare;
  readonly #visited: Visited;
  readonly #until: number;
  /** The reads placed, by rank. */
  readonly #reads: Bits;
  /** How many reads must be placed. */
  readonly #wantedReads: number;
  readonly #frames: Frame[] = [];
  #hash = 0;
  #state: number;
  #missing: number;
  #furthest = EDGE;
  /** Where to go on: at a position of the list, or with an open operation once the list's first return is reached. */
  #cursor: number;
  #openCursor = -1;
  /** Whether the present configuration has just been reached. */
  #fresh = true;
  #steps = 0;

  /** With `until` only the operations that returned up to that position must be placed. */
  constructor(problem: Problem, until = Number.POSITIVE_INFINITY) {
    this.#problem = problem;
    this.#until = until;
    this.#share = problem.share.another();
    const { closed, open } = problem;
    const size = closed.length * 2 + 1;
    this.#next = new Int32Array(size);
    this.#previous = new Int32Array(size);
    this.#operation = new Int32Array(size);
    this.#isReturn = new Uint8Array(size);
    this.#openBefore = new Int32Array(size);
    this.#callAt = new Int32Array(closed.length);
    this.#returnAt = new Int32Array(closed.length);
    this.#samePrevious = new Int32Array(open.length).fill(-1);
    this.#closed = new Bits(closed.length);
    this.#used = new Bits(open.length);
    this.#visited = new Visited(this.#share);
    this.#state = problem.initial;
    this.#missing = closed.filter((operation) => operation.return <= until).length;
    this.#wantedReads = this.#countReads();
    this.#reads = new Bits(this.#wantedReads);
    this.#link();
    this.#cursor = this.#next[EDGE] ?? EDGE;
  }

  /** Gives its memory back. */
  release(): void {
    this.#share.release();
  }

  /** Goes on for about `steps` applications of the model; says how many it `used`. */
  run(steps: number): { readonly status: SearchStatus; readonly used: number } {
    const before = this.#steps;
    while (this.#steps - before < steps) {
      if (this.#share.exhausted) return { status: { kind: "full" }, used: this.#steps - before };
      if (this.#missing === 0) return { status: { kind: "ok", order: this.#order() }, used: this.#steps - before };
      if (!this.#advance() && !this.#back()) {
        const blocked = this.#operation[this.#furthest] ?? 0;
        return {
          status: { kind: "violation", blocked, first: this.#problem.lookahead === null },
          used: this.#steps - before,
        };
      }
    }
    return { status: { kind: "running" }, used: this.#steps - before };
  }

  /** Places the next operation that fits, from the cursors on; false when none does. */
  #advance(): boolean {
    if (this.#openCursor < 0) {
      if (this.#fresh && this.#placeObservation()) return true;
      this.#fresh = false;
      if (this.#placeChange()) return true;
      this.#furthest = Math.max(this.#furthest, this.#cursor);
      this.#openCursor = 0;
    }
    return this.#placeOpen();
  }

  /** Looks for an operation that changes nothing and fits now: if any order goes on from here, one that begins with it does. */
  #placeObservation(): boolean {
    const { closed } = this.#problem;
    for (let at = this.#next[EDGE] ?? EDGE; this.#isReturn[at] === 0; at = this.#next[at] ?? EDGE) {
      const operation = this.#operation[at] ?? 0;
      if (closed[operation]?.observes !== true) continue;
      this.#steps += 1;
      if (this.#problem.stepClosed(this.#state, operation) === REFUSED) continue;
      const { end } = this.#closed;
      this.#closed.add(operation);
      this.#place(operation, at, this.#state, end, true);
      return true;
    }
    return false;
  }

  /** Tries the calls from the cursor to the first return, which it leaves the cursor at when none can be placed. */
  #placeChange(): boolean {
    const { closed } = this.#problem;
    const unused = this.#unusedOpen();
    for (; this.#isReturn[this.#cursor] === 0; this.#cursor = this.#next[this.#cursor] ?? EDGE) {
      const at = this.#cursor;
      const operation = this.#operation[at] ?? 0;
      if (closed[operation]?.observes === true) continue;
      this.#steps += 1;
      const state = this.#problem.stepClosed(this.#state, operation);
      if (state === REFUSED) continue;
      if (unused !== null && this.#problem.stepClosed(unused.state, operation) === state) continue;
      const { end } = this.#closed;
      this.#closed.add(operation);
      const hash = configurationHash(this.#hash ^ spread(operation), state);
      if (!this.#hopeless(state) && this.#visited.add(hash, state, this.#closed, this.#used)) {
        this.#place(operation, at, state, end, false);
        return true;
      }
      this.#closed.remove(operation, end);
    }
    return false;
  }

  /** Places a closed operation that is in the set already. */
  #place(operation: number, at: number, state: number, end: number, forced: boolean): void {
    this.#frames.push({ kind: "closed", operation, forced, state: this.#state, end, limit: EDGE });
    this.#hash ^= spread(operation);
    this.#state = state;
    if (this.#isWanted(operation)) this.#missing -= 1;
    const rank = this.#rankOf(operation);
    if (rank >= 0) this.#reads.add(rank);
    this.#unlink(at);
    this.#unlink(this.#returnAt[operation] ?? EDGE);
    this.#startAfresh();
  }

  #startAfresh(): void {
    this.#cursor = this.#next[EDGE] ?? EDGE;
    this.#openCursor = -1;
    this.#fresh = true;
  }

  /** Tries the open operations from the open cursor on that were called before the first return. */
  #placeOpen(): boolean {
    const limit = this.#openBefore[this.#cursor] ?? 0;
    const unused = this.#unusedOpen();
    while (this.#openCursor < limit) {
      const operation = this.#openCursor;
      this.#openCursor += 1;
      if (this.#used.has(operation)) continue;
      const same = this.#samePrevious[operation] ?? -1;
      if (same >= 0 && !this.#used.has(same)) continue;
      this.#steps += 1;
      const state = this.#problem.stepOpen(this.#state, operation);
      if (state === REFUSED || state === this.#state) continue;
      if (unused !== null && this.#problem.stepOpen(unused.state, operation) === state) continue;
      const { end } = this.#used;
      this.#used.add(operation);
      const hash = configurationHash(this.#hash, state);
      if (!this.#hopeless(state) && this.#visited.add(hash, state, this.#closed, this.#used)) {
        this.#frames.push({ kind: "open", operation, forced: false, state: this.#state, end, limit: this.#cursor });
        this.#state = state;
        this.#startAfresh();
        return true;
      }
      this.#used.remove(operation, end);
    }
    return false;
  }

  #isWanted(operation: number): boolean {
    return (this.#problem.closed[operation]?.return ?? 0) <= this.#until;
  }

  /** The rank of a read that must be placed, else -1. */
  #rankOf(operation: number): number {
    const rank = this.#problem.lookahead?.rankOf[operation] ?? -1;
    return rank < this.#wantedReads ? rank : -1;
  }

  #countReads(): number {
    const { lookahead, closed } = this.#problem;
    if (lookahead === null) return 0;
    return closed.filter(({ return: end }, at) => end <= this.#until && (lookahead.rankOf[at] ?? -1) >= 0).length;
  }

  /** Whether the next read to return cannot be explained from `state` by what is not placed yet. */
  #hopeless(state: number): boolean {
    const { lookahead } = this.#problem;
    const rank = this.#reads.firstMissing;
    if (lookahead === null || rank >= this.#wantedReads || lookahead.reaches(state, rank)) return false;
    for (const operation of lookahead.closedResets[rank] ?? []) if (!this.#closed.has(operation)) return false;
    for (const operation of lookahead.openResets[rank] ?? []) if (!this.#used.has(operation)) return false;
    return true;
  }

  /**
   * The last operation placed, if it is an open one: nobody has seen it yet, and what gives the same state without it
   * need not come after it.
   */
  #unusedOpen(): Frame | null {
    const frame = this.#frames.at(-1);
    return frame?.kind === "open" ? frame : null;
  }

  /** Takes operations back to the last one that has an alternative, and goes on behind it; false when there is none. */
  #back(): boolean {
    for (let frame = this.#frames.pop(); frame !== undefined; frame = this.#frames.pop()) {
      const { operation } = frame;
      this.#state = frame.state;
      this.#fresh = false;
      if (frame.kind === "open") {
        this.#used.remove(operation, frame.end);
        this.#cursor = frame.limit;
        this.#openCursor = operation + 1;
        return true;
      }
      this.#closed.remove(operation, frame.end);
      this.#hash ^= spread(operation);
      if (this.#isWanted(operation)) this.#missing += 1;
      const rank = this.#rankOf(operation);
      if (rank >= 0) this.#reads.remove(rank, this.#reads.end);
      const at = this.#callAt[operation] ?? EDGE;
      this.#relink(this.#returnAt[operation] ?? EDGE);
      this.#relink(at);
      this.#cursor = this.#next[at] ?? EDGE;
      this.#openCursor = -1;
      if (!frame.forced) return true;
    }
    return false;
  }

  #order(): Placed[] {
    return this.#frames.map(({ kind, operation }) => ({ kind, operation }));
  }

  #link(): void {
    const { closed, open } = this.#problem;
    const returnOf = (number: number): number => closed[number]?.return ?? 0;
    // Calls are in order already; merged with the returns they make the list.
    const byReturn = Int32Array.from(closed.keys()).sort((a, b) => returnOf(a) - returnOf(b));
    let called = 0;
    let before = 0;
    const end = closed.length * 2;
    for (let place = 1; place <= end; place += 1) {
      const returned = place - 1 - called;
      const nextReturn = byReturn[returned] ?? 0;
      const isReturn = called === closed.length || (closed[called]?.call ?? 0) > returnOf(nextReturn);
      const number = isReturn ? nextReturn : called;
      const at = isReturn ? returnOf(number) : (closed[number]?.call ?? 0);
      while (before < open.length && (open[before]?.call ?? 0) < at) before += 1;
      this.#operation[place] = number;
      this.#isReturn[place] = isReturn ? 1 : 0;
      this.#openBefore[place] = before;
      (isReturn ? this.#returnAt : this.#callAt)[number] = place;
      this.#next[place - 1] = place;
      this.#previous[place] = place - 1;
      if (!isReturn) called += 1;
    }
    this.#next[end] = EDGE;
    this.#previous[EDGE] = end;
    const newest = new Map<string, number>();
    open.forEach(({ sameAs }, number) => {
      this.#samePrevious[number] = newest.get(sameAs) ?? -1;
      newest.set(sameAs, number);
    });
  }

  #unlink(at: number): void {
    const next = this.#next[at] ?? EDGE;
    const previous = this.#previous[at] ?? EDGE;
    this.#next[previous] = next;
    this.#previous[next] = previous;
  }

  #relink(at: number): void {
    this.#next[this.#previous[at] ?? EDGE] = at;
    this.#previous[this.#next[at] ?? EDGE] = at;
  }
}

/** Mixes an operation's number to a word; a set's hash is the exclusive or of its members'. */
function spread(operation: number): number {
  let word = Math.imul(operation + 1, SPREAD);
  word = Math.imul(word ^ (word >>> 15), 0x85ebca6b);
  return word ^ (word >>> 13);
}

function configurationHash(closed: number, state: number): number {
  const word = Math.imul(closed ^ Math.imul(state + 1, SPREAD), 0xc2b2ae35);
  return word ^ (word >>> 16);
}
