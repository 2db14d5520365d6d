/** Where the operations of a part of a history stand in a drawing: clients in rows, calls and returns in columns of equal width. */
import type { HistoryOperation, RecordedHistory } from "./history.js";
import type { HistoryPart } from "./verify.js";

/** One operation in a drawing. */
export interface Bar {
  /** From 1, in the order of calls: its number in the drawing and in the list beside it. */
  readonly number: number;
  readonly operation: HistoryOperation;
  readonly row: number;
  /** Columns of call and return; `null` for an open end. */
  readonly from: number;
  readonly to: number | null;
  /** No order places it. */
  readonly impossible: boolean;
  /** Its place in the order that was found, from 1, and the column at which it may have taken effect; `null` where there is none. */
  readonly point: { readonly place: number; readonly column: number } | null;
}

/** A drawing without its looks. */
export interface Layout {
  /** The client of each row. A client that did two things at once has several. */
  readonly rows: readonly string[];
  readonly bars: readonly Bar[];
  /** The instant of each column, in the file's units. */
  readonly times: readonly number[];
  /** Operations that are not drawn because there are too many. */
  readonly leftOut: number;
}

/** Operations that a drawing can show before it says nothing any more. */
export const MOST_DRAWN = 60;

/** Lays out what shows a part's verdict: the counterexample, or all operations with their order. */
export function layoutOf(history: RecordedHistory, part: HistoryPart, most = MOST_DRAWN): Layout {
  const { verdict } = part;
  const all = verdict.kind === "not-linearizable" ? verdict.counterexample : part.operations;
  const impossible = verdict.kind === "not-linearizable" ? verdict.impossible : null;
  const chosen = choose(all, impossible, most);
  const operations = chosen.flatMap((id) => history.operations[id] ?? []);
  const { column, times } = columnsOf(operations);
  const points = verdict.kind === "linearizable" ? pointsOf(verdict.order, column) : new Map<number, Bar["point"]>();
  const rows = new Rows();
  const bars = operations.map((operation, at): Bar => {
    const { id, client } = operation;
    const { from = 0, to = null } = column.get(id) ?? {};
    const row = rows.place(client, from, to);
    return { number: at + 1, operation, row, from, to, impossible: id === impossible, point: points.get(id) ?? null };
  });
  return { ...rows.inOrder(bars), times, leftOut: all.length - chosen.length };
}

/** The last operations of a counterexample, the impossible one among them, or the first ones of an order. */
function choose(all: readonly number[], impossible: number | null, most: number): readonly number[] {
  if (all.length <= most) return all;
  if (impossible === null) return all.slice(0, most);
  const at = all.indexOf(impossible);
  return all.slice(Math.max(0, Math.min(at - most + 1, all.length - most))).slice(0, most);
}

type Column = { readonly from: number; readonly to: number | null };

function columnsOf(operations: readonly HistoryOperation[]): {
  readonly column: ReadonlyMap<number, Column>;
  readonly times: readonly number[];
} {
  const events = operations.flatMap(({ id, call, return: end }) => [
    { id, time: call, late: 0 },
    ...(end === null ? [] : [{ id, time: end, late: 1 }]),
  ]);
  events.sort((a, b) => a.time - b.time || a.late - b.late || a.id - b.id);
  const columns = new Map<number, { from: number; to: number | null }>();
  for (const [at, { id, late }] of events.entries()) {
    const known = columns.get(id);
    if (late === 0 || known === undefined) columns.set(id, { from: at, to: null });
    else known.to = at;
  }
  return { column: columns, times: events.map(({ time }) => time) };
}

/** Each operation of the order takes effect when it and all before it have been called. */
function pointsOf(order: readonly number[], column: ReadonlyMap<number, Column>): Map<number, Bar["point"]> {
  const points = new Map<number, Bar["point"]>();
  const slots: { readonly id: number; readonly place: number; readonly slot: number }[] = [];
  for (const [at, id] of order.entries()) {
    const own = column.get(id);
    if (own !== undefined) slots.push({ id, place: at + 1, slot: Math.max(slots.at(-1)?.slot ?? 0, own.from) });
  }
  const inSlot = new Map<number, number>();
  for (const { slot } of slots) inSlot.set(slot, (inSlot.get(slot) ?? 0) + 1);
  const placed = new Map<number, number>();
  for (const { id, place, slot } of slots) {
    const nth = (placed.get(slot) ?? 0) + 1;
    placed.set(slot, nth);
    points.set(id, { place, column: slot + nth / ((inSlot.get(slot) ?? 0) + 1) });
  }
  return points;
}

/** Rows for clients in the order in which they appear; a second row where two operations of one overlap. */
class Rows {
  readonly #rows: { readonly client: string; readonly rank: number; busyUntil: number }[] = [];
  readonly #ranks = new Map<string, number>();

  place(client: string, from: number, to: number | null): number {
    const rank = this.#ranks.get(client) ?? this.#ranks.size;
    this.#ranks.set(client, rank);
    let at = this.#rows.findIndex((row) => row.client === client && row.busyUntil < from);
    if (at < 0) at = this.#rows.push({ client, rank, busyUntil: 0 }) - 1;
    const row = this.#rows[at];
    if (row !== undefined) row.busyUntil = to ?? Number.POSITIVE_INFINITY;
    return at;
  }

  /** Brings the rows of one client together. */
  inOrder(bars: readonly Bar[]): Pick<Layout, "rows" | "bars"> {
    const order = [...this.#rows.keys()].sort(
      (a, b) => (this.#rows[a]?.rank ?? 0) - (this.#rows[b]?.rank ?? 0) || a - b,
    );
    const placeOf = new Map(order.map((row, place) => [row, place]));
    return {
      rows: order.map((row) => this.#rows[row]?.client ?? ""),
      bars: bars.map((bar) => ({ ...bar, row: placeOf.get(bar.row) ?? bar.row })),
    };
  }
}
