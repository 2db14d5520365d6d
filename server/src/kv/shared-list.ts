import type { Owner } from "./tree-node.js";

/** Elements per chunk: what a copy that goes its own way has to copy of the last chunk. */
const CHUNK = 1024;

interface Chunk<T> {
  /** Who may drop elements of it. */
  readonly owner: Owner;
  readonly items: (T | undefined)[];
  /** Elements dropped. */
  dropped: number;
}

/**
 * An append-only list whose {@link clone} costs nothing: original and copies share all chunks, each knows its own
 * length, and elements beyond it belong to somebody else. Whoever appends first at a position goes on in the shared
 * chunk; anybody else who appends there copies that one chunk and the table of chunks. Elements can be dropped, which
 * leaves all positions as they were.
 */
export class SharedList<T> {
  #owner: Owner = {};
  #table: Chunk<T>[] = [];
  #tableOwner: Owner = this.#owner;
  #length = 0;

  /** Number of positions, those of dropped elements included. */
  get length(): number {
    return this.#length;
  }

  /** The element at `position`, from 0; `undefined` outside the list, and where it was dropped. */
  at(position: number): T | undefined {
    if (position < 0 || position >= this.#length) return undefined;
    return this.#table[Math.floor(position / CHUNK)]?.items[position % CHUNK];
  }

  /** Appends one element. */
  push(element: T): void {
    const within = this.#length % CHUNK;
    const index = (this.#length - within) / CHUNK;
    const chunk = this.#table[index];
    if (chunk === undefined) {
      this.#table.push({ owner: this.#owner, items: [element], dropped: 0 });
    } else if (chunk.items.length === within) {
      chunk.items.push(element);
    } else {
      this.#table = this.#table.slice(0, index);
      this.#tableOwner = this.#owner;
      const own = copyOf(chunk, this.#owner, within);
      own.items.push(element);
      this.#table.push(own);
    }
    this.#length += 1;
  }

  /** Forgets the element at `position`, here and not in clones. */
  drop(position: number): void {
    if (this.at(position) === undefined) return;
    const index = Math.floor(position / CHUNK);
    const chunk = this.#ownChunk(index);
    if (chunk === undefined) return;
    chunk.items[position % CHUNK] = undefined;
    chunk.dropped += 1;
    // The last chunk has to keep its length, since elements are appended to it.
    if (chunk.dropped < CHUNK) return;
    this.#ownTable();
    this.#table[index] = { owner: this.#owner, items: [], dropped: CHUNK };
  }

  /** An independent list with the same elements, in constant time. */
  clone(): SharedList<T> {
    const copy = new SharedList<T>();
    copy.#table = this.#table;
    copy.#tableOwner = this.#tableOwner;
    copy.#length = this.#length;
    this.#owner = {};
    return copy;
  }

  #ownChunk(index: number): Chunk<T> | undefined {
    const chunk = this.#table[index];
    if (chunk === undefined || chunk.owner === this.#owner) return chunk;
    this.#ownTable();
    // What lies behind this list's own end is somebody else's.
    const own = copyOf(chunk, this.#owner, Math.min(CHUNK, this.#length - index * CHUNK));
    this.#table[index] = own;
    return own;
  }

  #ownTable(): void {
    if (this.#tableOwner === this.#owner) return;
    this.#table = this.#table.slice();
    this.#tableOwner = this.#owner;
  }
}

function copyOf<T>(chunk: Chunk<T>, owner: Owner, length: number): Chunk<T> {
  const items = chunk.items.slice(0, length);
  let dropped = 0;
  for (const item of items) if (item === undefined) dropped += 1;
  return { owner, items, dropped };
}
