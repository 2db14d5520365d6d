import type { DiagramItems } from "./diagram-items.js";
import type { RowList } from "./diagram-rows.js";
import { lineOf } from "./lines.js";
import { NumberColumn } from "./number-column.js";
import { TraceIndex } from "./trace-index.js";

/** The scenario line behind each item of a diagram: 4 bytes each, made when first asked for. */
export class ItemLines {
  readonly #items: DiagramItems;
  readonly #lines = new NumberColumn();

  constructor(items: DiagramItems) {
    this.#items = items;
  }

  /** Bytes held. */
  get bytes(): number {
    return this.#lines.bytes;
  }

  /** Takes in at most `most` further items; true when there are no more. */
  advance(most: number): boolean {
    const { recording, length } = this.#items;
    const end = Math.min(length, this.#lines.length + most);
    for (let item = this.#lines.length; item < end; item += 1)
      this.#lines.push(lineOf(recording, this.#items.event(item)) ?? 0);
    return this.#lines.length === length;
  }

  /** The first rows that a line caused, of those that have been taken in. */
  rowsOf(rows: RowList, line: number, most: number): number[] {
    const { recording } = this.#items;
    const found: number[] = [];
    // Nothing before the line's first event can come of it.
    const first = TraceIndex.of(recording).firstOfLine(line);
    if (first < 0) return found;
    for (let row = rows.before(first); row < rows.length && found.length < most; row += 1) {
      const item = rows.item(row);
      const of = item < 0 ? lineOf(recording, rows.event(row)) : this.#lines.at(item);
      if (of === line) found.push(row);
    }
    return found;
  }
}
