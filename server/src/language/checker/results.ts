/** What an operation is expected to answer, resolved. */

import { NAMES } from "../diagnostics/names.js";
import { anyOf } from "../diagnostics/words.js";
import type { ExpectedOutcome, ExpectedResult, ExpectedRevisions, Operand, Operation } from "../program.js";
import { childOf, childrenOf, clauseOf, type SyntaxNode, spanOf, tokensOf } from "../syntax/tree.js";
import { writtenAs } from "../vocabulary/operations.js";
import { ERRORS, possibleResults, type ResultKind, resultText } from "../vocabulary/results.js";
import { reportUnknown } from "./context.js";
import { plainText, quantityOf, readDurationRange, readQuantity, textOf } from "./literals.js";
import type { Scope } from "./scope.js";
import { lowerItems, lowerValue } from "./values.js";

/**
 * Resolves `=> RESULT | RESULT`.
 *
 * @param operation the operation that answers, or `null` when it is not known here
 */
export function lowerResult(scope: Scope, node: SyntaxNode, operation: Operation | null): ExpectedResult {
  const possible = operation === null ? null : possibleResults(operation);
  const outcomes = childrenOf(node, "Outcome").map((child): ExpectedOutcome => {
    const outcome = lowerOutcome(scope, child);
    if (operation !== null && possible !== null && !canBe(outcome, possible)) {
      const answers = possible.filter((each) => each !== "values" || !possible.includes("value")).map(resultText);
      scope.context.reporter.report(NAMES.impossibleResult, spanOf(child), [
        writtenAs(operation.kind),
        textOf(child),
        anyOf(answers),
      ]);
    }
    return outcome;
  });
  return { span: spanOf(node), outcomes };
}

function canBe(outcome: ExpectedOutcome, possible: readonly ResultKind[]): boolean {
  switch (outcome.kind) {
    case "timeout":
    case "error":
      return true;
    case "value":
      // What a variable holds, or digits in quotes, may be a count.
      if (possible.includes("value")) return true;
      return possible.includes("number") && (outcome.value.kind !== "string" || /^\d+$/.test(outcome.value.value));
    default:
      return possible.includes(outcome.kind);
  }
}

function lowerOutcome(scope: Scope, node: SyntaxNode): ExpectedOutcome {
  const word = tokensOf(node)[0]?.text;
  const inner = childOf(node, "List", "Literal", "LiteralRange", "Name");
  if (word === "ok") return { kind: "ok", rev: readCount(scope, node, "rev") };
  if (word === "none" || word === "failed" || word === "timeout") return { kind: word };
  if (word === "error") {
    return { kind: "error", error: inner === undefined ? "" : readError(scope, inner) };
  }
  if (inner?.kind === "List") return { kind: "values", values: lowerItems(scope, inner) };
  const revisions: ExpectedRevisions = {
    rev: readCount(scope, node, "rev"),
    create: readCount(scope, node, "create"),
    version: readCount(scope, node, "version"),
  };
  if (inner?.kind === "LiteralRange" || (inner !== undefined && isDuration(inner))) {
    return { kind: "ttl", ...(readDurationRange(scope.context, inner) ?? { min: 0, max: 0 }) };
  }
  return { kind: "value", value: lowerExpected(scope, inner, node), ...revisions };
}

function isDuration(node: SyntaxNode): boolean {
  const text = textOf(node);
  return (
    node.kind === "Literal" && !text.startsWith('"') && !/^-?\d+$/.test(text) && quantityOf(text, "duration") !== null
  );
}

/** A number is a count, a hash, or a value of these digits. */
function lowerExpected(scope: Scope, node: SyntaxNode | undefined, around: SyntaxNode): Operand {
  const text = node?.kind === "Literal" ? textOf(node) : "";
  const number = /^(0|[1-9]\d*)$/.test(text) ? Number(text) : Number.NaN;
  if (node !== undefined && Number.isSafeInteger(number)) return { kind: "number", value: number, span: spanOf(node) };
  return lowerValue(scope, node, around);
}

function readCount(scope: Scope, node: SyntaxNode, word: string): number | null {
  const clause = clauseOf(node, word);
  return clause === undefined ? null : readQuantity(scope.context, childOf(clause, "Literal"), "integer");
}

/** The name of one of etcd's errors. */
export function readError(scope: Scope, node: SyntaxNode): string {
  const name = plainText(node);
  const known = ERRORS.map((entry) => entry.name);
  if (!known.includes(name)) reportUnknown(scope.context, NAMES.unknownError, spanOf(node), name, known);
  return name;
}
