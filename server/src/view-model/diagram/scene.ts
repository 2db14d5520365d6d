/**
 * The sequence diagram as shapes, a stretch of rows at a time. Coordinates begin at the stretch's own first row: with a million rows
 * they would otherwise be finer than what browsers compute pictures with.
 */
import type { DiagramRowsView, PlacedRow } from "../../protocol/diagram-rows.js";
import { type PlacedMessage, passingShapes } from "./arrows.js";
import { type Columns, PITCH } from "./columns.js";
import { type LifelineChange, lifelineShapes, statesAt } from "./lifelines.js";
import { rowShapes } from "./row-shapes.js";
import { rowTime } from "./rows.js";
import type { Shape } from "./shapes.js";

/** What of a part of a diagram is drawn. */
export type SceneRows = Pick<DiagramRowsView, "rows" | "states" | "changes">;

/** Shapes that belong to one row. */
export interface RowScene {
  readonly row: PlacedRow;
  readonly shapes: readonly Shape[];
}

/** A stretch of rows. */
export interface StretchScene {
  readonly from: number;
  /** Not included. */
  readonly to: number;
  readonly height: number;
  readonly lifelines: readonly Shape[];
  readonly rows: readonly RowScene[];
}

/** Rows `from`..`to` (not included) of what is given; rows that are not there are left empty. */
export function stretchScene(given: SceneRows, from: number, to: number, columns: Columns): StretchScene {
  const states = statesAt(given.states, given.changes, from - 0.01);
  const changes = given.changes.map((change) => ({ ...change, position: change.position - from }));
  const shown = given.rows.filter(({ row }) => row >= from && row < to);
  return {
    from,
    to,
    height: (to - from) * PITCH,
    lifelines: lifelineShapes({ from: 0, to: to - from, states, changes }, columns),
    rows: shown.map((row, at) => {
      const above = shown[at - 1];
      const newTime = above === undefined || rowTime(above) !== rowTime(row);
      return { row, shapes: rowShapes(shifted(row, from), columns, newTime) };
    }),
  };
}

/** Arrows that began above row `from` and arrive in sight of it. Coordinates begin at `from`. */
export function passingScene(messages: readonly PlacedMessage[], from: number, columns: Columns): readonly RowScene[] {
  return messages
    .filter((message) => message.row < from && lastRowOf(message) >= from)
    .map((row) => ({ row, shapes: passingShapes(shiftedMessage(row, from), columns) }));
}

/** The last row that a message's arrows reach. */
export function lastRowOf(row: PlacedRow): number {
  return Math.max(row.row, row.arrivesRow ?? row.row, ...row.copiesArrive);
}

/** A row as if the diagram began at row `by`. */
export function shifted(row: PlacedRow, by: number): PlacedRow {
  return row.kind === "message" ? shiftedMessage(row, by) : { ...row, row: row.row - by };
}

/** The same of a message. */
export function shiftedMessage(row: PlacedMessage, by: number): PlacedMessage {
  return {
    ...row,
    row: row.row - by,
    arrivesRow: row.arrivesRow === null ? null : row.arrivesRow - by,
    copiesArrive: row.copiesArrive.map((each) => each - by),
  };
}

/** Lifelines without rows, while rows are waited for. */
export function waitingScene(
  given: { readonly states: SceneRows["states"]; readonly changes: readonly LifelineChange[] },
  from: number,
  to: number,
  columns: Columns,
): StretchScene {
  return stretchScene({ rows: [], states: given.states, changes: given.changes }, from, to, columns);
}
