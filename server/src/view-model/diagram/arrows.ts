/** Messages as arrows: they slope as long as they are under way, end in a cross when lost, and point both ways when folded. */
import type { PlacedRow } from "../../protocol/diagram-rows.js";
import { shortened } from "../phrases.js";
import { type Columns, columnX, LABEL_AT, LETTER, lineY, PITCH } from "./columns.js";
import type { Paint } from "./paint.js";
import { type Look, num, type Shape } from "./shapes.js";

/** A message with its place. */
export type PlacedMessage = Extract<PlacedRow, { kind: "message" }>;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** An arrow's ends. */
export interface Way {
  readonly start: Point;
  readonly end: Point;
}

/** How far across a lost message comes, and one that is still under way. */
const LOST_AT = 0.72;
const UNDER_WAY_AT = 0.55;
/** Lines end short of the bar of a lifeline. */
const BAR = 6;

/** What a message is about, by the colour of its arrow; the label says it in words. */
export function messagePaint(type: string): Paint {
  if (type.startsWith("RequestVote") || type.startsWith("PreVote")) return "vote";
  if (type.startsWith("AppendEntries") || type.startsWith("Heartbeat")) return "entries";
  if (type.startsWith("InstallSnapshot")) return "snapshot";
  if (type.startsWith("TimeoutNow")) return "transfer";
  return type.startsWith("Watch") ? "watch" : "client";
}

/** Whether a message answers another: it is drawn dashed. */
export function isReply(type: string): boolean {
  return type.endsWith("Reply") || type === "WatchResponse" || type === "WatchPong";
}

/** Where a message goes, as far as it comes; `null` when a lifeline of it is not in the picture. */
export function wayOf(row: PlacedMessage, columns: Columns, arrives = row.arrivesRow): Way | null {
  const from = columnX(columns, row.from);
  const to = columnX(columns, row.to);
  if (from === null || to === null) return null;
  const side = to === from ? 0 : to > from ? 1 : -1;
  const start = { x: from + side * BAR, y: lineY(row.row) };
  const target = to - side * BAR;
  const across = (part: number): number => start.x + (target - start.x) * part;
  if (arrives === null) return { start, end: { x: across(UNDER_WAY_AT), y: lineY(row.row + 0.4) } };
  const end = { x: row.lost ? across(LOST_AT) : target, y: lineY(Math.max(arrives, row.row)) };
  return { start, end };
}

/** The arrow and its words. */
export function messageShapes(row: PlacedMessage, columns: Columns): Shape[] {
  const way = wayOf(row, columns);
  if (way === null) return [];
  const paint = row.lost ? "lost" : messagePaint(row.type);
  return [
    ...copies(row, columns, paint),
    ...arrow(row, way, paint),
    label(row, way.start, columns, row.lost ? "lost" : "text"),
  ];
}

/** The arrow alone, for messages that began out of sight. */
export function passingShapes(row: PlacedMessage, columns: Columns): Shape[] {
  const way = wayOf(row, columns);
  return way === null ? [] : arrow(row, way, row.lost ? "lost" : messagePaint(row.type));
}

/** Words at the edge for a message that comes from above it: `y` is the edge; `null` when it does not cross it. */
export function edgeLabel(row: PlacedMessage, columns: Columns, y: number): Shape | null {
  const way = wayOf(row, columns);
  if (way === null || way.start.y >= y || way.end.y <= y) return null;
  const part = (y - way.start.y) / (way.end.y - way.start.y);
  const x = way.start.x + (way.end.x - way.start.x) * part;
  const atLeft = way.end.x >= way.start.x;
  return {
    kind: "text",
    x: x + (atLeft ? -8 : 8),
    y: y + 12,
    text: shortened(`${row.from} → ${row.to}: ${row.type}`, 34),
    anchor: atLeft ? (x > columns.gutter + 180 ? "end" : "start") : x < columns.width - 180 ? "start" : "end",
    look: { fill: row.lost ? "lost" : messagePaint(row.type), size: 10.5, halo: true },
  };
}

function arrow(row: PlacedMessage, { start, end }: Way, paint: Paint): Shape[] {
  const look: Look = {
    stroke: paint,
    width: row.type.startsWith("InstallSnapshot") ? 2.6 : 1.6,
    ...(row.lost ? { dash: "5 4" } : isReply(row.type) ? { dash: "7 3" } : {}),
  };
  const shapes: Shape[] = [{ kind: "line", x1: start.x, y1: start.y, x2: end.x, y2: end.y, look }];
  if (row.lost) shapes.push(cross(end, paint));
  else if (row.arrivesRow === null) shapes.push(openHead(start, end, paint));
  else shapes.push(head(start, end, paint));
  if (isFolded(row)) shapes.push(head(end, start, paint));
  return shapes;
}

/** Heartbeats with their answers in one row. */
function isFolded(row: PlacedMessage): boolean {
  return row.type === "Heartbeat" && row.count > 1;
}

function copies(row: PlacedMessage, columns: Columns, paint: Paint): Shape[] {
  return row.copiesArrive.flatMap((arrives): Shape[] => {
    const way = wayOf({ ...row, lost: false }, columns, arrives);
    if (way === null) return [];
    const { start, end } = way;
    const look: Look = { stroke: paint, width: 1.2, dash: "2 3" };
    return [{ kind: "line", x1: start.x, y1: start.y, x2: end.x, y2: end.y, look }, head(start, end, paint)];
  });
}

/** The words stand above the sender's end and run towards the receiver; every row has the whole width to itself. */
function label(row: PlacedMessage, start: Point, columns: Columns, fill: Paint): Shape {
  const rightwards = (columnX(columns, row.to) ?? 0) >= (columnX(columns, row.from) ?? 0);
  const room = rightwards ? columns.width - start.x - 14 : start.x - columns.gutter - 14;
  const times = row.count > 1 && !/x\d+$/.test(row.label) ? ` ×${row.count}` : "";
  return {
    kind: "text",
    x: start.x + (rightwards ? 6 : -6),
    y: row.row * PITCH + LABEL_AT,
    text: shortened((row.lost ? "✗ " : "") + row.label.replace(/ x(\d+)$/, " ×$1") + times, Math.max(8, room / LETTER)),
    anchor: rightwards ? "start" : "end",
    look: { fill, size: 11.5, halo: true },
  };
}

function unit(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
}

/** A filled head at `to`. */
function head(from: Point, to: Point, paint: Paint): Shape {
  const { x, y } = unit(from, to);
  const back = { x: to.x - x * 9, y: to.y - y * 9 };
  const d = `M${num(to.x)} ${num(to.y)}L${num(back.x - y * 4)} ${num(back.y + x * 4)}L${num(back.x + y * 4)} ${num(back.y - x * 4)}Z`;
  return { kind: "path", d, look: { fill: paint } };
}

/** An open head: still under way. */
function openHead(from: Point, to: Point, paint: Paint): Shape {
  const { x, y } = unit(from, to);
  const back = { x: to.x - x * 8, y: to.y - y * 8 };
  const d = `M${num(back.x - y * 5)} ${num(back.y + x * 5)}L${num(to.x)} ${num(to.y)}L${num(back.x + y * 5)} ${num(back.y - x * 5)}`;
  return { kind: "path", d, look: { stroke: paint, width: 1.6 } };
}

function cross({ x, y }: Point, paint: Paint): Shape {
  const d = `M${num(x - 5)} ${num(y - 5)}L${num(x + 5)} ${num(y + 5)}M${num(x + 5)} ${num(y - 5)}L${num(x - 5)} ${num(y + 5)}`;
  return { kind: "path", d, look: { stroke: paint, width: 2.4 } };
}
