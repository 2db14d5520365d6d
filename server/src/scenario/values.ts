import type { World } from "../sim/world.js";
import { valueText } from "../trace/operation-text.js";
import type { Value } from "./scope.js";

/** A value as the language writes it: `"red"`, `none`, `[1 1 2]`, `{s1 s2}`, `s3`. */
export function showValue(world: World, value: Value): string {
  if (value === null) return "none";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return valueText(value);
  if (isServers(value)) {
    const names = value.servers.map((id) => world.nameOf(id));
    return names.length === 1 ? (names[0] ?? "") : `{${names.join(" ")}}`;
  }
  return `[${value.map((item) => showValue(world, item)).join(" ")}]`;
}

/** Whether a value is a set of servers. */
export function isServers(value: Value): value is { readonly servers: readonly number[] } {
  return typeof value === "object" && value !== null && "servers" in value;
}

/** Equality of values: lists and sets by their members; a number and a text by the number's digits. */
export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeof a === "number" && typeof b === "string") return String(a) === b;
  if (typeof a === "string" && typeof b === "number") return a === String(b);
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return false;
  const left = isServers(a) ? a.servers : a;
  const right = isServers(b) ? b.servers : b;
  if (isServers(a) !== isServers(b) || left.length !== right.length) return false;
  return left.every((item, position) => sameValue(item, right[position] ?? null));
}
