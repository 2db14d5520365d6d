import type { RowList } from "./diagram-rows.js";
import { MatchingRows } from "./matching-rows.js";

/** Texts of one list of rows that are kept. */
const KEPT = 4;

interface Kept {
  readonly list: MatchingRows;
  readonly below: TextLists;
}

/** The rows of a list by the texts that they hold, for the texts that were looked for last. */
export class TextLists {
  readonly #rows: RowList;
  readonly #kept = new Map<string, Kept>();

  constructor(rows: RowList) {
    this.#rows = rows;
  }

  /** Bytes held. */
  get bytes(): number {
    return [...this.#kept.values()].reduce((sum, { list, below }) => sum + list.bytes + below.bytes, 0);
  }

  /** The rows that hold a text, as far as they have been looked through. */
  of(text: string): MatchingRows {
    return this.#get(text).list;
  }

  /** What is looked for among the rows that hold a text. */
  below(text: string): TextLists {
    return this.#get(text).below;
  }

  /** The list has changed from a row on. */
  rowsChanged(first: number): void {
    if (first === Number.POSITIVE_INFINITY) return;
    for (const { list, below } of this.#kept.values()) below.rowsChanged(list.rowsChanged(first));
  }

  #get(text: string): Kept {
    const key = text.toLowerCase();
    const found = this.#kept.get(key) ?? this.#make(key);
    this.#kept.delete(key);
    this.#kept.set(key, found);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break;
      this.#kept.delete(oldest);
    }
    return found;
  }

  #make(text: string): Kept {
    const list = new MatchingRows(this.#rows, text);
    return { list, below: new TextLists(list) };
  }
}
