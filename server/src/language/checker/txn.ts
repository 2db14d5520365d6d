/** Transactions, resolved, and what etcd refuses before it looks at the store (3.4:etcdserver/api/v3rpc/key.go). */

import { t } from "../../l10n/text.js";
import { ETCD } from "../diagnostics/etcd.js";
import { NAMES } from "../diagnostics/names.js";
import { COMPARE_TARGETS } from "../grammar/words.js";
import type { Operand, Span, Txn, TxnCompare, TxnOperation } from "../program.js";
import { childOf, childrenOf, clauseOf, hasWord, headWord, type SyntaxNode, spanOf, tokensOf } from "../syntax/tree.js";
import { lowerDelete, lowerGet, lowerPut } from "./key-value.js";
import { plainText, quantityOf, textOf } from "./literals.js";
import { operationWord, type Reading, readKeys, reportTwice, valuesAfter } from "./reading.js";
import { checkTxn, type PlacedOperation, type PlacedTxn } from "./txn-limits.js";
import { lowerHandleField, lowerValue } from "./values.js";

/** Resolves a whole transaction. */
export function lowerTxn(reading: Reading): Txn {
  const placed = placeTxn(reading);
  checkTxn(reading, placed);
  return placed.operation;
}

function placeTxn(reading: Reading): PlacedTxn {
  const { scope, node } = reading;
  const body = childOf(node, "Transaction");
  const span = spanOf(node);
  if (body === undefined) {
    const operation: Txn = { kind: "txn", compares: [], success: [], failure: [] };
    return { operation, span, success: [], failure: [] };
  }
  const compares = childrenOf(body, "Comparison").flatMap((compare) => lowerCompare({ ...reading, node: compare }));
  const success = branch(reading, clauseOf(body, "then"));
  const failure = branch(reading, clauseOf(body, "else"));
  if (compares.length === 0 && failure.length > 0) {
    const place = clauseOf(body, "else");
    if (place !== undefined) scope.context.reporter.report(ETCD.elseWithoutIf, spanOf(place), []);
  }
  const operations = (placed: readonly PlacedOperation[]): TxnOperation[] => placed.map((each) => each.operation);
  const operation: Txn = { kind: "txn", compares, success: operations(success), failure: operations(failure) };
  return { operation, span, success, failure };
}

function branch(reading: Reading, clause: SyntaxNode | undefined): PlacedOperation[] {
  return (clause === undefined ? [] : childrenOf(clause, "Invoke")).flatMap((node) => {
    const inner: Reading = { ...reading, node };
    reportTwice(inner);
    return placeOperation(inner);
  });
}

function placeOperation(reading: Reading): PlacedOperation[] {
  const span = spanOf(reading.node);
  switch (operationWord(reading.node)) {
    case "put":
      return [{ operation: lowerPut(reading), span }];
    case "get":
      return [{ operation: lowerGet(reading), span }];
    case "delete":
      return [{ operation: lowerDelete(reading), span }];
    case "txn":
      return [placeTxn(reading)];
    default:
      return [];
  }
}

type Target = (typeof COMPARE_TARGETS)[number];
type Ordering = Exclude<TxnCompare, { readonly kind: "owner" }>["operator"];

function lowerCompare(reading: Reading): TxnCompare[] {
  const { scope, node } = reading;
  const span = spanOf(node);
  const targetNode = childOf(node, "CompareTarget");
  if (targetNode === undefined && hasWord(node, "owner")) {
    return [{ kind: "owner", handle: scope.useHandle(childOf(node, "Name"), ["lock", "campaign"]), span }];
  }
  const head = targetNode === undefined ? "value" : headWord(targetNode);
  const target = COMPARE_TARGETS.find((each) => each === head) ?? "value";
  const keys = readKeys(reading, targetNode ?? node);
  const place = targetNode ?? childOf(node, "Key");
  const [valueNode] = valuesAfter(node, place);
  const operator = readOperator(reading, target, valueNode);
  return [{ kind: "compare", keys, target, operator, operand: readOperand(reading, target, valueNode), span }];
}

function readOperator({ scope, node }: Reading, target: Target, value: SyntaxNode | undefined): Ordering {
  const token = tokensOf(node).find(({ text }) => /^(==|!=|<=|>=|<|>)$/.test(text));
  switch (token?.text) {
    case "!=":
    case "<":
    case ">":
      return token.text;
    case "<=":
    case ">=": {
      const strict = token.text === "<=" ? "<" : ">";
      scope.context.reporter.report(ETCD.noSuchCompare, { start: token.start, end: token.end }, [token.text], {
        fixes: strictFix(token, strict, target, value),
      });
      return strict;
    }
    default:
      return "==";
  }
}

/** Whole numbers have a next one, so that `<= 3` is `< 4`; texts have none. */
function strictFix(operator: Span, strict: "<" | ">", target: Target, value: SyntaxNode | undefined) {
  const number = value === undefined || target === "value" ? null : quantityOf(textOf(value), "integer");
  if (value === undefined || number === null || (strict === ">" && number === 0)) return [];
  const next = String(strict === "<" ? number + 1 : number - 1);
  const edits = [
    { span: { start: operator.start, end: operator.end }, newText: strict },
    { span: spanOf(value), newText: next },
  ];
  return [{ title: t("Write `{0}`", `${strict} ${next}`), edits }];
}

function readOperand(reading: Reading, target: Target, node: SyntaxNode | undefined): Operand {
  const { scope } = reading;
  const { reporter } = scope.context;
  if (node === undefined) return { kind: "number", value: 0, span: spanOf(reading.node) };
  const span = spanOf(node);
  if (node.kind === "List") {
    reporter.report(NAMES.cannotCompare, span, [NOUNS[target](), t("a list")]);
    return { kind: "number", value: 0, span };
  }
  if (target === "value") return lowerValue(scope, node, reading.node);
  if (node.kind === "FieldOperand") return lowerHandleField(scope, node);
  const text = plainText(node);
  if (node.kind === "Name") {
    if (target === "lease" && scope.variable(text) === undefined) {
      return { kind: "word", value: scope.useHandle(node, ["lease", "lock", "campaign"]), span };
    }
    if (scope.variable(text) === "value") return lowerValue(scope, node, reading.node);
  }
  const number = quantityOf(textOf(node), "integer");
  if (number === null) {
    const wanted = target === "lease" ? t("the name of a lease, or 0 for none") : t("a whole number");
    reporter.report(NAMES.wrongUnit, span, [textOf(node), wanted]);
  }
  return { kind: "number", value: number ?? 0, span };
}

const NOUNS: Readonly<Record<Target, () => string>> = {
  value: () => t("A value"),
  version: () => t("A version"),
  create: () => t("A create revision"),
  mod: () => t("A revision"),
  lease: () => t("A lease"),
};
