import type { DiagramRun } from "./diagram-index.js";
import type { RowList } from "./diagram-rows.js";
import type { FoldedRows } from "./folded-rows.js";
import { takesIn } from "./heartbeat-fold.js";

/** A place among the rows of a diagram. */
export interface RowPlace {
  /** -1 before the first. */
  readonly row: number;
  /** Whether the row shows what was asked for; otherwise it is the newest that began before. */
  readonly exact: boolean;
}

/** Where an event stands between the rows: halfway between those that began before it and after it. */
export function positionOf(rows: RowList, event: number): number {
  return rows.before(event) - 0.5;
}

/** The row that begins with an item; -1 when none does. */
export function rowOfItem(rows: RowList, item: number): number {
  const event = rows.items.event(item);
  for (let row = rows.before(event); row < rows.length && rows.event(row) === event; row += 1)
    if (rows.item(row) === item) return row;
  return -1;
}

/**
 * Where an event stands: the row that begins with it, or into which its message is folded, or whose message it delivers or loses; otherwise
 * the newest row that began before it.
 */
export function placeOfEvent(run: DiagramRun, event: number): RowPlace {
  if (event < 0) return { row: -1, exact: false };
  const { row, exact } = placeIn(run.folded, event);
  const shown = run.shownBefore(row + 1) - 1;
  return exact && run.shownBefore(row) === shown
    ? { row: shown, exact }
    : { row: newestBefore(run.rows, event), exact: false };
}

function placeIn(rows: FoldedRows, event: number): RowPlace {
  const own = ownRow(rows, event);
  if (own >= 0) return { row: own, exact: true };
  const message = rows.items.ofEvent(event);
  const row = message < 0 || !rows.wants(message) ? -1 : rowOfMessage(rows, message);
  return row < 0 ? { row: newestBefore(rows, event), exact: false } : { row, exact: true };
}

/** Where an instant stands: the newest row that began at or before it. */
export function placeOfTime(rows: RowList, timeUs: number): RowPlace {
  const { log } = rows.items.recording;
  const row = newestBefore(rows, log.lastAt(timeUs) + 1);
  return { row, exact: row >= 0 && log.timeUs(rows.event(row)) === timeUs };
}

function newestBefore(rows: RowList, event: number): number {
  return rows.before(event) - 1;
}

/** The first row that says what an event was, rather than that a term begins with it; -1 when none begins with it. */
export function ownRow(rows: RowList, event: number): number {
  const first = rows.before(event);
  if (first >= rows.length || rows.event(first) !== event) return -1;
  const item = rows.item(first);
  const isTerm = item >= 0 && rows.items.shape(item) === "term";
  return isTerm && first + 1 < rows.length && rows.event(first + 1) === event ? first + 1 : first;
}

/** The row that shows a message, alone or in a run; -1 when none does. */
function rowOfMessage(rows: RowList, message: number): number {
  const { items } = rows;
  const own = rowOfItem(rows, message);
  if (own >= 0 || !rows.folds || !items.isBeat(message)) return own;
  for (let row = rows.before(items.event(message)) - 1; row >= 0; row -= 1) {
    const item = rows.item(row);
    // Whatever is no heartbeat ends all runs.
    if (item < 0 || !items.isBeat(item)) return -1;
    if (takesIn(items, item, message)) return row;
  }
  return -1;
}
