/** Conditions of the tree, resolved and checked for sense. */

import { t } from "../../l10n/text.js";
import { NAMES } from "../diagnostics/names.js";
import { nearest } from "../diagnostics/suggest.js";
import { listed } from "../diagnostics/words.js";
import type { Comparison, Condition, Operand, Selector, Span } from "../program.js";
import { childrenOf, firstToken, headWord, isNode, type SyntaxNode, spanOf, tokensOf } from "../syntax/tree.js";
import { NODE_FIELDS, ROLES } from "../vocabulary/fields.js";
import { fixTo, reportUnknown } from "./context.js";
import { plainText, quantityOf, quantityText, textOf } from "./literals.js";
import type { Scope } from "./scope.js";
import { lowerMessageType, lowerSelector, SELECTOR_KINDS } from "./selectors.js";
import { comparable, describe, typeOf } from "./types.js";
import { HANDLE_FIELDS, lowerHandleField, reportUnquoted } from "./values.js";

/** Node kinds that are conditions, or operands standing alone as one. */
export const CONDITION_KINDS = [
  "OrCondition",
  "AndCondition",
  "NotCondition",
  "ParenCondition",
  "NoLeader",
  "Converged",
  "Comparison",
  "FieldOperand",
  "KeyOperand",
  "ProgressOperand",
  "CallOperand",
  "Literal",
  "List",
  ...SELECTOR_KINDS,
] as const;

const COMPARISONS: readonly Comparison[] = ["==", "!=", "<", "<=", ">", ">=", "in"];

/** Resolves a condition. What is not one is reported and counts as `leader`. */
export function lowerCondition(scope: Scope, node: SyntaxNode): Condition {
  const span = spanOf(node);
  switch (node.kind) {
    case "OrCondition":
    case "AndCondition":
      return {
        kind: node.kind === "OrCondition" ? "or" : "and",
        operands: childrenOf(node, ...CONDITION_KINDS).map((child) => lowerCondition(scope, child)),
        span,
      };
    case "NotCondition":
    case "ParenCondition": {
      const inner = childrenOf(node, ...CONDITION_KINDS)[0];
      const condition: Condition = inner === undefined ? { kind: "has-leader", span } : lowerCondition(scope, inner);
      return node.kind === "NotCondition" ? { kind: "not", operand: condition, span } : condition;
    }
    case "NoLeader":
      return { kind: "no-leader", span };
    case "Converged":
      return { kind: "converged", span };
    case "Comparison":
      return lowerComparison(scope, node);
    default: {
      if (node.kind === "Role" && plainText(node) === "leader") return { kind: "has-leader", span };
      const operand = lowerOperand(scope, node);
      if (operand.kind === "handle" && operand.field === "held") {
        return { kind: "compare", operator: "==", left: operand, right: { kind: "word", value: "on", span }, span };
      }
      scope.context.reporter.report(NAMES.notACondition, span, [textOf(node)]);
      return { kind: "has-leader", span };
    }
  }
}

function lowerComparison(scope: Scope, node: SyntaxNode): Condition {
  const span = spanOf(node);
  const [leftNode, rightNode] = childrenOf(node, ...CONDITION_KINDS);
  const operator = COMPARISONS.find((mark) => tokensOf(node).some((token) => token.text === mark)) ?? "==";
  if (leftNode === undefined || rightNode === undefined) return { kind: "has-leader", span };
  const leftField = fieldOf(leftNode);
  const rightField = fieldOf(rightNode);
  const left = lowerOperand(scope, leftNode, rightField);
  const right = lowerOperand(scope, rightNode, leftField);
  if (!comparable(scope, left, operator, right)) {
    scope.context.reporter.report(NAMES.cannotCompare, span, [
      capital(describe(typeOf(scope, left))),
      describe(typeOf(scope, right)),
    ]);
  }
  return { kind: "compare", operator, left, right, span };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The field that decides how a bare word on the other side is read: `s1.role == follower`. */
function fieldOf(node: SyntaxNode): string {
  if (node.kind === "KeyOperand") return "key";
  if (node.kind === "CallOperand") return headWord(node);
  if (node.kind !== "FieldOperand") return "";
  const tokens = tokensOf(node);
  return tokens[tokens.length - 1]?.text ?? "";
}

/**
 * Resolves one side of a comparison, or what `let` binds.
 *
 * @param opposite the field on the other side, which decides what a bare word means
 */
export function lowerOperand(scope: Scope, node: SyntaxNode, opposite = ""): Operand {
  const span = spanOf(node);
  switch (node.kind) {
    case "Literal":
      return lowerLiteral(scope, node, opposite);
    case "List":
      return {
        kind: "list",
        items: childrenOf(node, "Literal", "Name").map((item) => lowerOperand(scope, item, "item")),
        span,
      };
    case "FieldOperand":
      return lowerField(scope, node);
    case "KeyOperand":
      return lowerKey(scope, node, "value", span);
    case "ProgressOperand":
      return lowerProgress(scope, node);
    case "CallOperand":
      return lowerCall(scope, node);
    default:
      return lowerWord(scope, node, opposite);
  }
}

function lowerLiteral(scope: Scope, node: SyntaxNode, opposite: string): Operand {
  const span = spanOf(node);
  const token = firstToken(node);
  if (token?.kind === "string") return { kind: "string", value: plainText(node), span };
  const quantity = opposite === "bytes" ? "size" : "integer";
  // Nothing is compacted at -1, as in etcd.
  const value = quantityOf(token?.text ?? "", quantity, opposite === "compacted");
  if (opposite === "key" && value !== null) return { kind: "string", value: token?.text ?? "", span };
  if (value === null) {
    const wanted = quantityText(quantity);
    scope.context.reporter.report(NAMES.wrongUnit, span, [token?.text ?? "", wanted]);
  }
  return { kind: "number", value: value ?? 0, span };
}

/** A word is a role beside `role`, `none` beside a vote or a key, a variable, or servers. */
function lowerWord(scope: Scope, node: SyntaxNode, opposite: string): Operand {
  const span = spanOf(node);
  const word = plainText(node);
  const single = node.kind === "Role" || node.kind === "Name";
  if (single && opposite === "role" && scope.variable(word) !== "value") {
    if (!ROLES.includes(word)) {
      const suggestion = nearest(word, ROLES);
      scope.context.reporter.report(
        NAMES.wrongValue,
        span,
        ["role", t("one of {0}", listed(ROLES.map((each) => `\`${each}\``)))],
        {
          fixes: fixTo(suggestion, span),
        },
      );
    }
    return { kind: "word", value: word, span };
  }
  if (single && word === "none" && (opposite === "vote" || opposite === "key" || opposite === "")) {
    return { kind: "word", value: "none", span };
  }
  if (node.kind === "Name" && scope.variable(word) === "value") {
    scope.refer(node);
    return { kind: "variable", name: word, span };
  }
  if (node.kind === "Name" && opposite === "held" && (word === "on" || word === "off")) {
    return { kind: "word", value: word, span };
  }
  if (single && opposite === "lease") {
    if (word === "none") return { kind: "word", value: "none", span };
    return { kind: "word", value: scope.useHandle(node, ["lease", "lock", "campaign"]), span };
  }
  if (node.kind === "Name" && (opposite === "key" || opposite === "item") && !scope.isNode(word)) {
    reportUnquoted(scope, node);
    return { kind: "string", value: word, span };
  }
  return { kind: "nodes", nodes: lowerSelector(scope, node), span };
}

function selectorIn(scope: Scope, node: SyntaxNode): Selector {
  const inner = childrenOf(node, ...SELECTOR_KINDS)[0];
  return inner === undefined ? { kind: "all", span: spanOf(node) } : lowerSelector(scope, inner);
}

/** The fields of a key, as conditions write them. */
export const KEY_FIELDS = ["rev", "create", "version", "lease"] as const;

type KeyAttribute = Extract<Operand, { readonly kind: "key" }>["attribute"];

function lowerKey(scope: Scope, node: SyntaxNode, attribute: KeyAttribute, span: Span): Operand {
  const key = plainText(childrenOf(node, "Key")[0]);
  if (key !== "") scope.context.symbols.key(key);
  return { kind: "key", nodes: selectorIn(scope, node), key, attribute, span };
}

function lowerKeyField(scope: Scope, node: SyntaxNode, keyNode: SyntaxNode): Operand {
  const token = tokensOf(node).find((each) => each.kind === "word");
  const field = KEY_FIELDS.find((each) => each === token?.text);
  if (field === undefined && token !== undefined) {
    const place = { start: token.start, end: token.end };
    reportUnknown(scope.context, NAMES.unknownField, place, token.text, KEY_FIELDS);
  }
  return lowerKey(scope, keyNode, field ?? "rev", spanOf(node));
}

/** Whether the field is one of a lock or a candidacy, going by its name or by what it is asked of. */
function isHandleField(scope: Scope, node: SyntaxNode): boolean {
  const [name] = childrenOf(node, "Name");
  if (name === undefined) return false;
  const token = tokensOf(node).find((each) => each.kind === "word");
  return scope.handle(plainText(name)) !== undefined || HANDLE_FIELDS.some((field) => field === token?.text);
}

function lowerField(scope: Scope, node: SyntaxNode): Operand {
  const span = spanOf(node);
  const [keyNode] = childrenOf(node, "KeyOperand");
  if (keyNode !== undefined) return lowerKeyField(scope, node, keyNode);
  if (isHandleField(scope, node)) return lowerHandleField(scope, node);
  const nodes = selectorIn(scope, node);
  const token = tokensOf(node).find((each) => each.kind === "word");
  const field = NODE_FIELDS.find((entry) => entry.name === token?.text);
  if (field !== undefined) return { kind: "field", nodes, field: field.name, span };
  if (token !== undefined) {
    const place = { start: token.start, end: token.end };
    reportUnknown(
      scope.context,
      NAMES.unknownField,
      place,
      token.text,
      NODE_FIELDS.map((entry) => entry.name),
    );
  }
  return { kind: "field", nodes, field: "term", span };
}

function lowerProgress(scope: Scope, node: SyntaxNode): Operand {
  const span = spanOf(node);
  const inner = node.children.find((child) => isNode(child) && child.kind === "FieldOperand");
  const of = selectorIn(scope, node);
  if (inner === undefined || !isNode(inner)) return { kind: "number", value: 0, span };
  const token = tokensOf(inner).find((each) => each.kind === "word");
  const field = token?.text === "match" ? "match" : "next";
  if (token !== undefined && token.text !== "next" && token.text !== "match") {
    reportUnknown(scope.context, NAMES.unknownField, { start: token.start, end: token.end }, token.text, [
      "next",
      "match",
    ]);
  }
  return { kind: "progress", nodes: selectorIn(scope, inner), field, of, span };
}

function lowerCall(scope: Scope, node: SyntaxNode): Operand {
  const span = spanOf(node);
  const argument = childrenOf(node, "MessageType", ...SELECTOR_KINDS)[0];
  switch (headWord(node)) {
    case "messages": {
      const message = argument?.kind === "MessageType" ? lowerMessageType(scope, argument) : null;
      return { kind: "messages", message, span };
    }
    case "bytes":
      return { kind: "bytes", of: selectorIn(scope, node), span };
    default:
      if (argument?.kind === "Role" && plainText(argument) === "leaders") {
        return { kind: "count", of: { kind: "leaders", span: spanOf(argument) }, span };
      }
      return { kind: "count", of: selectorIn(scope, node), span };
  }
}
