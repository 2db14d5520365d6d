/** How cuts divide the servers: sides of a partition, and the single cuts that divide nothing. */
import type { ClusterView } from "../../protocol/cluster-view.js";
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
 * The grounds that sides stand on: for each run of neighbours on the ring the way from place to place, to be drawn as a broad line. Servers
 * that do not stand side by side are several runs, so that no ground lies under the servers of another side.
 */
export function groundsOf(
  sides: readonly Side[],
  places: ReadonlyMap<string, Point>,
): readonly { readonly letter: string; readonly run: readonly Point[] }[] {
  const ring = [...places.keys()];
  return sides.flatMap(({ letter, servers }) =>
    runsOf(ring, new Set(servers)).map((run) => ({ letter, run: run.flatMap((name) => places.get(name) ?? []) })),
  );
}

/** Runs of neighbours in a circle. */
function runsOf(ring: readonly string[], chosen: ReadonlySet<string>): readonly (readonly string[])[] {
  const gap = ring.findIndex((name) => !chosen.has(name));
  const turned = [...ring.slice(gap + 1), ...ring.slice(0, gap + 1)];
  const runs: string[][] = [];
  let open: string[] | null = null;
  for (const name of turned) {
    if (!chosen.has(name)) open = null;
    else if (open === null) {
      open = [name];
      runs.push(open);
    } else open.push(name);
  }
  return runs;
}
