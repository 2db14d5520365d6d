/** The whole diagram in a narrow strip: how dense it is and of what, where elections, faults and violations are. */

import { t } from "../../l10n/text.js";
import type { DiagramOverviewBucket } from "../../protocol/diagram-rows.js";
import { formatCount } from "../time.js";
import { type Paint, termPaint } from "./paint.js";
import { num, type Shape } from "./shapes.js";

/** Width of the strip, and of its part for signs. */
export const MINIMAP_WIDTH = 64;
const SIGNS = 16;
const LOST_AT = MINIMAP_WIDTH - SIGNS - 4;

/** What the strip is made of. */
export interface MinimapScene {
  readonly totalRows: number;
  readonly buckets: readonly DiagramOverviewBucket[];
  readonly terms: readonly { readonly row: number; readonly term: number }[];
}

/** How many stretches a strip of this height can show. */
export function minimapBuckets(height: number): number {
  return Math.max(1, Math.min(400, Math.floor(height / 3)));
}

/** The strip's shapes for its height in pixels. */
export function minimapShapes({ totalRows, buckets, terms }: MinimapScene, height: number): Shape[] {
  if (totalRows === 0 || buckets.length === 0) return [];
  // Few rows fill the strip only as far as they would in the picture at a scale of one to nine.
  const step = Math.min(height, minimapLength(totalRows, height)) / buckets.length;
  const most = Math.max(1, ...buckets.map(amount));
  const bars = new Map<Paint, string>();
  const signs: Shape[] = [];
  for (const [at, bucket] of buckets.entries()) {
    const y = at * step;
    stack(bucket, y, Math.max(0.8, step - 0.4), (LOST_AT - 4) / most, bars);
    const sign = signOf(bucket, y + step / 2);
    if (sign !== null) signs.push(sign);
  }
  const paths = [...bars].map(([paint, d]): Shape => ({ kind: "path", d, look: { fill: paint } }));
  return [...paths, ...termLines(terms, totalRows, step * buckets.length), ...signs];
}

/** How much of a strip so many rows fill. */
export function minimapLength(totalRows: number, height: number): number {
  return Math.min(height, totalRows * 3);
}

/** The row at a height of the strip. */
export function minimapRow(y: number, totalRows: number, height: number): number {
  const length = minimapLength(totalRows, height);
  if (length <= 0) return 0;
  return Math.max(0, Math.min(totalRows - 1, Math.floor((y / length) * totalRows)));
}

/** The height of a row in the strip. */
export function minimapY(row: number, totalRows: number, height: number): number {
  return totalRows === 0 ? 0 : (row / totalRows) * minimapLength(totalRows, height);
}

/** The strip in words. */
export function minimapText({ totalRows, buckets }: MinimapScene): string {
  const sum = (name: keyof DiagramOverviewBucket): number => buckets.reduce((all, bucket) => all + bucket[name], 0);
  return t(
    "Rows: {0}, messages: {1}, lost: {2}, elections: {3}, faults: {4}, violations: {5}",
    formatCount(totalRows),
    formatCount(sum("messages")),
    formatCount(sum("lost")),
    formatCount(sum("elections")),
    formatCount(sum("faults")),
    formatCount(sum("violations")),
  );
}

function amount({ messages, notes, faults }: DiagramOverviewBucket): number {
  return messages + notes + faults;
}

function stack(bucket: DiagramOverviewBucket, y: number, height: number, unit: number, into: Map<Paint, string>): void {
  const { messages, lost, entries, votes, client, notes, faults } = bucket;
  const rest = Math.max(0, messages - entries - votes - client);
  const parts: readonly (readonly [Paint, number])[] = [
    ["vote", votes],
    ["entries", entries],
    ["client", client],
    ["line", rest],
    ["quiet", notes + faults],
  ];
  let x = 2;
  for (const [paint, count] of parts) {
    if (count <= 0) continue;
    const width = count * unit;
    into.set(paint, `${into.get(paint) ?? ""}M${num(x)} ${num(y)}h${num(width)}v${num(height)}h${num(-width)}Z`);
    x += width;
  }
  // What is lost is counted with its kind already.
  if (lost > 0) {
    const d = `M${LOST_AT} ${num(y)}h4v${num(height)}h-4Z`;
    into.set("lost", (into.get("lost") ?? "") + d);
  }
}

/** The gravest thing of a stretch: a cross for a violation, a bolt for a fault, a star for an election. */
function signOf(bucket: DiagramOverviewBucket, y: number): Shape | null {
  const x = MINIMAP_WIDTH - SIGNS / 2 - 1;
  if (bucket.violations > 0) {
    const d = `M${x - 4} ${num(y - 4)}L${x + 4} ${num(y + 4)}M${x + 4} ${num(y - 4)}L${x - 4} ${num(y + 4)}`;
    return { kind: "path", d, look: { stroke: "violation", width: 2.4 } };
  }
  if (bucket.elections > 0) return { kind: "path", d: star(x, y), look: { fill: "role" } };
  if (bucket.faults > 0) {
    const d = `M${x - 3} ${num(y - 3)}h6v6h-6Z`;
    return { kind: "path", d, look: { stroke: "fault", width: 1.4 } };
  }
  return null;
}

function star(x: number, y: number): string {
  const points = Array.from({ length: 10 }, (_, at) => {
    const angle = (at / 10) * Math.PI * 2 - Math.PI / 2;
    const radius = at % 2 === 0 ? 5 : 2.1;
    return `${num(x + Math.cos(angle) * radius)} ${num(y + Math.sin(angle) * radius)}`;
  });
  return `M${points.join("L")}Z`;
}

function termLines(terms: MinimapScene["terms"], totalRows: number, length: number): Shape[] {
  const shapes: Shape[] = [];
  let free = 0;
  for (const { row, term } of terms) {
    const y = (row / totalRows) * length;
    shapes.push({
      kind: "line",
      x1: 0,
      y1: y,
      x2: MINIMAP_WIDTH,
      y2: y,
      look: { stroke: termPaint(term), width: 1 },
    });
    if (y < free) continue;
    free = y + 26;
    shapes.push({
      kind: "text",
      x: 3,
      y: y + 10,
      text: String(term),
      anchor: "start",
      look: { fill: "text", size: 9.5, bold: true, halo: true },
    });
  }
  return shapes;
}
