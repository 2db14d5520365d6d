/** How much mermaid may draw at once, so that nobody waits for it. */
import { MOST_MERMAID_ROWS } from "../../server/src/protocol/diagram-rows.js";

/** What a drawing may take, in milliseconds: well below half a second, since machines differ from moment to moment. */
const BUDGET_MS = 300;
const FEWEST_ROWS = 40;

/** Rows of the first drawing, before anything was measured here. */
export const FIRST_ROWS = 200;

/** Rows that the next drawing may have, after one of `rows` took so long. */
export function rowsWithin(rows: number, tookMs: number): number {
  if (rows === 0) return FIRST_ROWS;
  const fits = Math.floor((BUDGET_MS * rows) / Math.max(1, tookMs));
  return Math.max(FEWEST_ROWS, Math.min(MOST_MERMAID_ROWS, fits));
}
