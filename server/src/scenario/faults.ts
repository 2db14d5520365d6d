import { semicolons } from "../l10n/joined.js";
import { t } from "../l10n/text.js";
import type { HealTarget, Link, MessageType, Selector, Step } from "../language/program.js";
import type { HealScope, NetworkFault, Pair } from "../sim/action.js";
import type { EndpointId } from "../sim/config.js";
import type { RunContext, StepPlace } from "./context.js";
import { doneText, nobodyText, pairsText, type ServerStep } from "./fault-results.js";
import { runMachineFault } from "./machine-faults.js";
import type { ConditionContext } from "./operands.js";
import { type Resolved, resolved } from "./scope.js";
import { pairsBetween, resolve, resolveLink } from "./selectors.js";

/** Runs a step that breaks or mends something. One whose target cannot be resolved, or that has no effect, fails. */
export function runFault(context: RunContext, place: StepPlace, step: Step): void {
  const names = context.names();
  switch (step.kind) {
    case "crash":
    case "pause":
      onServers(context, place, step.target, step.kind, (server) => ({
        kind: step.kind,
        server,
        durationUs: step.duration,
      }));
      return;
    case "restart":
    case "resume":
    case "wipe":
    case "snapshot":
    case "timeout": {
      const { kind } = step;
      onServers(context, place, step.target, kind, (server) => ({ kind, server }));
      return;
    }
    case "tick": {
      const durationUs = step.duration ?? context.world.config.heartbeat;
      onServers(context, place, step.target, "tick", (server) => ({ kind: "tick", server, durationUs }));
      return;
    }
    case "isolate": {
      divide(context, place, "isolate", isolating(names, step.target), step.duration);
      return;
    }
    case "partition": {
      divide(context, place, "partition", partitioning(names, step.groups), step.duration);
      return;
    }
    case "cut":
      beginFault(
        context,
        place,
        step,
        resolveLink(names, step.link),
        (pairs) => ({ kind: "block", pairs }),
        step.duration,
      );
      return;
    case "heal":
      heal(context, place, step.what);
      return;
    case "loss":
    case "duplicate":
    case "reorder": {
      const { kind, chance } = step;
      beginFault(context, place, step, onLink(names, step.link), (pairs) => ({ kind, chance, pairs }), step.duration);
      return;
    }
    case "latency": {
      const { latency } = step;
      beginFault(
        context,
        place,
        step,
        onLink(names, step.link),
        (pairs) => ({ kind: "latency", latency, pairs }),
        step.duration,
      );
      return;
    }
    case "drop": {
      const rule = messageRule("drop", step.message, 0, step.count);
      beginFault(context, place, step, resolveLink(names, step.link), rule, step.duration);
      return;
    }
    case "delay": {
      const rule = messageRule("delay", step.message, step.by, step.count);
      beginFault(context, place, step, resolveLink(names, step.link), rule, step.duration);
      return;
    }
    case "hold": {
      const rule = messageRule("hold", step.message, 0, null);
      beginFault(context, place, step, resolveLink(names, step.link), rule, step.duration, step.handle);
      return;
    }
    case "release": {
      const handle = context.scope.handles.get(step.handle);
      if (handle?.kind !== "hold") {
        context.report(place, false, t("{0} holds no messages", step.handle));
        return;
      }
      const result = context.act(place, { kind: "release", fault: handle.fault });
      context.report(place, result.refused === null, result.refused ?? t("{0} released", step.handle));
      return;
    }
    case "clock-drift":
    case "clock-jump":
    case "disk-slow":
    case "disk":
    case "crash-point":
      runMachineFault(context, place, step);
      return;
    default:
      context.report(place, false, t("{0} comes later", step.kind));
      return;
  }
}

function onServers(
  context: RunContext,
  place: StepPlace,
  target: Selector,
  kind: ServerStep,
  action: (server: EndpointId) => Parameters<RunContext["act"]>[1],
): void {
  const servers = resolve(context.names(), target);
  if (!servers.ok) {
    // Who was meant does not exist: the steps that follow were written for another situation.
    context.giveUp(place, servers.message);
    return;
  }
  const refusals: string[] = [];
  const idle = kind === "snapshot" ? servers.value.filter((id) => coversAll(context, id)) : [];
  for (const server of servers.value) {
    const { refused } = context.act(place, action(server));
    if (refused !== null) refusals.push(refused);
  }
  const changed = servers.value.filter((id) => !idle.includes(id));
  const done = [
    ...(changed.length === 0 ? [] : [doneText(kind, namesOf(context, changed))]),
    ...idle.map((id) => t("{0} has applied nothing since its last snapshot", context.world.nameOf(id))),
  ];
  context.report(place, refusals.length === 0, semicolons(refusals) || semicolons(done) || nobodyText(target));
}

/** Whether a server's snapshot holds all that it has applied: another one would be the same. */
function coversAll({ world }: RunContext, id: EndpointId): boolean {
  const { raft } = world.server(id);
  return raft !== null && raft.snapshotLimit <= (raft.snapshot?.lastIncludedIndex ?? 0);
}

function beginFault(
  context: RunContext,
  place: StepPlace,
  step: Step,
  pairs: Resolved<readonly Pair[] | null>,
  fault: (pairs: readonly Pair[]) => NetworkFault,
  durationUs: number | null,
  handle: string | null = null,
): void {
  if (!pairs.ok) {
    context.giveUp(place, pairs.message);
    return;
  }
  const text = faultText(context, step, durationUs, pairs.value);
  const made = withPairs(fault(pairs.value ?? []), pairs.value);
  const { number } = context.act(place, { kind: "fault", fault: made, text, durationUs });
  if (handle !== null) context.scope.handles.set(handle, { kind: "hold", fault: number });
  context.report(place, true, pairsText(context.world, pairs.value));
}

/** Cuts every link between servers of different sides. */
function divide(
  context: RunContext,
  place: StepPlace,
  kind: "isolate" | "partition",
  sides: Resolved<Sides>,
  durationUs: number | null,
): void {
  if (!sides.ok) {
    context.giveUp(place, sides.message);
    return;
  }
  const { apart, rest } = sides.value;
  const all = rest.length === 0 ? apart : [...apart, rest];
  const shown = all.map((side) => setText(context, side)).join(" | ");
  const text = kind === "isolate" ? `isolate ${setText(context, apart.flat())}` : `partition ${shown}`;
  context.act(place, { kind: "fault", fault: { kind: "block", pairs: pairsBetween(all) }, text, durationUs });
  context.report(place, true, shown);
}

/** A step in the words of the scenario, without how long it lasts; a cut with the servers it turned out to concern. */
function faultText(context: RunContext, step: Step, durationUs: number | null, pairs: readonly Pair[] | null): string {
  const text = context.text(step.span);
  const [only] = pairs ?? [];
  if (step.kind === "cut" && only !== undefined && pairs?.length === 1) {
    return `cut ${context.world.nameOf(only[0])} -> ${context.world.nameOf(only[1])}`;
  }
  return durationUs === null ? text : text.replace(/ for \S+$/, "");
}

/** A chance or latency without a link concerns every link. */
function withPairs(fault: NetworkFault, pairs: readonly Pair[] | null): NetworkFault {
  return pairs === null && fault.kind !== "block" && fault.kind !== "rule" ? { ...fault, pairs: null } : fault;
}

function messageRule(
  effect: "drop" | "delay" | "hold",
  message: MessageType | null,
  byUs: number,
  count: number | null,
): (pairs: readonly Pair[]) => NetworkFault {
  return (pairs) => ({ kind: "rule", effect, message, pairs, byUs, count });
}

function onLink(names: ConditionContext, link: Link | null): Resolved<readonly Pair[] | null> {
  return link === null ? resolved(null) : resolveLink(names, link);
}

/** Servers that cannot reach each other across sides; `rest` is a side too, of whom nobody named. */
interface Sides {
  readonly apart: readonly (readonly EndpointId[])[];
  readonly rest: readonly EndpointId[];
}

/** Each of the servers by itself; clients still reach them, as in a partitioned data centre. */
function isolating(names: ConditionContext, target: Selector): Resolved<Sides> {
  const inside = resolve(names, target);
  if (!inside.ok) return inside;
  return resolved({ apart: inside.value.map((id) => [id]), rest: without(names, inside.value) });
}

function partitioning(names: ConditionContext, groups: readonly Selector[]): Resolved<Sides> {
  const apart: (readonly EndpointId[])[] = [];
  for (const group of groups) {
    const side = resolve(names, group);
    if (!side.ok) return side;
    apart.push(side.value);
  }
  return resolved({ apart, rest: without(names, apart.flat()) });
}

function without(names: ConditionContext, mentioned: readonly EndpointId[]): EndpointId[] {
  return serverIds(names).filter((id) => !mentioned.includes(id));
}

function namesOf(context: RunContext, ids: readonly EndpointId[]): string {
  return ids.map((id) => context.world.nameOf(id)).join(" ");
}

/** Servers as the language writes them: `s1`, `{s1 s2}`. */
function setText(context: RunContext, ids: readonly EndpointId[]): string {
  return ids.length === 1 ? namesOf(context, ids) : `{${namesOf(context, ids)}}`;
}

function serverIds(names: ConditionContext): EndpointId[] {
  return names.world.servers.flatMap((server) => (server === undefined ? [] : [server.id]));
}

function heal(context: RunContext, place: StepPlace, what: HealTarget): void {
  const scope = healScope(context.names(), what);
  if (!scope.ok) {
    context.giveUp(place, scope.message);
    return;
  }
  context.act(place, { kind: "heal", what: scope.value });
  context.report(place, true, t("healed"));
}

function healScope(names: ConditionContext, what: HealTarget): Resolved<HealScope> {
  switch (what.kind) {
    case "all":
      return resolved({ kind: "all" });
    case "nodes": {
      const nodes = resolve(names, what.nodes);
      return nodes.ok ? resolved({ kind: "endpoints", endpoints: nodes.value }) : nodes;
    }
    case "link": {
      const pairs = resolveLink(names, what.link);
      return pairs.ok ? resolved({ kind: "pairs", pairs: pairs.value }) : pairs;
    }
  }
}
