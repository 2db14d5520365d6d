import { type DiagramFilter, ItemFilter } from "./diagram-filter.js";
import { DiagramItems } from "./diagram-items.js";
import type { RowList } from "./diagram-rows.js";
import { FoldedRows } from "./folded-rows.js";
import { ItemLines } from "./item-lines.js";
import type { MatchingRows } from "./matching-rows.js";
import type { Recording } from "./recording.js";
import { TextLists } from "./text-lists.js";
import type { Mark } from "./view.js";

/** What one step of {@link DiagramRun.advance} does at the most: some two milliseconds. */
const EVENTS = 2000;
const ITEMS = 20_000;
const ROWS = 1000;
/** Selections of one run that are kept. */
const SELECTIONS = 4;

/**
 * The rows of a whole run for the selections that were looked at last, built in steps and extended as the run goes on. An item (a message
 * or a note, see {@link DiagramItems}) takes 24 bytes, for all selections together; a row of a selection 16, of one with a text 4 more,
 * and a row of a text that was looked for 4.
 */
export class DiagramIndex {
  readonly items: DiagramItems;
  readonly lines: ItemLines;
  readonly #runs = new Map<string, DiagramRun>();
  #marks: readonly Mark[] = [];

  constructor(recording: Recording) {
    this.items = new DiagramItems(recording);
    this.lines = new ItemLines(this.items);
  }

  /** Bytes held. */
  get bytes(): number {
    return [...this.#runs.values()].reduce((sum, { bytes }) => sum + bytes, this.items.bytes + this.lines.bytes);
  }

  /** The run as a filter shows it. `marks`: what has been found beside the trace so far. */
  select(filter: DiagramFilter, marks: readonly Mark[]): DiagramRun {
    this.#marks = marks;
    const key = keyOf(filter);
    const run = this.#runs.get(key) ?? new DiagramRun(this, filter);
    this.#runs.delete(key);
    this.#runs.set(key, run);
    for (const oldest of this.#runs.keys()) {
      if (this.#runs.size <= SELECTIONS) break;
      this.#runs.delete(oldest);
    }
    run.folded.useMarks(this.#marks);
    return run;
  }

  /** Takes in some further events; true when there are no more. */
  takeEvents(): boolean {
    this.items.take(this.items.taken + EVENTS);
    const changed = this.items.takeChanged();
    if (changed.length > 0) for (const { folded } of this.#runs.values()) folded.itemsChanged(changed);
    return this.items.taken === this.items.recording.log.count;
  }
}

/** The rows of a run as one filter shows them. */
export class DiagramRun {
  readonly filter: DiagramFilter;
  readonly index: DiagramIndex;
  readonly folded: FoldedRows;
  readonly #text: string;
  readonly #texts: TextLists;

  constructor(index: DiagramIndex, filter: DiagramFilter) {
    const { items } = index;
    this.index = index;
    this.filter = filter;
    this.folded = new FoldedRows(items, new ItemFilter(items.recording, filter), filter.foldHeartbeats ?? true);
    this.#text = filter.text ?? "";
    this.#texts = new TextLists(this.folded);
  }

  /** Bytes held. */
  get bytes(): number {
    return this.folded.bytes + this.#texts.bytes;
  }

  /** The rows so far. */
  get rows(): RowList {
    return this.#matching ?? this.folded;
  }

  /** Events that the rows take in so far. */
  get events(): number {
    const matching = this.#matching;
    if (matching === null || matching.taken === this.folded.length) return this.folded.events;
    return this.folded.event(matching.taken);
  }

  /** Goes one step on; true when the rows are those of the whole run, as far as it has come. */
  advance(): boolean {
    const hasAll = this.index.takeEvents();
    const isFolded = this.folded.advance(ITEMS);
    this.#texts.rowsChanged(this.folded.takeChanged());
    return (this.#matching?.advance(ROWS) ?? true) && isFolded && hasAll;
  }

  /** How many of {@link rows} stand among the first rows of {@link folded}. */
  shownBefore(folded: number): number {
    return this.#matching?.countBefore(folded) ?? folded;
  }

  /** Those of {@link rows} that hold a text, as far as they have been looked through: to be advanced by the caller. */
  find(text: string): MatchingRows {
    return (this.#text === "" ? this.#texts : this.#texts.below(this.#text)).of(text);
  }

  get #matching(): MatchingRows | null {
    return this.#text === "" ? null : this.#texts.of(this.#text);
  }
}

/** Equal for filters that leave out the same. */
function keyOf({
  servers = [],
  types = [],
  foldHeartbeats = true,
  clients = true,
  text = "",
  terms,
  span,
}: DiagramFilter) {
  return JSON.stringify([
    [...servers].sort(),
    [...types].sort(),
    foldHeartbeats,
    clients,
    text.toLowerCase(),
    terms === undefined ? null : [terms.from, terms.to],
    span === undefined ? null : [span.fromUs, span.toUs],
  ]);
}
