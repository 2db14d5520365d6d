/** What the faults of a scenario do to the abstract cluster. */

import type { HealTarget, Link, Micros, Selector, Span } from "../program.js";
import type { OutageKind, Remaining } from "./outages.js";
import type { ClusterState } from "./state.js";
import { type Target, targetOf } from "./targets.js";

/** How long a fault lasts: a fresh object each time, because the walk counts it down. */
export function remaining(duration: Micros | null): Remaining {
  return duration === null ? null : { min: duration, max: duration };
}

/** `crash` or `pause`. */
export function takeAway(
  state: ClusterState,
  kind: OutageKind,
  target: Target,
  span: Span,
  duration: Micros | null,
): void {
  const fresh = state.losses;
  state.losses++;
  if (kind === "pause") state.clean = false;
  switch (target.kind) {
    case "nodes":
    case "mixed":
      for (const node of target.nodes) {
        state.outages.named({ kind, node, variable: null, span, left: remaining(duration) });
      }
      break;
    case "live":
      state.outages.some({ kind, node: null, variable: null, span, left: remaining(duration) });
      if (kind === "crash" && target.leader && state.clean) state.mayLead = false;
      break;
    case "variable":
      takeAwayVariable(state, kind, target, span, duration, fresh);
      break;
    case "all-but-one": {
      const have = state.outages.all.filter((outage) => outage.kind === kind).length;
      for (let i = have; i < state.config.nodes.length - 1; i++) {
        state.outages.some({ kind, node: null, variable: null, span, left: remaining(duration) });
      }
      break;
    }
    case "down":
      break;
    case "unknown":
      state.outages.unsure[kind] = true;
  }
  const crashed = new Set(
    state.outages.through(0).flatMap((outage) => (outage.kind === "crash" ? (outage.node ?? []) : [])),
  );
  if (crashed.size >= state.config.nodes.length) state.mayLead = false;
}

function takeAwayVariable(
  state: ClusterState,
  kind: OutageKind,
  target: Extract<Target, { kind: "variable" }>,
  span: Span,
  duration: Micros | null,
  fresh: number,
): void {
  const { binding, name } = target;
  const already = state.outages.all.some((outage) => outage.kind === kind && outage.variable === name);
  if (binding.kind === "live" && binding.since === fresh && !already && !state.outages.restless) {
    state.outages.some({ kind, node: null, variable: name, span, left: remaining(duration) });
    if (kind === "crash" && binding.leader && binding.boundAt === state.ticks && state.clean) state.mayLead = false;
  } else if (state.outages.all.length === 0 && !state.outages.unsure.crash && !state.outages.unsure.pause) {
    state.outages.some({ kind, node: null, variable: name, span, left: remaining(duration) });
  } else {
    state.outages.unsure[kind] = true;
  }
}

/** A server may go down at some later instant, or not come up again, and nobody knows when: a crash point, a failing disk. */
export function mayStopLater(state: ClusterState): void {
  state.losses++;
  state.clean = false;
  state.outages.neverSure("crash");
}

/** `restart` or `resume`. */
export function giveBack(state: ClusterState, kind: OutageKind, target: Target): void {
  switch (target.kind) {
    case "nodes":
      if (target.nodes.length === state.config.nodes.length) state.outages.end(kind);
      else for (const node of target.nodes) state.outages.endNamed(kind, node);
      return;
    case "down":
      state.outages.end(kind);
      if (kind === "pause") state.outages.unsure.pause = true;
      return;
    case "variable":
      state.outages.endVariable(kind, target.name);
      return;
    case "live":
      state.outages.endSome(kind);
      return;
    default:
      state.outages.end(kind);
      state.outages.unsure[kind] = true;
  }
}

/** `isolate`. */
export function isolate(state: ClusterState, selector: Selector, span: Span, duration: Micros | null): void {
  state.clean = false;
  const target = targetOf(selector, state.config, state.bindings, state.allUp);
  if (target.kind === "live" || target.kind === "variable") {
    const one = target.kind === "live" || target.binding.kind === "live";
    if (one) state.splits.add({ kind: "someone", span, left: remaining(duration) });
  } else if (target.kind === "nodes") {
    // Each of them is alone: those isolated together do not reach each other either.
    const sideOf = new Map(state.config.nodes.map((node) => [node, target.nodes.indexOf(node)]));
    state.splits.add({ kind: "sides", sideOf, span, left: remaining(duration) });
  }
}

/** The sides of a partition as far as the text tells them. */
export interface Sides {
  /** Servers named on each side; `null` for sides known only by number. */
  readonly named: readonly (readonly string[] | null)[];
  /** The most servers any side can have, or `null` when that is not known. */
  readonly largest: number | null;
}

/** Works out the sides of a partition. */
export function sidesOf(
  state: Pick<ClusterState, "config" | "bindings" | "allUp">,
  groups: readonly Selector[],
): Sides {
  const nodes = state.config.nodes;
  const targets = groups.map((group) =>
    group.kind === "others" ? null : targetOf(group, state.config, state.bindings, state.allUp),
  );
  const mentioned = new Set(targets.flatMap((target) => (target?.kind === "nodes" ? target.nodes : [])));
  const single = targets.some((target) => target?.kind === "live");
  const known = targets.every((target) => target === null || target.kind === "nodes" || target.kind === "live");
  if (!known) return { named: [], largest: null };
  const rest = nodes.filter((node) => !mentioned.has(node));
  const sizes = targets.map((target) => {
    if (target === null) return rest.length - (single && mentioned.size === 0 ? 1 : 0);
    return target.kind === "nodes" ? target.nodes.length : 1;
  });
  const named = single
    ? targets.map((target) => (target?.kind === "nodes" ? target.nodes : null))
    : targets.map((target) => (target?.kind === "nodes" ? target.nodes : rest));
  return { named, largest: Math.max(0, ...sizes) };
}

/** `partition`. */
export function partition(state: ClusterState, groups: readonly Selector[], span: Span, duration: Micros | null): void {
  state.clean = false;
  const sides = sidesOf(state, groups);
  if (sides.largest === null) return;
  if (sides.named.includes(null)) {
    state.splits.add({ kind: "sizes", largest: sides.largest, span, left: remaining(duration) });
    return;
  }
  const sideOf = new Map<string, number>(state.config.nodes.map((node) => [node, -1]));
  sides.named.forEach((nodes, side) => {
    for (const node of nodes ?? []) sideOf.set(node, side);
  });
  state.splits.add({ kind: "sides", sideOf, span, left: remaining(duration) });
}

/** `cut`. */
export function cut(state: ClusterState, link: Link, span: Span, duration: Micros | null): void {
  state.clean = false;
  const from = targetOf(link.from, state.config, state.bindings, state.allUp);
  const to = targetOf(link.to, state.config, state.bindings, state.allUp);
  if (from.kind !== "nodes" || to.kind !== "nodes" || link.from.kind === "client" || link.to.kind === "client") return;
  state.splits.add({ kind: "cut", from: new Set(from.nodes), to: new Set(to.nodes), span, left: remaining(duration) });
}

/** `heal`. Healing a part of the network counts as healing all of it: what is left is not worth a guess. */
export function heal(state: ClusterState, _what: HealTarget): void {
  state.splits.clear();
}
