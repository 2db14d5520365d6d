import type { Entry, Index, Term } from "./types.js";

/** Entries per chunk, a power of two. A clone copies one pointer per chunk and shares the chunks. */
const CHUNK = 128;
const CHUNK_BITS = 7;
const WITHIN = CHUNK - 1;

/**
 * The log: entries from {@link firstIndex} to {@link lastIndex} (§5.3). It begins at index 1 until entries that a snapshot
 * covers are dropped (§7). Mutable, but a {@link clone} costs only one pointer per {@link CHUNK} entries: chunks are shared
 * and copied when first written to afterwards.
 */
export class RaftLog<C> {
  /** The entry at index i stands in chunk i / CHUNK - #firstChunk. */
  #chunks: Entry<C>[][] = [];
  #firstChunk = 0;
  /** Index of the last entry that is gone: the log begins after it. */
  #before: Index = 0;
  #beforeTerm: Term = 0;
  #last: Index = 0;
  /** Chunks before this position are shared with a clone and must be copied before a change. */
  #shared = 0;

  /** A log with these entries, from index 1 on. */
  static of<C>(entries: readonly Entry<C>[]): RaftLog<C> {
    const log = new RaftLog<C>();
    for (const entry of entries) log.append(entry);
    return log;
  }

  /** An empty log that goes on after the entry at `index`, which has `term` (§7: the state after a snapshot). */
  static after<C>(index: Index, term: Term): RaftLog<C> {
    const log = new RaftLog<C>();
    log.restart(index, term);
    return log;
  }

  /** Index of the first entry that is there; `lastIndex + 1` when the log is empty. */
  get firstIndex(): Index {
    return this.#before + 1;
  }

  /** Index of the last entry; the last dropped one's when the log is empty, 0 when nothing was ever dropped either. */
  get lastIndex(): Index {
    return this.#last;
  }

  /** Term of the last entry, dropped or not; 0 when there was none. */
  get lastTerm(): Term {
    return this.termAt(this.#last);
  }

  /** The entry at `index`, or `undefined` outside {@link firstIndex}..{@link lastIndex}. */
  at(index: Index): Entry<C> | undefined {
    if (index <= this.#before || index > this.#last) return undefined;
    return this.#chunks[(index >>> CHUNK_BITS) - this.#firstChunk]?.[index & WITHIN];
  }

  /**
   * The term of the entry at `index`. Known also for the last dropped one; 0 for index 0, before that and beyond the end.
   */
  termAt(index: Index): Term {
    return index === this.#before ? this.#beforeTerm : (this.at(index)?.term ?? 0);
  }

  /** Whether {@link termAt} knows the term of the entry at `index`: it is there, or the last one that is not. */
  knows(index: Index): boolean {
    return index >= this.#before && index <= this.#last;
  }

  /** Appends one entry and returns its index. */
  append(entry: Entry<C>): Index {
    const index = this.#last + 1;
    const position = (index >>> CHUNK_BITS) - this.#firstChunk;
    const within = index & WITHIN;
    if (position === this.#chunks.length) {
      const chunk: Entry<C>[] = [];
      // A chunk that begins in the middle keeps its places: what stands before is never read.
      for (let place = 0; place < within; place += 1) chunk.push(entry);
      chunk.push(entry);
      this.#chunks.push(chunk);
    } else {
      this.#writable(position).push(entry);
    }
    this.#last = index;
    return index;
  }

  /** Removes the entries from `index` on ({@link firstIndex}..lastIndex + 1). Throws for an index that was dropped. */
  truncateFrom(index: Index): void {
    if (index > this.#last) return;
    if (index <= this.#before) throw new Error(`entry ${index} was dropped: the log begins at ${this.firstIndex}`);
    const position = (index >>> CHUNK_BITS) - this.#firstChunk;
    const within = index & WITHIN;
    if (within === 0) {
      this.#chunks.length = position;
    } else {
      this.#writable(position).length = within;
      this.#chunks.length = position + 1;
    }
    this.#last = index - 1;
    this.#shared = Math.min(this.#shared, this.#chunks.length);
  }

  /** Drops the entries up to `index`, which a snapshot covers (§7). At most everything. */
  compactTo(index: Index): void {
    if (index <= this.#before) return;
    if (index > this.#last) throw new Error(`the log ends at ${this.#last}: it cannot be compacted to ${index}`);
    this.#beforeTerm = this.termAt(index);
    this.#before = index;
    const gone = Math.min(((index + 1) >>> CHUNK_BITS) - this.#firstChunk, this.#chunks.length);
    if (gone <= 0) return;
    this.#chunks = this.#chunks.slice(gone);
    this.#firstChunk += gone;
    this.#shared = Math.max(0, this.#shared - gone);
  }

  /** Forgets everything: the log goes on after the entry at `index`, which has `term`. */
  restart(index: Index, term: Term): void {
    this.#chunks = [];
    this.#firstChunk = (index + 1) >>> CHUNK_BITS;
    this.#before = index;
    this.#beforeTerm = term;
    this.#last = index;
    this.#shared = 0;
  }

  /** Entries `from`..`to`, both inclusive, as a new array; those that were dropped are not in it. */
  slice(from: Index, to: Index): Entry<C>[] {
    const result: Entry<C>[] = [];
    for (let index = Math.max(this.firstIndex, from); index <= to; index += 1) {
      const entry = this.at(index);
      if (entry === undefined) break;
      result.push(entry);
    }
    return result;
  }

  /** The first index, dropped entries apart, whose entry has the term of the entry at `index` in an unbroken run up to it. */
  firstIndexOfTerm(index: Index): Index {
    const term = this.termAt(index);
    let first = index;
    while (first > this.firstIndex && this.termAt(first - 1) === term) first -= 1;
    return first;
  }

  /** An independent copy that shares the entries. */
  clone(): RaftLog<C> {
    const copy = new RaftLog<C>();
    copy.#chunks = this.#chunks.slice();
    copy.#firstChunk = this.#firstChunk;
    copy.#before = this.#before;
    copy.#beforeTerm = this.#beforeTerm;
    copy.#last = this.#last;
    copy.#shared = copy.#chunks.length;
    this.#shared = this.#chunks.length;
    return copy;
  }

  #writable(position: number): Entry<C>[] {
    const chunk = this.#chunks[position];
    if (chunk === undefined) throw new Error(`log chunk ${position} is missing`);
    if (position >= this.#shared) return chunk;
    const copy = chunk.slice();
    this.#chunks[position] = copy;
    // Earlier chunks stay shared; they are full and change only by truncation, which passes here again.
    if (position === this.#shared - 1) this.#shared = position;
    return copy;
  }
}
