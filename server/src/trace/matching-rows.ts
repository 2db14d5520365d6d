import { type RowList, wordsAt } from "./diagram-rows.js";
import { EndpointCounts } from "./endpoint-counts.js";
import { NumberColumn } from "./number-column.js";
import type { Mark } from "./view.js";

/** The rows of another list whose words hold a text, whatever its case; 4 bytes each. Follows that list. */
export class MatchingRows implements RowList {
  readonly #rows: RowList;
  readonly #text: string;
  readonly #found = new NumberColumn();
  readonly #shown = new EndpointCounts();
  #taken = 0;

  constructor(rows: RowList, text: string) {
    this.#rows = rows;
    this.#text = text.toLowerCase();
  }

  get items(): RowList["items"] {
    return this.#rows.items;
  }

  get folds(): boolean {
    return this.#rows.folds;
  }

  get length(): number {
    return this.#found.length;
  }

  /** Rows of the other list that have been looked at. */
  get taken(): number {
    return this.#taken;
  }

  /** Bytes held. */
  get bytes(): number {
    return this.#found.bytes;
  }

  /** The row of the other list behind a row. */
  origin(row: number): number {
    return this.#found.at(row);
  }

  /** How many match of the rows of the other list before one. */
  countBefore(origin: number): number {
    return this.#found.countBelow(origin);
  }

  event(row: number): number {
    return this.#rows.event(this.origin(row));
  }

  item(row: number): number {
    return this.#rows.item(this.origin(row));
  }

  mark(row: number): Mark | null {
    return this.#rows.mark(this.origin(row));
  }

  count(row: number): number {
    return this.#rows.count(this.origin(row));
  }

  replies(row: number): number {
    return this.#rows.replies(this.origin(row));
  }

  before(event: number): number {
    return this.countBefore(this.#rows.before(event));
  }

  shows(endpoint: number): boolean {
    return this.#shown.has(endpoint);
  }

  /** Looks at no more than `most` further rows; true when there are no more. */
  advance(most: number): boolean {
    const end = Math.min(this.#rows.length, this.#taken + most);
    for (; this.#taken < end; this.#taken += 1) {
      if (!wordsAt(this.#rows, this.#taken).includes(this.#text)) continue;
      this.#found.push(this.#taken);
      this.#shown.add(this.items, this.#rows.item(this.#taken), 1);
    }
    return this.#taken === this.#rows.length;
  }

  /** The other list has changed from a row on; its first row here that may be another now. */
  rowsChanged(first: number): number {
    if (first >= this.#taken) return this.length;
    const kept = this.countBefore(first);
    this.#taken = first;
    this.#found.truncate(kept);
    this.#shown.clear();
    for (let row = 0; row < kept; row += 1) this.#shown.add(this.items, this.item(row), 1);
    return kept;
  }
}
