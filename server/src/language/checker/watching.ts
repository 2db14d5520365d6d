/** What is expected of watches and observers, resolved. */

import { t } from "../../l10n/text.js";
import { NAMES } from "../diagnostics/names.js";
import type { ExpectedWatchEvent, Micros, StepKind } from "../program.js";
import { childOf, childrenOf, clauseOf, hasWord, headWord, type SyntaxNode, spanOf } from "../syntax/tree.js";
import { plainText, readQuantity } from "./literals.js";
import { readError } from "./results.js";
import type { Scope } from "./scope.js";
import { lowerItems, reportUnquoted } from "./values.js";

/** Resolves `expect HANDLE saw […]`, `canceled` or `progress`; `null` when the step is another. */
export function lowerWatchExpectation(scope: Scope, node: SyntaxNode, within: Micros | null): StepKind | null {
  const name = childOf(node, "Name");
  if (hasWord(node, "saw")) return lowerSaw(scope, node, name, within);
  if (hasWord(node, "canceled")) {
    const handle = scope.useHandle(name, ["watch"]);
    const clause = clauseOf(node, "error");
    const errorNode = clause === undefined ? undefined : childOf(clause, "Name");
    const error = errorNode === undefined ? null : readError(scope, errorNode);
    return { kind: "expect-canceled", handle, error, within };
  }
  if (!hasWord(node, "progress")) return null;
  return { kind: "expect-progress", handle: scope.useHandle(name, ["watch"]), rev: revOf(scope, node), within };
}

function lowerSaw(scope: Scope, node: SyntaxNode, name: SyntaxNode | undefined, within: Micros | null): StepKind {
  const handle = scope.useHandle(name, ["watch", "observe"]);
  const list = childOf(node, "List");
  const events = list === undefined ? [] : childrenOf(list, "WatchEvent");
  const values = list === undefined ? [] : childrenOf(list, "Literal", "Name", "FieldOperand");
  const kind = scope.handle(handle);
  const observes = kind === "observe" || (kind === undefined && values.length > 0);
  const strange = observes ? events : values;
  for (const each of strange) {
    const wanted = observes ? t('the leaders\' values, `["alice"]`') : t('changes of keys, `[put color "red"]`');
    scope.context.reporter.report(NAMES.wrongSight, spanOf(each), [
      handle,
      observes ? t("an observer") : t("a watch"),
      wanted,
    ]);
  }
  if (observes) {
    const seen = list === undefined || strange.length > 0 ? [] : lowerItems(scope, list);
    return { kind: "expect-observed", handle, values: seen, within };
  }
  return { kind: "expect-watch", handle, events: events.map((event) => lowerWatchEvent(scope, event)), within };
}

function lowerWatchEvent(scope: Scope, node: SyntaxNode): ExpectedWatchEvent {
  const prev = clauseOf(node, "prev");
  const key = plainText(childOf(node, "Key"));
  if (key !== "") scope.context.symbols.key(key);
  return {
    span: spanOf(node),
    type: headWord(node) === "delete" ? "delete" : "put",
    key,
    value: textIn(scope, node),
    rev: revOf(scope, node),
    prev: prev === undefined ? null : textIn(scope, prev),
  };
}

/** The text that stands directly in a node. */
function textIn(scope: Scope, node: SyntaxNode): string | null {
  const value = childOf(node, "Literal", "Name", "FieldOperand");
  if (value === undefined) return null;
  if (value.kind !== "Literal") reportUnquoted(scope, value);
  return plainText(value);
}

function revOf(scope: Scope, node: SyntaxNode): number | null {
  const rev = clauseOf(node, "rev");
  return rev === undefined ? null : readQuantity(scope.context, childOf(rev, "Literal"), "integer");
}
