/** Parts of a condition that exclude each other, whatever the state. */

import type { Comparison, Condition, Operand } from "../program.js";

/** What is left for an operand by the comparisons seen so far. */
interface Left {
  min: number;
  max: number;
  /** The one value that it must have, and the part that says so. */
  equal: { readonly value: string; readonly by: Condition } | null;
  readonly not: Map<string, Condition>;
  readonly by: Condition[];
}

/** No bound is known. */
function anything(): Left {
  return { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY, equal: null, not: new Map(), by: [] };
}

/** Two of the parts of an `and` that never hold in one instant, or `null`. */
export function contradictionIn(parts: readonly Condition[]): readonly [Condition, Condition] | null {
  const leader = parts.find(({ kind }) => kind === "has-leader");
  const none = parts.find(({ kind }) => kind === "no-leader");
  if (leader !== undefined && none !== undefined) return [leader, none];
  const known = new Map<string, Left>();
  for (const part of parts) {
    if (part.kind !== "compare") continue;
    const subject = subjectOf(part.left);
    const value = literalOf(part.right);
    if (subject === null || value === null) continue;
    const left = known.get(subject) ?? anything();
    known.set(subject, left);
    const other = add(left, part, part.operator, value);
    if (other !== null) return [other, part];
    left.by.push(part);
  }
  return null;
}

/** Takes a comparison in; the earlier one that it contradicts, or `null`. */
function add(left: Left, part: Condition, operator: Comparison, value: string | number): Condition | null {
  const text = JSON.stringify(value);
  if (operator === "==") {
    if (left.equal !== null && left.equal.value !== text) return left.equal.by;
    const denied = left.not.get(text);
    if (denied !== undefined) return denied;
    left.equal = { value: text, by: part };
  }
  if (operator === "!=") {
    if (left.equal?.value === text) return left.equal.by;
    left.not.set(text, part);
  }
  if (typeof value !== "number") return null;
  // All numbers that can be compared are whole.
  if (operator === "==" || operator === ">=") left.min = Math.max(left.min, value);
  if (operator === "==" || operator === "<=") left.max = Math.min(left.max, value);
  if (operator === ">") left.min = Math.max(left.min, value + 1);
  if (operator === "<") left.max = Math.min(left.max, value - 1);
  return left.min > left.max ? (left.by.find((other) => bounds(other)) ?? null) : null;
}

function bounds(condition: Condition): boolean {
  return condition.kind === "compare" && condition.operator !== "!=" && condition.operator !== "in";
}

/** What is compared, when it is one value: several servers may be none, of whom everything holds. */
function subjectOf(operand: Operand): string | null {
  switch (operand.kind) {
    case "nodes":
      return operand.nodes.kind === "leader" ? "leader" : null;
    case "field":
      return nodeOf(operand.nodes, `.${operand.field}`);
    case "key":
      // Two names may stand for one lease.
      if (operand.attribute === "lease") return null;
      return nodeOf(operand.nodes, `[${JSON.stringify(operand.key)}].${operand.attribute}`);
    case "progress": {
      const of = nodeOf(operand.of, "");
      return of === null ? null : nodeOf(operand.nodes, `.${operand.field}[${of}]`);
    }
    case "count":
      return "name" in operand.of || "of" in operand.of || "members" in operand.of ? null : `count(${operand.of.kind})`;
    case "messages":
      return `messages(${operand.message ?? "all"})`;
    default:
      return null;
  }
}

function nodeOf(nodes: { readonly kind: string; readonly name?: string }, rest: string): string | null {
  if (nodes.kind === "leader") return `leader${rest}`;
  return nodes.kind === "node" && nodes.name !== undefined ? `${nodes.name}${rest}` : null;
}

function literalOf(operand: Operand): string | number | null {
  switch (operand.kind) {
    case "number":
      return operand.value;
    case "string":
      return `"${operand.value}"`;
    case "word":
      return operand.value;
    case "nodes":
      return operand.nodes.kind === "node" ? operand.nodes.name : null;
    default:
      return null;
  }
}
