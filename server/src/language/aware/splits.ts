/** What is certain about the network: partitions, isolated servers, cut links. */

import type { Span } from "../program.js";
import { lastsThrough, type Remaining } from "./outages.js";

/** One lasting fault of the network. */
export type Split = { readonly span: Span; readonly left: Remaining } & (
  | { readonly kind: "sides"; readonly sideOf: ReadonlyMap<string, number> }
  /** Sides that are only known when the step runs: no side has more servers than `largest`. */
  | { readonly kind: "sizes"; readonly largest: number }
  /** Some one server cut off from all others; `voter`: surely a voter of its own configuration. */
  | { readonly kind: "someone"; readonly voter: boolean }
  | { readonly kind: "cut"; readonly from: ReadonlySet<string>; readonly to: ReadonlySet<string> }
);

/** The faults of the network at one point of a scenario. */
export class Splits {
  #all: Split[] = [];
  /** Grows with every change, so that conclusions can be kept until the next one. */
  version = 0;

  /** All that may be in force. */
  get all(): readonly Split[] {
    return this.#all;
  }

  /** A fault begins. */
  add(split: Split): void {
    this.version++;
    this.#all.push(split);
  }

  /** Everything is healed, or cannot be followed any more: either way nothing is certainly cut. */
  clear(): void {
    this.version++;
    this.#all = [];
  }

  /** Time passes. */
  advance(min: number, max: number): void {
    if (this.#all.every((split) => split.left === null)) return;
    this.version++;
    for (const { left } of this.#all) {
      if (left === null) continue;
      left.min -= max;
      left.max -= min;
    }
    this.#all = this.#all.filter((split) => split.left === null || split.left.max > 0);
  }

  /** The faults that surely last through the window. */
  through(window: number): readonly Split[] {
    return this.#all.filter((split) => lastsThrough(split.left, window));
  }
}

/** With more pairs to look at than this, the network is not looked at: an alarm missed is better than a slow editor. */
const MOST_PAIRS = 50_000;

/**
 * The most servers, itself included, with which any one server can exchange messages both ways.
 *
 * @param nodes the voters of one configuration
 * @param missing servers that are surely unavailable
 * @param splits faults surely in force
 * @param settled whether there is no other configuration of which a server cut off may be a voter
 */
export function largestReach(
  nodes: readonly string[],
  missing: ReadonlySet<string>,
  splits: readonly Split[],
  settled: boolean,
): number {
  const up = nodes.filter((node) => !missing.has(node));
  let bound = up.length;
  let someone = 0;
  for (const split of splits) {
    if (split.kind === "sizes") bound = Math.min(bound, split.largest);
    if (split.kind === "someone" && split.voter && settled) someone = 1;
  }
  bound = Math.min(bound, Math.max(1, nodes.length - someone));
  if (!splits.some((split) => split.kind === "sides" || split.kind === "cut")) return bound;
  if (up.length * up.length * splits.length > MOST_PAIRS) return bound;
  let most = 0;
  for (const node of up) {
    let reach = 1;
    for (const other of up) if (other !== node && !splits.some((split) => separates(split, node, other))) reach++;
    if (reach > most) most = reach;
    if (most >= bound) return bound;
  }
  return most;
}

function separates(split: Split, a: string, b: string): boolean {
  switch (split.kind) {
    case "sides":
      return split.sideOf.get(a) !== split.sideOf.get(b);
    case "cut":
      return (split.from.has(a) && split.to.has(b)) || (split.from.has(b) && split.to.has(a));
    default:
      return false;
  }
}
