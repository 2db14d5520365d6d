/** The square of who reaches whom: one path, however many pairs are cut. */
import type { ClusterView } from "../../protocol/cluster-view.js";

/** Its measures, in CSS pixels, and the marks of the pairs that are cut. */
export interface LinkSquare {
  readonly names: readonly string[];
  readonly size: number;
  readonly cell: number;
  readonly path: string;
  /** Ordered pairs that are cut. */
  readonly count: number;
}

/** `null` while nothing is cut between servers. */
export function linkSquare({ servers, blocked }: Pick<ClusterView, "servers" | "blocked">): LinkSquare | null {
  const names = servers.map(({ name }) => name);
  const place = new Map(names.map((name, at) => [name, at]));
  const cell = names.length <= 25 ? 14 : names.length <= 50 ? 8 : 4;
  const inset = cell >= 8 ? 1 : 0.5;
  const marks: string[] = [];
  for (const { from, to } of blocked) {
    const row = place.get(from);
    const column = place.get(to);
    if (row === undefined || column === undefined) continue;
    const side = cell - 2 * inset;
    marks.push(`M${column * cell + inset} ${row * cell + inset}h${side}v${side}h${-side}Z`);
  }
  if (marks.length === 0) return null;
  return { names, size: names.length * cell, cell, path: marks.join(""), count: marks.length };
}

/** The pair at a place of the square; `null` beside it, and for a server and itself. */
export function pairAt(
  { names, cell }: LinkSquare,
  x: number,
  y: number,
): { readonly from: string; readonly to: string } | null {
  const from = names[Math.floor(y / cell)];
  const to = names[Math.floor(x / cell)];
  return from === undefined || to === undefined || from === to ? null : { from, to };
}
