import { diagramItems } from "./diagram-items.js";
import { type DiagramRow, foldRows } from "./diagram-rows.js";
import { mermaidOf } from "./mermaid.js";
import type { Recording } from "./recording.js";
import type { Mark } from "./view.js";

/** What a diagram leaves out. Empty lists leave nothing out. */
export interface DiagramFilter {
  /** Servers of which at least one takes part in a message. */
  readonly servers?: readonly string[];
  /** Message types; `Heartbeat` and `HeartbeatReply` are AppendEntries without entries and their answers. */
  readonly types?: readonly string[];
  /** Fold runs of heartbeats and their replies; default true. */
  readonly foldHeartbeats?: boolean;
  /** Show clients, their requests and replies; default true. */
  readonly clients?: boolean;
}

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
  const items = diagramItems(recording, from, to, filter, marks);
  const { rows, moreRows } = foldRows(recording, items.items, filter.foldHeartbeats ?? true, limit);
  const lifelines = lifelinesOf(recording, filter, rows);
  return {
    fromEvent: from,
    toEvent: to,
    fromUs: from <= to ? log.timeUs(from) : 0,
    toUs: from <= to ? log.timeUs(to) : 0,
    lifelines,
    rows,
    moreRows: moreRows + items.notCollected,
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

/** Without a filter all servers, so that they keep their places from window to window; clients when they appear. */
function lifelinesOf(recording: Recording, filter: DiagramFilter, rows: readonly DiagramRow[]): Lifeline[] {
  const { world } = recording;
  const seen = new Set<string>(filter.servers);
  for (const row of rows) {
    if (row.kind === "message") seen.add(row.from).add(row.to);
    else if (row.kind === "event" && row.at !== null) seen.add(row.at);
  }
  const all = (filter.servers ?? []).length === 0;
  const lifelines: Lifeline[] = [];
  for (const server of world.servers) {
    if (server !== undefined && (all || seen.has(server.name))) lifelines.push({ name: server.name, kind: "server" });
  }
  for (const client of world.clients.values()) {
    if (seen.has(client.name)) lifelines.push({ name: client.name, kind: "client" });
  }
  return lifelines;
}
