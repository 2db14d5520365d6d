/** Where things stand on the ring; plain numbers, in the drawing's own units. */
import type { ClusterView, MessageInFlight } from "../../protocol/cluster-view.js";

/** A point of the drawing. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The ring of one cluster. */
export interface RingLayout {
  readonly width: number;
  readonly height: number;
  /** Radius of a server's disc. */
  readonly disc: number;
  readonly centre: Point;
  readonly servers: ReadonlyMap<string, Point>;
  readonly clients: ReadonlyMap<string, Point>;
  /** Width of a client's pill. */
  readonly pill: number;
}

/** More servers than this are shown as a grid. */
export const RING_LIMIT = 9;

/** Clients drawn at the ring; the others stand in the list only. */
export const CLIENT_LIMIT = 8;

const WIDTH = 640;
const CLIENT_ROW = 84;

/** Height of a row of badges. */
export const BADGE_ROW = 20;

/** Rows of badges that have room under each server. */
export function badgeRows(servers: number): number {
  return servers <= 7 ? 2 : 1;
}

/** Lays servers out clockwise from the top, and clients in a row below. `rows`: of badges under the lowest servers. */
export function ringLayout(servers: readonly string[], clients: readonly string[], rows = 0): RingLayout {
  const count = servers.length;
  const disc = count <= 5 ? 46 : count <= 7 ? 42 : 37;
  const radius = count <= 1 ? 0 : count === 2 ? 150 : count === 3 ? 150 : count <= 5 ? 172 : count <= 7 ? 205 : 222;
  // Two servers lie side by side; the others start at the top.
  const start = count === 2 ? Math.PI : -Math.PI / 2;
  const offsets = servers.map((_, at) => {
    const angle = start + (2 * Math.PI * at) / Math.max(1, count);
    return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
  });
  const top = Math.min(0, ...offsets.map((point) => point.y));
  const bottom = Math.max(0, ...offsets.map((point) => point.y));
  const margin = disc + 30;
  const centre = { x: WIDTH / 2, y: margin - top };
  const ringHeight = margin + (bottom - top) + disc + 40 + rows * BADGE_ROW;
  const shown = clients.slice(0, CLIENT_LIMIT);
  return {
    width: WIDTH,
    height: ringHeight + (shown.length > 0 ? CLIENT_ROW : 0),
    disc,
    centre,
    servers: new Map(
      servers.map((name, at) => [name, { x: centre.x + (offsets[at]?.x ?? 0), y: centre.y + (offsets[at]?.y ?? 0) }]),
    ),
    pill: Math.min(150, WIDTH / Math.max(1, shown.length) - 10),
    clients: new Map(
      shown.map((name, at) => [name, { x: (WIDTH * (at + 0.5)) / shown.length, y: ringHeight + CLIENT_ROW / 2 - 6 }]),
    ),
  };
}

/** The part of the drawing that is used, from left to right: a narrow panel shows no more than that. */
export function usedWidth(layout: RingLayout): { readonly x: number; readonly width: number } {
  // The words under a server are wider than its disc.
  const lefts = [...layout.servers.values()].map(({ x }) => x - Math.max(82, layout.disc));
  for (const { x } of layout.clients.values()) lefts.push(x - layout.pill / 2 - 4);
  const x = Math.max(0, Math.min(layout.width / 2 - 100, ...lefts));
  return { x, width: layout.width - 2 * x };
}

/** A slightly bent way from one endpoint to another, so that the two directions of a link lie apart. */
export interface Way {
  readonly from: Point;
  readonly bend: Point;
  readonly to: Point;
}

/** The way of a message, from rim to rim; `null` when an end is not drawn. */
export function wayBetween(layout: RingLayout, from: string, to: string): Way | null {
  const a = layout.servers.get(from) ?? layout.clients.get(from);
  const b = layout.servers.get(to) ?? layout.clients.get(to);
  if (a === undefined || b === undefined || (a.x === b.x && a.y === b.y)) return null;
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const length = Math.hypot(dx, dy);
  const ux = dx / length;
  const uy = dy / length;
  const gap = (name: string) => {
    if (layout.servers.has(name)) return layout.disc + 14;
    return Math.min(layout.pill / 2 / Math.abs(ux || 1e-9), 21 / Math.abs(uy || 1e-9)) + 12;
  };
  const start = Math.min(gap(from), length / 2);
  const end = Math.min(gap(to), length / 2);
  const bow = Math.min(26, length * 0.09);
  const side = 6;
  const p = { x: a.x + ux * start - uy * side, y: a.y + uy * start + ux * side };
  const q = { x: b.x - ux * end - uy * side, y: b.y - uy * end + ux * side };
  return { from: p, bend: { x: (p.x + q.x) / 2 - uy * bow, y: (p.y + q.y) / 2 + ux * bow }, to: q };
}

/** The point at a fraction of a way (a quadratic Bézier curve). */
export function pointAt(way: Way, fraction: number): Point {
  const t = Math.min(1, Math.max(0, fraction));
  const s = 1 - t;
  return {
    x: s * s * way.from.x + 2 * s * t * way.bend.x + t * t * way.to.x,
    y: s * s * way.from.y + 2 * s * t * way.bend.y + t * t * way.to.y,
  };
}

/** SVG path data of a way. */
export function pathOf(way: Way): string {
  const f = (value: number) => value.toFixed(1);
  return `M${f(way.from.x)} ${f(way.from.y)}Q${f(way.bend.x)} ${f(way.bend.y)} ${f(way.to.x)} ${f(way.to.y)}`;
}

/** Where messages that wait are drawn, by the event that sent them: half way, and those of one link one after another. */
export function waitingPlaces(
  messages: readonly Pick<MessageInFlight, "eventId" | "from" | "to" | "arrivesUs">[],
): ReadonlyMap<number, number> {
  const links = new Map<string, number[]>();
  for (const { eventId, from, to, arrivesUs } of messages) {
    if (arrivesUs !== null) continue;
    const link = `${from}\n${to}`;
    const there = links.get(link);
    if (there === undefined) links.set(link, [eventId]);
    else there.push(eventId);
  }
  const places = new Map<number, number>();
  for (const link of links.values()) {
    // The oldest is nearest to its goal.
    link.forEach((eventId, at) => {
      places.set(eventId, (link.length - at) / (link.length + 1));
    });
  }
  return places;
}

/** How far a message has come at a time, from 0 to 1. A held message waits half way. */
export function progressOf(message: Pick<MessageInFlight, "sentUs" | "arrivesUs">, nowUs: number): number {
  if (message.arrivesUs === null) return 0.5;
  const span = message.arrivesUs - message.sentUs;
  if (span <= 0) return 1;
  return Math.min(1, Math.max(0, (nowUs - message.sentUs) / span));
}

/** The part of a timer that is left at a time, from 1 to 0. */
export function timerLeft(timer: { readonly startUs: number; readonly deadlineUs: number }, nowUs: number): number {
  const span = timer.deadlineUs - timer.startUs;
  return span <= 0 ? 0 : Math.min(1, Math.max(0, (timer.deadlineUs - nowUs) / span));
}

/** Blocked pairs, each once: both ways, or from `from` to `to` only. */
export interface BlockedLink {
  readonly from: string;
  readonly to: string;
  readonly both: boolean;
}

/** Joins the two directions of blocked links. */
export function blockedLinks(blocked: ClusterView["blocked"]): readonly BlockedLink[] {
  const seen = new Set(blocked.map(({ from, to }) => `${from}\n${to}`));
  const done = new Set<string>();
  const links: BlockedLink[] = [];
  for (const { from, to } of blocked) {
    if (done.has(`${from}\n${to}`)) continue;
    const both = seen.has(`${to}\n${from}`);
    done.add(`${from}\n${to}`);
    if (both) done.add(`${to}\n${from}`);
    links.push({ from, to, both });
  }
  return links;
}
