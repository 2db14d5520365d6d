/** A table of any length, of which only the rows in sight exist. */

/** Pixels of one row. */
export const ROW_HEIGHT = 24;
/** Rows above and below those in sight. */
const MARGIN = 12;

/** The rows to draw. */
export interface RowWindow {
  readonly first: number;
  readonly count: number;
}

/** The rows in sight of a list of `total`, with some around them. */
export function rowsInSight(total: number, scrollTop: number, height: number): RowWindow {
  const first = Math.max(0, Math.min(total, Math.floor(scrollTop / ROW_HEIGHT)) - MARGIN);
  const end = Math.min(total, Math.ceil((scrollTop + height) / ROW_HEIGHT) + MARGIN);
  return { first, count: Math.max(0, end - first) };
}

/** Whether a loaded part holds all of a window. */
export function covers(
  loaded: { readonly from: number; readonly rows: readonly unknown[] },
  window: RowWindow,
): boolean {
  return loaded.from <= window.first && loaded.from + loaded.rows.length >= window.first + window.count;
}

/** Where to scroll so that a row is in sight; `null` where it is already. */
export function scrollTo(row: number, scrollTop: number, height: number): number | null {
  const top = row * ROW_HEIGHT;
  if (top >= scrollTop && top + ROW_HEIGHT <= scrollTop + height) return null;
  return Math.max(0, top - height / 2);
}
