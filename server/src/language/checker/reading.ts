/** An operation of a client while it is read: its node, and what the parts of the checker ask of it. */

import { t } from "../../l10n/text.js";
import { ETCD } from "../diagnostics/etcd.js";
import { NAMES } from "../diagnostics/names.js";
import { OPERATION_WORDS } from "../grammar/words.js";
import type { Keys, Micros } from "../program.js";
import { childOf, childrenOf, clauseOf, hasWord, headWord, type SyntaxNode, spanOf, tokensOf } from "../syntax/tree.js";
import { compareKeys } from "./key-order.js";
import { plainText, readDuration, readQuantity, textOf } from "./literals.js";
import type { HandleKind, Scope } from "./scope.js";

/** One operation. */
export interface Reading {
  readonly scope: Scope;
  readonly node: SyntaxNode;
  /** Errors that the step says it expects: what leads to them is no mistake. */
  readonly expects: ReadonlySet<string>;
}

/** The operation's own word in an `Invoke` node, or `""`. */
export function operationWord(node: SyntaxNode): string {
  return tokensOf(node).find((token) => token.kind === "word" && OPERATION_WORDS.has(token.text))?.text ?? "";
}

/** The errors named in a `Result` node. */
export function expectedErrors(result: SyntaxNode | undefined): ReadonlySet<string> {
  const outcomes = result === undefined ? [] : childrenOf(result, "Outcome");
  return new Set(outcomes.filter((each) => hasWord(each, "error")).map((each) => plainText(childOf(each, "Name"))));
}

/** The name after the operation's word; the name before it is the client. */
export function operandName(node: SyntaxNode): SyntaxNode | undefined {
  const word = tokensOf(node).find((token) => OPERATION_WORDS.has(token.text));
  return childrenOf(node, "Name").find((child) => word !== undefined && child.start > word.start);
}

/** The values that stand directly in a node behind one of its children, in order. */
export function valuesAfter(node: SyntaxNode, before: SyntaxNode | undefined): SyntaxNode[] {
  const values = childrenOf(node, "Literal", "Name", "List", "FieldOperand");
  return before === undefined ? [] : values.filter((child) => child.start > before.start);
}

/** Reports parts that are given twice: only one could hold. */
export function reportTwice({ scope, node }: Reading): void {
  const seen = new Set<string>();
  for (const clause of childrenOf(node, "Clause")) {
    const word = headWord(clause);
    if (seen.has(word)) scope.context.reporter.report(NAMES.clauseTwice, spanOf(clause), [word]);
    seen.add(word);
  }
}

/** Reports parts of which only one can be said. */
export function reportExclusive({ scope, node }: Reading, first: string, second: string): void {
  scope.context.reporter.report(NAMES.exclusive, spanOf(node), [first, second]);
}

/** The operation's key, which etcd wants not to be empty. */
export function readKey({ scope, node, expects }: Reading, from: SyntaxNode = node, mayBeEmpty = false): string {
  const keyNode = childOf(from, "Key");
  const key = plainText(keyNode);
  if (keyNode !== undefined && key === "" && !mayBeEmpty && !expects.has("key-empty"))
    scope.context.reporter.report(NAMES.emptyKey, spanOf(keyNode), []);
  if (key !== "") scope.context.symbols.key(key);
  return key;
}

/** `KEY`, `KEY prefix`, `KEY to END` or `KEY from-key` in an operation or a compare. */
export function readKeys(reading: Reading, from: SyntaxNode = reading.node): Keys {
  const to = clauseOf(from, "to");
  const ways = [
    ...(hasWord(from, "prefix") ? ["`prefix`"] : []),
    ...(hasWord(from, "from-key") ? ["`from-key`"] : []),
    ...(to === undefined ? [] : ["`to`"]),
  ];
  const [first, second] = ways;
  if (first !== undefined && second !== undefined) reportExclusive(reading, first, second);
  const key = readKey(reading, from, first === "`prefix`" || first === "`from-key`");
  if (first === "`prefix`") return { kind: "prefix", key };
  if (first === "`from-key`") return { kind: "from", key };
  if (to === undefined) return { kind: "one", key };
  const end = plainText(childOf(to, "Key"));
  if (key !== "" && end !== "" && compareKeys(key, end) >= 0) {
    reading.scope.context.reporter.report(ETCD.emptyRange, spanOf(to), [key, end]);
  }
  return { kind: "to", key, end };
}

/** A clause's whole number, or `null` without one. */
export function readNumber({ scope, node }: Reading, word: string): number | null {
  const clause = clauseOf(node, word);
  return clause === undefined ? null : readQuantity(scope.context, childOf(clause, "Literal"), "integer");
}

/**
 * A clause's revision, or `null` without one.
 *
 * @param zero says what etcd makes of 0; `null` where the clause cannot be left out
 */
export function readRevision({ scope, node }: Reading, word: string, zero: (() => string) | null): number | null {
  const clause = clauseOf(node, word);
  const literal = clause === undefined ? undefined : childOf(clause, "Literal");
  if (clause === undefined || literal === undefined) return null;
  const text = textOf(literal);
  if (!/^-?\d+$/.test(text) || Number(text) > 0) return readQuantity(scope.context, literal, "integer");
  const negative = Number(text) < 0;
  const fixes = [{ title: t("Leave out `{0}`", word), edits: [{ span: spanOf(clause), newText: "" }] }];
  scope.context.reporter.report(ETCD.noRevision, spanOf(literal), [text, negative ? "" : (zero?.() ?? "")], {
    ...(negative ? { severity: "error" as const } : {}),
    fixes: zero === null ? [] : fixes,
  });
  return Number(text) === 0 ? 0 : null;
}

/** A clause's duration, or `null` without one. */
export function readClauseDuration({ scope, node }: Reading, word: string): Micros | null {
  const clause = clauseOf(node, word);
  return clause === undefined ? null : readDuration(scope.context, childOf(clause, "Literal"));
}

/** `as NAME`, which some operations cannot do without. */
export function bindAs({ scope, node }: Reading, kind: HandleKind, word: string, example: string): string {
  const clause = clauseOf(node, "as");
  const nameNode = clause === undefined ? undefined : childOf(clause, "Name");
  if (nameNode === undefined) {
    scope.context.reporter.report(NAMES.missingClause, spanOf(node), [word, t("a name: `as {0}`", example)]);
    return "";
  }
  scope.bindHandle(nameNode, kind);
  return plainText(nameNode);
}
