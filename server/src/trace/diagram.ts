import { type DiagramFilter, ItemFilter } from "./diagram-filter.js";
import { DiagramItems } from "./diagram-items.js";
import { type DiagramRow, type RowList, rowAt } from "./diagram-rows.js";
import { FoldedRows } from "./folded-rows.js";
import { MatchingRows } from "./matching-rows.js";
import { mermaidOf } from "./mermaid.js";
import type { Recording } from "./recording.js";
import type { Mark } from "./view.js";

/** Which events a diagram shows. */
export type DiagramWindow =
  | { readonly kind: "events"; readonly from: number; readonly to: number }
  | { readonly kind: "time"; readonly fromUs: number; readonly toUs: number }
  | { readonly kind: "around"; readonly eventId: number };

/** A server or client of a diagram. */
export interface Lifeline {
  readonly name: string;
  readonly kind: "server" | "client";
}

/** A sequence diagram of a window of events: one model for mermaid, for our own drawing and for text. */
export interface Diagram {
  readonly fromEvent: number;
  readonly toEvent: number;
  readonly fromUs: number;
  readonly toUs: number;
  readonly lifelines: readonly Lifeline[];
  readonly rows: readonly DiagramRow[];
  /** Rows left out after the last one. */
  readonly moreRows: number;
  /** The same as mermaid text; row n of `rows` is the n-th message or note in it. */
  readonly mermaid: string;
}

/** Rows unless told otherwise. */
const LIMIT = 200;
/** Most items of one window that are looked at; more are only counted. */
const ITEMS = 100_000;
/** Events between two looks at how many items there are. */
const STEP = 1000;
/** How far beyond a window the deliveries of its messages are looked for. */
const BEYOND = 200_000;

/** The sequence diagram of a window, at most `limit` rows. `marks`: what was found beside the trace. */
export function diagramOf(
  recording: Recording,
  window: DiagramWindow,
  filter: DiagramFilter = {},
  limit = LIMIT,
  marks: readonly Mark[] = [],
): Diagram {
  const { log } = recording;
  const { from, to } = eventsOf(recording, window, limit);
  const { rows: all, notCollected } = windowRows(recording, from, to, filter, marks);
  const rows = Array.from({ length: Math.min(limit, all.length) }, (_, row) => rowAt(all, row));
  const seen = seenIn(rows);
  const lifelines = lifelinesOf(recording, filter, ({ name }) => seen.has(name));
  return {
    fromEvent: from,
    toEvent: to,
    fromUs: from <= to ? log.timeUs(from) : 0,
    toUs: from <= to ? log.timeUs(to) : 0,
    lifelines,
    rows,
    moreRows: all.length - rows.length + notCollected,
    mermaid: mermaidOf(lifelines, rows),
  };
}

/** The first and last event of a window; `to` is below `from` when it is empty. */
export function eventsOf(recording: Recording, window: DiagramWindow, limit = LIMIT): { from: number; to: number } {
  const { log } = recording;
  const last = log.count - 1;
  switch (window.kind) {
    case "events":
      return { from: Math.max(0, window.from), to: Math.min(last, window.to) };
    case "time":
      return { from: log.lastAt(window.fromUs - 1) + 1, to: log.lastAt(window.toUs) };
    case "around":
      // A message takes two events and more, so that half the rows at most lie before the event in the middle.
      return { from: Math.max(0, window.eventId - limit), to: Math.min(last, window.eventId + limit) };
  }
}

/** The rows of events `from`..`to`, and how many messages there are beyond what is held. */
function windowRows(
  recording: Recording,
  from: number,
  to: number,
  filter: DiagramFilter,
  marks: readonly Mark[],
): { readonly rows: RowList; readonly notCollected: number } {
  const wanted = new ItemFilter(recording, filter);
  const items = new DiagramItems(recording, from, (all, item) => wanted.wants(all, item));
  while (items.taken <= to && items.length < ITEMS) items.take(Math.min(to + 1, items.taken + STEP));
  const { taken } = items;
  items.settle(taken + BEYOND);
  const folded = new FoldedRows(items, wanted, filter.foldHeartbeats ?? true);
  folded.useMarks(marks.filter(({ eventId }) => eventId >= from && eventId < taken));
  folded.advance(Number.POSITIVE_INFINITY);
  return { rows: textRows(folded, filter.text ?? ""), notCollected: countSends(recording, taken, to) };
}

function textRows(rows: RowList, text: string): RowList {
  if (text === "") return rows;
  const matching = new MatchingRows(rows, text);
  matching.advance(Number.POSITIVE_INFINITY);
  return matching;
}

function countSends(recording: Recording, from: number, to: number): number {
  let count = 0;
  for (let id = from; id <= to; id += 1) if (recording.log.kind(id) === "send") count += 1;
  return count;
}

function seenIn(rows: readonly DiagramRow[]): ReadonlySet<string> {
  const seen = new Set<string>();
  for (const row of rows) {
    if (row.kind === "message") seen.add(row.from).add(row.to);
    else if (row.kind === "event" && row.at !== null) seen.add(row.at);
  }
  return seen;
}

/**
 * The lifelines of a diagram. Without a filter all servers, so that they keep their places from window to window; clients when they
 * appear.
 */
export function lifelinesOf(
  { world }: Recording,
  { servers = [] }: DiagramFilter,
  appears: (endpoint: { readonly id: number; readonly name: string }) => boolean,
): Lifeline[] {
  const named = new Set(servers);
  const lifelines: Lifeline[] = [];
  for (const server of world.servers) {
    if (server !== undefined && (named.size === 0 || named.has(server.name) || appears(server)))
      lifelines.push({ name: server.name, kind: "server" });
  }
  for (const client of world.clients.values()) {
    if (named.has(client.name) || appears(client)) lifelines.push({ name: client.name, kind: "client" });
  }
  return lifelines;
}
