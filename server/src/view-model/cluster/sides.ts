/** How cuts divide the servers: sides of a partition, and the single cuts that divide nothing. */
import type { ClusterView } from "../../protocol/views.js";
import { type BlockedLink, blockedLinks, type Point } from "./geometry.js";

/** Servers that reach each other, in at least one direction and perhaps by others, and reach nobody else. */
export interface Side {
  /** `A`, `B`, …: said beside the colour. */
  readonly letter: string;
  readonly servers: readonly string[];
}

/** The servers by sides; one side alone is no partition, and gives none. */
export function sidesOf({ servers, blocked }: Pick<ClusterView, "servers" | "blocked">): readonly Side[] {
  if (blocked.length === 0) return [];
  const names = servers.map(({ name }) => name);
  const closed = new Set(blocked.map(({ from, to }) => `${from}\n${to}`));
  const passes = (a: string, b: string) => !(closed.has(`${a}\n${b}`) && closed.has(`${b}\n${a}`));
  const left = new Set(names);
  const sides: string[][] = [];
  for (const name of names) {
    if (!left.delete(name)) continue;
    const side = [name];
    for (const each of side) {
      for (const other of left) {
        if (!passes(each, other)) continue;
        left.delete(other);
        side.push(other);
      }
    }
    sides.push(names.filter((each) => side.includes(each)));
  }
  return sides.length < 2 ? [] : sides.map((side, at) => ({ letter: letterOf(at), servers: side }));
}

/** `A` … `Z`, `A2`, … */
function letterOf(at: number): string {
  const letter = String.fromCharCode(65 + (at % 26));
  return at < 26 ? letter : `${letter}${Math.floor(at / 26) + 1}`;
}

/** Blocked links that the sides do not explain: cuts inside a side, one-way cuts, cuts of clients. */
export function looseCuts(
  view: Pick<ClusterView, "servers" | "blocked">,
  sides: readonly Side[],
): readonly BlockedLink[] {
  const sideOf = new Map(sides.flatMap(({ letter, servers }) => servers.map((name) => [name, letter])));
  return blockedLinks(view.blocked).filter(({ from, to, both }) => {
    const a = sideOf.get(from);
    const b = sideOf.get(to);
    return !(both && a !== undefined && b !== undefined && a !== b);
  });
}

/**
 * Outlines of sides on the ring, each the way round its servers' places; `null` where two would overlap, as those of servers that do not
 * stand side by side do.
 */
export function regionsOf(
  sides: readonly Side[],
  places: ReadonlyMap<string, Point>,
): readonly (readonly Point[])[] | null {
  const regions = sides.map(({ servers }) => servers.flatMap((name) => places.get(name) ?? []));
  const outlines = regions.map(hull);
  for (const [at, outline] of outlines.entries()) {
    for (const other of outlines.slice(at + 1)) if (meets(outline, other)) return null;
  }
  return outlines;
}

/** Clockwise round the points' middle: places on a ring are convex already. */
function hull(points: readonly Point[]): readonly Point[] {
  const x = points.reduce((sum, point) => sum + point.x, 0) / Math.max(1, points.length);
  const y = points.reduce((sum, point) => sum + point.y, 0) / Math.max(1, points.length);
  return [...points].sort((a, b) => Math.atan2(a.y - y, a.x - x) - Math.atan2(b.y - y, b.x - x));
}

function meets(a: readonly Point[], b: readonly Point[]): boolean {
  return edges(a).some(([p, q]) =>
    edges(b).some(([r, s]) => cross(p, q, r) * cross(p, q, s) < 0 && cross(r, s, p) * cross(r, s, q) < 0),
  );
}

function edges(points: readonly Point[]): readonly (readonly [Point, Point])[] {
  return points.flatMap((point, at) => {
    const next = points[(at + 1) % points.length];
    return next === undefined || next === point ? [] : [[point, next] as const];
  });
}

/** On which side of the line from `p` to `q` a point lies. */
function cross(p: Point, q: Point, point: Point): number {
  return (q.x - p.x) * (point.y - p.y) - (q.y - p.y) * (point.x - p.x);
}
