import type { ItemFilter } from "./diagram-filter.js";
import type { DiagramItems } from "./diagram-items.js";
import type { RowList } from "./diagram-rows.js";
import { EndpointCounts } from "./endpoint-counts.js";
import { HeartbeatFold } from "./heartbeat-fold.js";
import { NumberColumn } from "./number-column.js";
import type { Mark } from "./view.js";

/** Heartbeats under way may change how what follows them folds: so many items at most are folded again each time. */
const TAIL = 4096;

/** A place in the items to go back to. */
interface Place {
  readonly item: number;
  readonly mark: number;
  readonly rows: number;
  readonly fold: HeartbeatFold;
  /** What the rows that may get more had there. */
  readonly counts: readonly { readonly row: number; readonly count: number; readonly replies: number }[];
}

/**
 * The rows of a diagram: the items that a filter wants, runs of heartbeats folded, and the marks. 16 bytes each, without words. Follows
 * the items: when a heartbeat's fate becomes known, what it changes is folded again.
 */
export class FoldedRows implements RowList {
  readonly items: DiagramItems;
  readonly folds: boolean;
  readonly #filter: ItemFilter;
  /** By their events. */
  #marks: readonly Mark[] = [];
  readonly #event = new NumberColumn();
  /** The item, or for a mark what {@link markAt} takes. */
  readonly #item = new NumberColumn();
  readonly #count = new NumberColumn();
  readonly #replies = new NumberColumn();
  readonly #shown = new EndpointCounts();
  #fold = new HeartbeatFold();
  #nextItem = 0;
  #nextMark = 0;
  /** The newest place before which nothing changes any more, but for messages that were under way for long. */
  #settled: Place | null = null;
  #changed = Number.POSITIVE_INFINITY;

  constructor(items: DiagramItems, filter: ItemFilter, folds: boolean) {
    this.items = items;
    this.folds = folds;
    this.#filter = filter;
  }

  get length(): number {
    return this.#event.length;
  }

  /** Events that the rows take in. */
  get events(): number {
    return this.#nextItem < this.items.length ? this.items.event(this.#nextItem) : this.items.taken;
  }

  /** Bytes held. */
  get bytes(): number {
    return [this.#event, this.#item, this.#count, this.#replies].reduce((sum, { bytes }) => sum + bytes, 0);
  }

  event(row: number): number {
    return this.#event.at(row);
  }

  item(row: number): number {
    return this.#item.at(row) >= 0 ? this.#item.at(row) : -1;
  }

  mark(row: number): Mark | null {
    const item = this.#item.at(row);
    return item >= 0 ? null : (this.#marks[-1 - item] ?? null);
  }

  count(row: number): number {
    return this.#count.at(row);
  }

  replies(row: number): number {
    return this.#replies.at(row);
  }

  before(event: number): number {
    return this.#event.countBelow(event);
  }

  shows(endpoint: number): boolean {
    return this.#shown.has(endpoint);
  }

  /** Whether an item is in any row. */
  wants(item: number): boolean {
    return this.#filter.wants(this.items, item);
  }

  /** Takes in at most `most` further items; true when there are no more. */
  advance(most: number): boolean {
    const end = Math.min(this.items.length, this.#nextItem + most);
    for (; this.#nextItem < end; this.#nextItem += 1) this.#take(this.#nextItem);
    if (this.#nextItem < this.items.length) return false;
    this.#takeMarks(this.items.taken);
    return true;
  }

  /** To be told of {@link DiagramItems.takeChanged}. */
  itemsChanged(changed: readonly number[]): void {
    if (!this.folds) return;
    let first = this.#nextItem;
    for (const item of changed) if (item < first && this.wants(item)) first = item;
    if (first === this.#nextItem) return;
    if (this.#settled !== null && first >= this.#settled.item) this.#goBack(this.#settled);
    else this.#goBefore(first);
  }

  /** What was found beside the trace. More of it may be said later, also about what was long ago. */
  useMarks(marks: readonly Mark[]): void {
    const known = this.#marks.length;
    if (marks.length === known) return;
    this.#marks = [...marks].sort((a, b) => a.eventId - b.eventId);
    const first = Math.min(...marks.slice(known).map(({ eventId }) => eventId));
    if (first < this.events || marks.length < known) this.#truncate(0, 0, 0);
  }

  /** The first row that was changed or taken away since the last time this was asked; infinite for none. */
  takeChanged(): number {
    const changed = this.#changed;
    this.#changed = Number.POSITIVE_INFINITY;
    return changed;
  }

  #take(item: number): void {
    const { items } = this;
    if (!this.wants(item)) return;
    const event = items.event(item);
    this.#takeMarks(event);
    if (!this.folds || !items.isBeat(item)) {
      this.#fold.clear();
      this.#push(event, item);
      return;
    }
    const isOpen = items.fate(item) === "under way";
    if (isOpen && (this.#settled === null || item - this.#settled.item > TAIL)) this.#settled = this.#place();
    const folded = this.#fold.take(items, item, this.length);
    if (folded.as === "first") this.#push(event, item);
    else {
      (folded.as === "more" ? this.#count : this.#replies).add(folded.row, 1);
      this.#change(folded.row);
    }
  }

  /** Marks stand after what their event shows. */
  #takeMarks(before: number): void {
    for (; ; this.#nextMark += 1) {
      const mark = this.#marks[this.#nextMark];
      if (mark === undefined || mark.eventId >= before) return;
      if (mark.eventId < 0 || !this.#filter.spans(mark.eventId)) continue;
      this.#fold.clear();
      this.#push(mark.eventId, -1 - this.#nextMark);
    }
  }

  #push(event: number, item: number): void {
    this.#event.push(event);
    this.#item.push(item);
    this.#count.push(1);
    this.#replies.push(0);
    this.#shown.add(this.items, item, 1);
  }

  #place(): Place {
    const counts = this.#fold.rows.map((row) => ({ row, count: this.count(row), replies: this.replies(row) }));
    const { length: rows } = this;
    return { item: this.#nextItem, mark: this.#nextMark, rows, fold: this.#fold.copy(), counts };
  }

  #goBack({ item, mark, rows, fold, counts }: Place): void {
    this.#truncate(rows, item, mark);
    this.#fold = fold;
    for (const { row, count, replies } of counts) {
      if (this.count(row) === count && this.replies(row) === replies) continue;
      this.#count.set(row, count);
      this.#replies.set(row, replies);
      this.#change(row);
    }
  }

  /** Goes back to the last row before an item at which folding began anew. */
  #goBefore(item: number): void {
    let rows = this.before(this.items.event(item) + 1);
    while (rows > 0 && this.#isRun(rows - 1)) rows -= 1;
    if (rows === 0) {
      this.#truncate(0, 0, 0);
      return;
    }
    const last = this.#item.at(rows - 1);
    const event = this.event(rows - 1);
    const next = last >= 0 ? last + 1 : this.items.firstFrom(event + 1);
    const mark = last >= 0 ? this.#marks.findIndex(({ eventId }) => eventId >= event) : -last;
    this.#truncate(rows, next, mark < 0 ? this.#marks.length : mark);
  }

  #isRun(row: number): boolean {
    const item = this.#item.at(row);
    return item >= 0 && this.items.isBeat(item);
  }

  #truncate(rows: number, nextItem: number, nextMark: number): void {
    for (let row = rows; row < this.length; row += 1) this.#shown.add(this.items, this.#item.at(row), -1);
    for (const column of [this.#event, this.#item, this.#count, this.#replies]) column.truncate(rows);
    this.#nextItem = nextItem;
    this.#nextMark = nextMark;
    this.#settled = null;
    this.#fold = new HeartbeatFold();
    this.#change(rows);
  }

  #change(row: number): void {
    if (row < this.#changed) this.#changed = row;
  }
}
