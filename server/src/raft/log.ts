import type { Entry, Index, Term } from "./types.js";

/** Entries per chunk. A clone copies one pointer per chunk and shares the chunks. */
const CHUNK = 128;

/**
 * The log: entries from index 1 to {@link lastIndex} (§5.3). Mutable, but a {@link clone} costs only one pointer
 * per {@link CHUNK} entries: chunks are shared and copied when first written to afterwards.
 */
export class RaftLog<C> {
  readonly #chunks: Entry<C>[][] = [];
  #length = 0;
  /** Chunks before this one are shared with a clone and must be copied before a change. */
  #shared = 0;

  /** A log with these entries, from index 1 on. */
  static of<C>(entries: readonly Entry<C>[]): RaftLog<C> {
    const log = new RaftLog<C>();
    for (const entry of entries) log.append(entry);
    return log;
  }

  /** Index of the last entry; 0 when the log is empty. */
  get lastIndex(): Index {
    return this.#length;
  }

  /** Term of the last entry; 0 when the log is empty. */
  get lastTerm(): Term {
    return this.termAt(this.#length);
  }

  /** The entry at `index`, or `undefined` outside 1..{@link lastIndex}. */
  at(index: Index): Entry<C> | undefined {
    if (index < 1 || index > this.#length) return undefined;
    const position = index - 1;
    return this.#chunks[Math.floor(position / CHUNK)]?.[position % CHUNK];
  }

  /** The term of the entry at `index`; 0 for index 0 and outside the log. */
  termAt(index: Index): Term {
    return this.at(index)?.term ?? 0;
  }

  /** Appends one entry and returns its index. */
  append(entry: Entry<C>): Index {
    const chunkIndex = Math.floor(this.#length / CHUNK);
    if (chunkIndex === this.#chunks.length) {
      this.#chunks.push([entry]);
    } else {
      this.#writable(chunkIndex).push(entry);
    }
    this.#length += 1;
    return this.#length;
  }

  /** Removes the entries from `index` on (1..lastIndex + 1). */
  truncateFrom(index: Index): void {
    if (index > this.#length) return;
    const keep = Math.max(0, index - 1);
    const chunkIndex = Math.floor(keep / CHUNK);
    const within = keep % CHUNK;
    if (within === 0) {
      this.#chunks.length = chunkIndex;
    } else {
      this.#writable(chunkIndex).length = within;
      this.#chunks.length = chunkIndex + 1;
    }
    this.#length = keep;
    this.#shared = Math.min(this.#shared, this.#chunks.length);
  }

  /** Entries `from`..`to`, both inclusive, as a new array. */
  slice(from: Index, to: Index): Entry<C>[] {
    const result: Entry<C>[] = [];
    for (let index = Math.max(1, from); index <= to; index += 1) {
      const entry = this.at(index);
      if (entry === undefined) break;
      result.push(entry);
    }
    return result;
  }

  /** The first index whose entry has the term of the entry at `index` in an unbroken run up to it. */
  firstIndexOfTerm(index: Index): Index {
    const term = this.termAt(index);
    let first = index;
    while (first > 1 && this.termAt(first - 1) === term) first -= 1;
    return first;
  }

  /** An independent copy that shares the entries. */
  clone(): RaftLog<C> {
    const copy = new RaftLog<C>();
    for (const chunk of this.#chunks) copy.#chunks.push(chunk);
    copy.#length = this.#length;
    copy.#shared = copy.#chunks.length;
    this.#shared = this.#chunks.length;
    return copy;
  }

  #writable(chunkIndex: number): Entry<C>[] {
    const chunk = this.#chunks[chunkIndex];
    if (chunk === undefined) throw new Error(`log chunk ${chunkIndex} is missing`);
    if (chunkIndex >= this.#shared) return chunk;
    const copy = chunk.slice();
    this.#chunks[chunkIndex] = copy;
    // Earlier chunks stay shared; they are full and change only by truncation, which passes here again.
    if (chunkIndex === this.#shared - 1) this.#shared = chunkIndex;
    return copy;
  }
}
