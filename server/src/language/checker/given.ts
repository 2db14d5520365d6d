/** `given { … }`: where a run begins. Starts that no run of Raft can reach are errors. */

import { t } from "../../l10n/text.js";
import { GIVEN } from "../diagnostics/given.js";
import { NAMES } from "../diagnostics/names.js";
import { RAFT } from "../diagnostics/raft.js";
import type { GivenEntry, GivenNode, Span } from "../program.js";
import { childOf, childrenOf, clauseOf, headWord, type SyntaxNode, spanOf } from "../syntax/tree.js";
import { reportUnknown } from "./context.js";
import { checkTogether, type GivenLine } from "./given-together.js";
import { plainText, readQuantity } from "./literals.js";
import type { Scope } from "./scope.js";

/** Resolves a `Given` node. */
export function lowerGiven(scope: Scope, node: SyntaxNode | undefined): GivenNode[] {
  const block = node === undefined ? undefined : childOf(node, "Block");
  const seen = new Map<string, Span>();
  const lines = (block === undefined ? [] : childrenOf(block, "GivenNode")).flatMap((line): GivenLine[] => {
    const nameNode = childOf(line, "Name");
    if (nameNode === undefined) return [];
    const name = nodeName(scope, nameNode);
    const earlier = seen.get(name);
    if (earlier !== undefined) {
      scope.context.reporter.report(NAMES.nameTwice, spanOf(nameNode), [name, t("a server with a given state")], {
        related: [{ span: earlier, message: t("given here") }],
      });
      return [];
    }
    seen.set(name, spanOf(nameNode));
    return [lowerGivenNode(scope, line, name)];
  });
  checkTogether(scope, lines);
  return lines.map(({ given }) => given);
}

function nodeName(scope: Scope, node: SyntaxNode): string {
  const name = plainText(node);
  scope.refer(node);
  if (!scope.isNode(name)) reportUnknown(scope.context, NAMES.unknownNode, spanOf(node), name, scope.config.nodes);
  return name;
}

function lowerGivenNode(scope: Scope, line: SyntaxNode, node: string): GivenLine {
  onlyOnce(scope, line);
  const logClause = clauseOf(line, "log");
  const list = logClause === undefined ? undefined : childOf(logClause, "List");
  const entries = list === undefined ? [] : childrenOf(list, "Entry");
  const log = entries.map((entry) => lowerEntry(scope, entry));
  const lastTerm = log[log.length - 1]?.term ?? 0;
  const term = numberOf(scope, line, "term") ?? lastTerm;
  const commit = numberOf(scope, line, "commit") ?? 0;
  const voteClause = clauseOf(line, "vote");
  const vote = voteClause === undefined ? undefined : childOf(voteClause, "Name");
  const report = scope.context.reporter;
  entries.forEach((entry, index) => {
    const before = log[index - 1]?.term ?? 0;
    const own = log[index]?.term ?? 0;
    if (own === 0) report.report(GIVEN.termZero, spanOf(entry), [t("an entry")]);
    else if (own < before) report.report(RAFT.termsFall, spanOf(entry), [own, before]);
  });
  if (commit > log.length) {
    report.report(RAFT.commitPastLog, spanOf(clauseOf(line, "commit") ?? line), [commit, log.length]);
  }
  if (term < lastTerm) report.report(RAFT.termBelowLog, spanOf(clauseOf(line, "term") ?? line), [term, lastTerm]);
  const given: GivenNode = {
    node,
    span: spanOf(line),
    term,
    vote: vote === undefined ? null : voteName(scope, vote),
    log,
    commit,
  };
  return { given, line, entries };
}

/** Each part of a line is given once. */
function onlyOnce({ context }: Scope, line: SyntaxNode): void {
  const seen = new Set<string>();
  for (const clause of childrenOf(line, "Clause")) {
    const word = headWord(clause);
    if (seen.has(word)) context.reporter.report(NAMES.clauseTwice, spanOf(clause), [word]);
    seen.add(word);
  }
}

function voteName(scope: Scope, node: SyntaxNode): string | null {
  return plainText(node) === "none" ? null : nodeName(scope, node);
}

function numberOf(scope: Scope, line: SyntaxNode, word: string): number | null {
  const clause = clauseOf(line, word);
  return clause === undefined ? null : readQuantity(scope.context, childOf(clause, "Literal"), "integer");
}

function lowerEntry(scope: Scope, entry: SyntaxNode): GivenEntry {
  const [termNode] = childrenOf(entry, "Literal");
  const term = readQuantity(scope.context, termNode, "integer") ?? 0;
  const keyNode = childOf(entry, "Key");
  if (keyNode === undefined) return { term, put: null };
  const valueNode = childrenOf(entry, "Literal", "Name").find((child) => child.start > keyNode.end);
  const key = plainText(keyNode);
  scope.context.symbols.key(key);
  // Within a log a bare word is a value: there are no variables before the first step.
  return { term, put: { key, value: plainText(valueNode) } };
}
