/** What the faults of a scenario do to the abstract cluster. */

import type { HealTarget, Link, Micros, Selector, Span } from "../program.js";
import type { OutageKind, Remaining } from "./outages.js";
import type { ClusterState } from "./state.js";
import { type Surroundings, type Target, targetOf } from "./targets.js";

/** How long a fault lasts: a fresh object each time, because the walk counts it down. */
export function remaining(duration: Micros | null): Remaining {
  return duration === null ? null : { min: duration, max: duration };
}

/** What selectors are read against at this point of a scenario. */
export function surroundings(state: ClusterState, allUp = state.allUp): Surroundings {
  const { servers, voters } = state.configurations;
  return { servers, voters, bindings: state.bindings, allUp };
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
        state.outages.named({ kind, node, voter: false, variable: null, span, left: remaining(duration) });
      }
      break;
    case "live":
      state.outages.some({ kind, node: null, voter: target.voter, variable: null, span, left: remaining(duration) });
      if (kind === "crash" && target.leader && state.clean) state.mayLead = state.unsafe;
      break;
    case "variable":
      takeAwayVariable(state, kind, target, span, duration, fresh);
      break;
    case "all-but-one": {
      const have = state.outages.all.filter((outage) => outage.kind === kind).length;
      for (let i = have; i < state.configurations.servers.length - 1; i++) {
        state.outages.some({ kind, node: null, voter: false, variable: null, span, left: remaining(duration) });
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
  if (state.configurations.electorate.every((node) => crashed.has(node))) state.mayLead = false;
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
    const { voter } = binding;
    state.outages.some({ kind, node: null, voter, variable: name, span, left: remaining(duration) });
    const leads = binding.leader && binding.boundAt === state.ticks;
    if (kind === "crash" && leads && state.clean) state.mayLead = state.unsafe;
  } else if (state.outages.all.length === 0 && !state.outages.unsure.crash && !state.outages.unsure.pause) {
    const voter = binding.kind === "live" && binding.voter;
    state.outages.some({ kind, node: null, voter, variable: name, span, left: remaining(duration) });
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
      if (target.nodes.length === state.configurations.servers.length) state.outages.end(kind);
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
  const target = targetOf(selector, surroundings(state));
  if (target.kind === "live" || target.kind === "variable") {
    const one = target.kind === "live" ? target : target.binding.kind === "live" ? target.binding : null;
    if (one !== null) state.splits.add({ kind: "someone", voter: one.voter, span, left: remaining(duration) });
  } else if (target.kind === "nodes") {
    // Each of them is alone: those isolated together do not reach each other either.
    const sideOf = new Map(state.configurations.servers.map((node) => [node, target.nodes.indexOf(node)]));
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

/** Works out the sides of a partition. Servers that no side names are one of their own. */
export function sidesOf(around: Surroundings, groups: readonly Selector[]): Sides {
  const targets = groups.map((group) => (group.kind === "others" ? null : targetOf(group, around)));
  const mentioned = new Set(targets.flatMap((target) => (target?.kind === "nodes" ? target.nodes : [])));
  const single = targets.some((target) => target?.kind === "live");
  const known = targets.every((target) => target === null || target.kind === "nodes" || target.kind === "live");
  if (!known) return { named: [], largest: null };
  const rest = around.servers.filter((node) => !mentioned.has(node));
  // The one that is chosen when the step runs may be among those named, and then it counts twice: more is the safe side.
  const left = rest.length - (single && mentioned.size === 0 ? 1 : 0);
  const sizes = targets.map((target) => {
    if (target === null) return left;
    return target.kind === "nodes" ? target.nodes.length : 1;
  });
  const named = single
    ? targets.map((target) => (target?.kind === "nodes" ? target.nodes : null))
    : targets.map((target) => (target?.kind === "nodes" ? target.nodes : rest));
  return { named, largest: Math.max(left, ...sizes) };
}

/** `partition`. */
export function partition(state: ClusterState, groups: readonly Selector[], span: Span, duration: Micros | null): void {
  state.clean = false;
  const sides = sidesOf(surroundings(state), groups);
  if (sides.largest === null) return;
  if (sides.named.includes(null)) {
    state.splits.add({ kind: "sizes", largest: sides.largest, span, left: remaining(duration) });
    return;
  }
  const sideOf = new Map<string, number>(state.configurations.servers.map((node) => [node, -1]));
  sides.named.forEach((nodes, side) => {
    for (const node of nodes ?? []) sideOf.set(node, side);
  });
  state.splits.add({ kind: "sides", sideOf, span, left: remaining(duration) });
}

/** `cut`. */
export function cut(state: ClusterState, link: Link, span: Span, duration: Micros | null): void {
  state.clean = false;
  const from = targetOf(link.from, surroundings(state));
  const to = targetOf(link.to, surroundings(state));
  if (from.kind !== "nodes" || to.kind !== "nodes" || link.from.kind === "client" || link.to.kind === "client") return;
  state.splits.add({ kind: "cut", from: new Set(from.nodes), to: new Set(to.nodes), span, left: remaining(duration) });
}

/** `heal`. Healing a part of the network counts as healing all of it: what is left is not worth a guess. */
export function heal(state: ClusterState, what: HealTarget): void {
  if (what.kind === "all") state.disturbedUntil = -1;
  state.splits.clear();
}
