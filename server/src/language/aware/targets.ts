/** What a selector can mean, as far as the text tells. */

import type { ClusterConfig, Selector } from "../program.js";
import type { Binding } from "./state.js";

/** The servers that a selector means. */
export type Target =
  | { readonly kind: "nodes"; readonly nodes: readonly string[] }
  /** Exactly one server, and one that is up. `variable` names it. */
  | { readonly kind: "live"; readonly leader: boolean }
  | { readonly kind: "variable"; readonly name: string; readonly binding: Binding }
  /** Every server but one that is up. */
  | { readonly kind: "all-but-one" }
  | { readonly kind: "down" }
  /** Servers named and, besides, one that is up and may be one of them. */
  | { readonly kind: "mixed"; readonly nodes: readonly string[] }
  | { readonly kind: "unknown" };

const UNKNOWN: Target = { kind: "unknown" };

/**
 * Works out what a selector means.
 *
 * @param allUp whether `all`, which means those that are up, surely means every server, or whether it does not
 *   matter to the caller that those down are left out
 */
export function targetOf(
  selector: Selector,
  config: ClusterConfig,
  bindings: ReadonlyMap<string, Binding>,
  allUp = true,
): Target {
  switch (selector.kind) {
    case "node":
      return { kind: "nodes", nodes: [selector.name] };
    case "client":
      return { kind: "nodes", nodes: [] };
    case "variable": {
      const binding = bindings.get(selector.name) ?? { kind: "unknown" };
      return binding.kind === "nodes" ? binding : { kind: "variable", name: selector.name, binding };
    }
    case "leader":
      return { kind: "live", leader: true };
    case "all":
      return allUp ? { kind: "nodes", nodes: config.nodes } : UNKNOWN;
    case "voters":
      return { kind: "nodes", nodes: config.nodes };
    case "down":
      return { kind: "down" };
    case "any":
      return anyOf(selector.of);
    case "set":
      return setOf(selector.members, config, bindings, allUp);
    case "except":
      return exceptOf(selector.of, selector.minus, config, bindings, allUp);
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
      return { kind: "live", leader: of.kind === "leader" };
    default:
      return UNKNOWN;
  }
}

function setOf(
  members: readonly Selector[],
  config: ClusterConfig,
  bindings: ReadonlyMap<string, Binding>,
  allUp: boolean,
): Target {
  const nodes: string[] = [];
  let live = 0;
  for (const member of members) {
    if (member.kind === "client") continue;
    const target = targetOf(member, config, bindings, allUp);
    if (target.kind === "nodes") nodes.push(...target.nodes);
    else if (target.kind === "live") live++;
    else return members.length === 1 ? target : UNKNOWN;
  }
  if (live === 0) return { kind: "nodes", nodes: [...new Set(nodes)] };
  if (live === 1 && nodes.length === 0)
    return { kind: "live", leader: members.some((member) => member.kind === "leader") };
  return { kind: "mixed", nodes: [...new Set(nodes)] };
}

function exceptOf(
  of: Selector,
  minus: Selector,
  config: ClusterConfig,
  bindings: ReadonlyMap<string, Binding>,
  allUp: boolean,
): Target {
  const all = targetOf(of, config, bindings, allUp);
  const without = targetOf(minus, config, bindings, allUp);
  if (all.kind !== "nodes") return UNKNOWN;
  if (without.kind === "nodes")
    return { kind: "nodes", nodes: all.nodes.filter((node) => !without.nodes.includes(node)) };
  const everybody = all.nodes.length === config.nodes.length;
  return without.kind === "live" && everybody ? { kind: "all-but-one" } : UNKNOWN;
}
