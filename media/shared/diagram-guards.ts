/** Guards of the contract of the long diagram, server/src/protocol/diagram-rows.ts. */
import type {
  DiagramOverviewBucket,
  DiagramRowsView,
  LifelineState,
  PlacedRow,
} from "../../server/src/protocol/diagram-rows.js";
import type { Guard } from "./guard.js";
import { arrayOf, isBoolean, isNumber, isString, literal, nullable, object, union } from "./guard.js";
import { isDiagramRow } from "./guards.js";

const isPlace = object<Pick<PlacedRow, "row" | "arrivesRow" | "copiesArrive">>({
  row: isNumber,
  arrivesRow: nullable(isNumber),
  copiesArrive: arrayOf(isNumber),
});

/** A row with its place. */
export const isPlacedRow: Guard<PlacedRow> = (value): value is PlacedRow => isDiagramRow(value) && isPlace(value);

const state = {
  name: isString,
  role: nullable(
    union(literal("follower", "pre-candidate", "candidate", "leader"), literal("down", "paused")),
  ) satisfies Guard<LifelineState["role"]>,
  term: isNumber,
};

/** A part of a diagram. */
export const isDiagramRowsView: Guard<DiagramRowsView> = object<DiagramRowsView>({
  sessionId: isString,
  events: isNumber,
  totalRows: isNumber,
  lifelines: arrayOf(object({ name: isString, kind: literal("server", "client") })),
  rows: arrayOf(isPlacedRow),
  passing: arrayOf(isPlacedRow),
  states: arrayOf(object<LifelineState>(state)),
  changes: arrayOf(object<LifelineState & { readonly position: number }>({ ...state, position: isNumber })),
});

/** Where something stands. */
export const isDiagramPlace = object({ row: isNumber, exact: isBoolean, rows: arrayOf(isNumber) });

/** What a search found. */
export const isDiagramFind = object({ row: nullable(isNumber), matches: isNumber });

/** The minimap. */
export const isDiagramOverview = object({
  overview: object({
    totalRows: isNumber,
    buckets: arrayOf(
      object<DiagramOverviewBucket>({
        messages: isNumber,
        lost: isNumber,
        entries: isNumber,
        votes: isNumber,
        client: isNumber,
        faults: isNumber,
        violations: isNumber,
        notes: isNumber,
        elections: isNumber,
      }),
    ),
    terms: arrayOf(object({ row: isNumber, term: isNumber })),
  }),
});
