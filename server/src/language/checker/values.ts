/** Values of operations, resolved. */

import { t } from "../../l10n/text.js";
import { NAMES } from "../diagnostics/names.js";
import type { Operand } from "../program.js";
import { childrenOf, type SyntaxNode, spanOf, tokensOf } from "../syntax/tree.js";
import { reportUnknown } from "./context.js";
import { plainText } from "./literals.js";
import type { Scope } from "./scope.js";

/** Resolves a value: text in quotes, a number as its text, a variable, or `k1.token`. */
export function lowerValue(scope: Scope, node: SyntaxNode | undefined, around: SyntaxNode): Operand {
  if (node === undefined) return { kind: "string", value: "", span: spanOf(around) };
  const span = spanOf(node);
  if (node.kind === "List") {
    return { kind: "list", items: lowerItems(scope, node), span };
  }
  if (node.kind === "Literal") return { kind: "string", value: plainText(node), span };
  if (node.kind === "FieldOperand") return lowerHandleField(scope, node);
  const name = plainText(node);
  const variable = scope.variable(name);
  if (variable !== undefined) {
    scope.refer(node);
    if (variable === "servers")
      scope.context.reporter.report(NAMES.wrongHandle, span, [name, t("a name for servers"), t("a value")]);
    return { kind: "variable", name, span };
  }
  reportUnquoted(scope, node);
  return { kind: "string", value: name, span };
}

/** The values of a list. */
export function lowerItems(scope: Scope, list: SyntaxNode): Operand[] {
  return childrenOf(list, "Literal", "Name", "FieldOperand").map((item) => lowerValue(scope, item, list));
}

/** Reports a bare word where only text can stand. */
export function reportUnquoted(scope: Scope, node: SyntaxNode): void {
  const word = plainText(node);
  const fixes = [{ title: t("Put the value in quotes"), edits: [{ span: spanOf(node), newText: `"${word}"` }] }];
  scope.context.reporter.report(NAMES.unquoted, spanOf(node), [word], { fixes });
}

/** The fields of a lock or a candidacy. */
export const HANDLE_FIELDS = ["token", "held"] as const;

/** Resolves `k1.token` and `k1.held`. */
export function lowerHandleField(scope: Scope, node: SyntaxNode): Operand {
  const token = tokensOf(node).find((each) => each.kind === "word");
  const handle = scope.useHandle(childrenOf(node, "Name")[0], ["lock", "campaign"]);
  const field = HANDLE_FIELDS.find((each) => each === token?.text);
  if (field === undefined && token !== undefined) {
    const place = { start: token.start, end: token.end };
    reportUnknown(scope.context, NAMES.unknownField, place, token.text, HANDLE_FIELDS);
  }
  return { kind: "handle", handle, field: field ?? "token", span: spanOf(node) };
}
