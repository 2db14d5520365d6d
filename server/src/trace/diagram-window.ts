import { type Lifeline, lifelinesOf } from "./diagram.js";
import type { DiagramRun } from "./diagram-index.js";
import { ITEM_BLOCK } from "./diagram-items.js";
import { ownRow, positionOf, rowOfItem } from "./diagram-places.js";
import { type DiagramRow, type RowList, rowAt } from "./diagram-rows.js";
import type { Recording } from "./recording.js";
import { type LaneState, lastAtMost, TraceIndex } from "./trace-index.js";
import type { RoleText } from "./view.js";

/** Messages from above a window that are told of. */
const PASSING = 100;

/** A row with its place: positions are in rows, from 0 at the first. */
export type PlacedRow = DiagramRow & {
  readonly row: number;
  /** Where a message arrives or is lost; `null` while it is under way, and of what is none. */
  readonly arrivesRow: number | null;
  readonly copiesArrive: readonly number[];
};

/** Who a lifeline is. */
export interface LifelineState {
  readonly name: string;
  readonly role: RoleText | "down" | "paused" | null;
  readonly term: number;
}

/** A part of a run's diagram. */
export interface RowsWindow {
  readonly events: number;
  readonly totalRows: number;
  readonly lifelines: readonly Lifeline[];
  readonly rows: readonly PlacedRow[];
  readonly passing: readonly PlacedRow[];
  readonly states: readonly LifelineState[];
  readonly changes: readonly (LifelineState & { readonly position: number })[];
}

/** Rows `from`..`from + count - 1` of a run as far as it is taken in, and what crosses them. */
export function windowOf(run: DiagramRun, from: number, count: number): RowsWindow {
  const { rows, events, filter } = run;
  const { recording } = rows.items;
  const first = Math.min(from, rows.length);
  const end = Math.min(rows.length, first + count);
  const lifelines = lifelinesOf(recording, filter, ({ id }) => rows.shows(id));
  const [top, bottom] = [edgeOf(run, first), edgeOf(run, end)];
  return {
    events,
    totalRows: rows.length,
    lifelines,
    rows: Array.from({ length: end - first }, (_, position) => placedRow(rows, first + position)),
    passing: first < rows.length ? passing(rows, first) : [],
    states: statesBefore(recording, lifelines, top),
    changes: changesWithin(rows, lifelines, top, bottom),
  };
}

/** The first event of which a change stands at a row or below; behind the last row the first event that is not taken in. */
function edgeOf({ rows, events }: DiagramRun, row: number): number {
  if (row >= rows.length) return events;
  const event = rows.event(row);
  return ownRow(rows, event) < row ? event + 1 : event;
}

function placedRow(rows: RowList, row: number): PlacedRow {
  const { items } = rows;
  const item = rows.item(row);
  const isMessage = item >= 0 && items.shape(item) === "message";
  const end = isMessage ? items.end(item) : -1;
  return {
    ...rowAt(rows, row),
    row,
    arrivesRow: end < 0 ? null : positionOf(rows, end),
    copiesArrive: isMessage ? items.copiesOf(item).map((copy) => positionOf(rows, items.event(copy))) : [],
  };
}

/** Messages that began above a row and end below its event, newest first. */
function passing(rows: RowList, from: number): PlacedRow[] {
  const { items } = rows;
  const event = rows.event(from);
  const found: PlacedRow[] = [];
  let item = items.firstFrom(event) - 1;
  while (item >= 0 && found.length < PASSING) {
    if (item % ITEM_BLOCK === ITEM_BLOCK - 1 && items.lastEndOf(Math.floor(item / ITEM_BLOCK)) <= event) {
      item -= ITEM_BLOCK;
      continue;
    }
    if (items.shape(item) === "message" && items.end(item) > event) {
      const row = rowOfItem(rows, item);
      if (row >= 0 && row < from) found.push(placedRow(rows, row));
    }
    item -= 1;
  }
  return found;
}

function statesBefore(recording: Recording, lifelines: readonly Lifeline[], event: number): LifelineState[] {
  const ids = serverIds(recording);
  return lifelines.map(({ name, kind }) => {
    if (kind === "client") return { name, role: null, term: 0 };
    const state = TraceIndex.of(recording).stateAfter(ids.get(name) ?? 0, event - 1);
    return state === null ? { name, role: "down", term: 0 } : stateOf(name, state);
  });
}

/** Of several changes at one position the last one counts. */
function changesWithin(rows: RowList, lifelines: readonly Lifeline[], from: number, to: number): RowsWindow["changes"] {
  const { recording } = rows.items;
  const ids = serverIds(recording);
  const found: (LifelineState & { readonly position: number })[] = [];
  for (const { name, kind } of lifelines) {
    if (kind === "client") continue;
    const lane = TraceIndex.of(recording).lane(ids.get(name) ?? 0);
    let last = -1;
    for (
      let at = lastAtMost(lane.length, from - 1, (each) => lane[each]?.eventId ?? 0) + 1;
      at < lane.length;
      at += 1
    ) {
      const state = lane[at];
      if (state === undefined || state.eventId >= to) break;
      const position = changePosition(rows, state.eventId);
      if (position === last) found.pop();
      found.push({ ...stateOf(name, state), position });
      last = position;
    }
  }
  return found.sort((a, b) => a.position - b.position);
}

/** The row that tells of it, or between those around it. */
function changePosition(rows: RowList, event: number): number {
  const own = ownRow(rows, event);
  return own < 0 ? positionOf(rows, event) : own;
}

function stateOf(name: string, { status, role, term }: LaneState): LifelineState {
  return { name, role: status === "up" ? role : status, term };
}

function serverIds({ world }: Recording): ReadonlyMap<string, number> {
  return new Map(world.servers.flatMap((server) => (server === undefined ? [] : [[server.name, server.id] as const])));
}
