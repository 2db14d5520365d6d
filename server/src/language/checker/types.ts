/** What kind of thing an operand is, and which kinds can be compared. */

import { t } from "../../l10n/text.js";
import type { Comparison, Operand } from "../program.js";
import { ROLES } from "../vocabulary/fields.js";
import type { Scope } from "./scope.js";

/** Kinds of operands. `unknown` is what a variable holds; it compares with anything. */
export type OperandType =
  | "number"
  | "string"
  | "role"
  | "vote"
  | "servers"
  | "list"
  | "lease"
  | "held"
  | "none"
  | "unknown";

const DESCRIPTIONS: Readonly<Record<OperandType, () => string>> = {
  number: () => t("a number"),
  string: () => t("a string"),
  role: () => t("a role"),
  vote: () => t("a vote"),
  servers: () => t("a server or set of servers"),
  list: () => t("a list"),
  lease: () => t("a lease"),
  held: () => t("whether something is held"),
  none: () => "`none`",
  unknown: () => t("a value"),
};

/** How messages call a kind. */
export function describe(type: OperandType): string {
  return DESCRIPTIONS[type]();
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
      return "string";
    case "key":
      if (operand.attribute === "value") return "string";
      return operand.attribute === "lease" ? "lease" : "number";
    case "handle":
      return operand.field === "held" ? "held" : "number";
    case "word":
      if (operand.value === "none") return "none";
      if (operand.value === "on" || operand.value === "off") return "held";
      return ROLES.includes(operand.value) ? "role" : "lease";
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
  return a === b || PAIRS.some(([one, other]) => (a === one && b === other) || (a === other && b === one));
}

/** Kinds that can be compared though they differ. */
const PAIRS: readonly (readonly [OperandType, OperandType])[] = [
  ["vote", "servers"],
  ["vote", "none"],
  ["string", "none"],
  ["lease", "none"],
  ["lease", "number"],
];
