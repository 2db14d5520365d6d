/** Elements per chunk: what a copy that goes its own way has to copy of the last chunk. */
const CHUNK = 1024;

/**
 * An append-only list whose {@link clone} costs nothing: original and copies share all chunks, each knows its own
 * length, and elements beyond it belong to somebody else. Whoever appends first at a position goes on in the shared
 * chunk; anybody else who appends there copies that one chunk and the table of chunks.
 */
export class SharedList<T> {
  #chunks: T[][] = [];
  #length = 0;

  /** Number of elements. */
  get length(): number {
    return this.#length;
  }

  /** The element at `position`, from 0; `undefined` outside the list. */
  at(position: number): T | undefined {
    if (position < 0 || position >= this.#length) return undefined;
    return this.#chunks[Math.floor(position / CHUNK)]?.[position % CHUNK];
  }

  /** Appends one element. */
  push(element: T): void {
    const within = this.#length % CHUNK;
    const chunkIndex = (this.#length - within) / CHUNK;
    const chunk = this.#chunks[chunkIndex];
    if (chunk === undefined) {
      this.#chunks.push([element]);
    } else if (chunk.length === within) {
      chunk.push(element);
    } else {
      const own = chunk.slice(0, within);
      own.push(element);
      this.#chunks = this.#chunks.slice(0, chunkIndex);
      this.#chunks.push(own);
    }
    this.#length += 1;
  }

  /** An independent list with the same elements, in constant time. */
  clone(): SharedList<T> {
    const copy = new SharedList<T>();
    copy.#chunks = this.#chunks;
    copy.#length = this.#length;
    return copy;
  }
}
