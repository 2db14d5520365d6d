/** What kind of thing an operand is, and which kinds can be compared. */

import type { Comparison, Operand } from "../program.js";
import type { Scope } from "./scope.js";

/** Kinds of operands. `unknown` is what a variable holds; it compares with anything. */
export type OperandType = "number" | "string" | "role" | "vote" | "servers" | "list" | "none" | "unknown";

const DESCRIPTIONS: Readonly<Record<OperandType, string>> = {
  number: "a number",
  string: "a string",
  role: "a role",
  vote: "a vote",
  servers: "a server or set of servers",
  list: "a list",
  none: "`none`",
  unknown: "a value",
};

/** How messages call a kind. */
export function describe(type: OperandType): string {
  return DESCRIPTIONS[type];
}

/** The kind of an operand. */
export function typeOf(_scope: Scope, operand: Operand): OperandType {
  switch (operand.kind) {
    case "number":
    case "count":
    case "progress":
    case "messages":
    case "bytes":
      return "number";
    case "string":
    case "key":
      return "string";
    case "word":
      return operand.value === "none" ? "none" : "role";
    case "list":
      return "list";
    case "nodes":
      return "servers";
    case "variable":
      return "unknown";
    case "field":
      switch (operand.field) {
        case "role":
          return "role";
        case "vote":
          return "vote";
        case "log":
          return "list";
        case "config":
        case "outgoing":
        case "learners":
          return "servers";
        default:
          return "number";
      }
  }
}

/** Whether a comparison makes sense. */
export function comparable(scope: Scope, left: Operand, operator: Comparison, right: Operand): boolean {
  const a = typeOf(scope, left);
  const b = typeOf(scope, right);
  if (a === "unknown" || b === "unknown") return true;
  if (operator === "in") {
    if (right.kind === "list") return a !== "list";
    return b === "servers" && (a === "servers" || a === "vote");
  }
  if (operator !== "==" && operator !== "!=") return a === "number" && b === "number";
  return a === b || pair(a, b, "vote", "servers") || pair(a, b, "vote", "none") || pair(a, b, "string", "none");
}

function pair(a: OperandType, b: OperandType, one: OperandType, other: OperandType): boolean {
  return (a === one && b === other) || (a === other && b === one);
}
