/** What a selector can mean, as far as the text tells. */

import type { Selector } from "../program.js";
import type { Binding } from "./state.js";

/** The servers that a selector means. */
export type Target =
  | { readonly kind: "nodes"; readonly nodes: readonly string[] }
  /** Exactly one server, and one that is up; `voter`: surely a voter of the configuration that it uses. */
  | { readonly kind: "live"; readonly leader: boolean; readonly voter: boolean }
  | { readonly kind: "variable"; readonly name: string; readonly binding: Binding }
  /** Every server but one that is up. */
  | { readonly kind: "all-but-one" }
  | { readonly kind: "down" }
  /** Servers named and, besides, one that is up and may be one of them. */
  | { readonly kind: "mixed"; readonly nodes: readonly string[] }
  | { readonly kind: "unknown" };

const UNKNOWN: Target = { kind: "unknown" };

/** What selectors are read against. */
export interface Surroundings {
  /** All servers of the scenario. */
  readonly servers: readonly string[];
  /** The voters; `null` when it is not certain who they are. */
  readonly voters: readonly string[] | null;
  readonly bindings: ReadonlyMap<string, Binding>;
  /**
   * Whether `all`, which means those that are up, surely means every server, or whether it does not matter to the caller that
   * those down are left out.
   */
  readonly allUp: boolean;
}

/** Works out what a selector means. */
export function targetOf(selector: Selector, around: Surroundings): Target {
  switch (selector.kind) {
    case "node":
      return { kind: "nodes", nodes: [selector.name] };
    case "client":
      return { kind: "nodes", nodes: [] };
    case "variable": {
      const binding = around.bindings.get(selector.name) ?? { kind: "unknown" };
      return binding.kind === "nodes" ? binding : { kind: "variable", name: selector.name, binding };
    }
    case "leader":
      return { kind: "live", leader: true, voter: true };
    case "all":
      return around.allUp ? { kind: "nodes", nodes: around.servers } : UNKNOWN;
    case "voters":
      return around.voters === null ? UNKNOWN : { kind: "nodes", nodes: around.voters };
    case "down":
      return { kind: "down" };
    case "any":
      return anyOf(selector.of);
    case "set":
      return setOf(selector.members, around);
    case "except":
      return exceptOf(selector.of, selector.minus, around);
    default:
      return UNKNOWN;
  }
}

function anyOf(of: Selector): Target {
  switch (of.kind) {
    case "followers":
    case "candidates":
    case "leader":
    case "all":
      return { kind: "live", leader: of.kind === "leader", voter: of.kind === "leader" || of.kind === "followers" };
    case "except":
      // Whoever is left of those that are up is up.
      return { ...anyOf(of.of), ...(anyOf(of.of).kind === "live" ? { leader: false } : {}) };
    default:
      return UNKNOWN;
  }
}

function setOf(members: readonly Selector[], around: Surroundings): Target {
  const nodes: string[] = [];
  const live: Extract<Target, { readonly kind: "live" }>[] = [];
  for (const member of members) {
    if (member.kind === "client") continue;
    const target = targetOf(member, around);
    if (target.kind === "nodes") nodes.push(...target.nodes);
    else if (target.kind === "live") live.push(target);
    else return members.length === 1 ? target : UNKNOWN;
  }
  const [only] = live;
  if (only === undefined) return { kind: "nodes", nodes: [...new Set(nodes)] };
  if (live.length === 1 && nodes.length === 0) return only;
  return { kind: "mixed", nodes: [...new Set(nodes)] };
}

function exceptOf(of: Selector, minus: Selector, around: Surroundings): Target {
  const all = targetOf(of, around);
  const without = targetOf(minus, around);
  if (all.kind !== "nodes") return UNKNOWN;
  if (without.kind === "nodes")
    return { kind: "nodes", nodes: all.nodes.filter((node) => !without.nodes.includes(node)) };
  const everybody = all.nodes.length === around.servers.length;
  return without.kind === "live" && everybody ? { kind: "all-but-one" } : UNKNOWN;
}
