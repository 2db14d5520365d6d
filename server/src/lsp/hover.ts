/** `textDocument/hover`: what a word means, what a name is, and what happened here in the last run. */
import { type Hover, MarkupKind, type Position } from "vscode-languageserver";
import { t } from "../l10n/text.js";
import { operationWord } from "../language/checker/reading.js";
import type { NamedSymbol } from "../language/symbols.js";
import type { Token } from "../language/syntax/token.js";
import { childOf, headWord, isNode, pathAt, printTree, type SyntaxNode } from "../language/syntax/tree.js";
import { documentation, type EntryKind } from "../language/vocabulary/entry.js";
import { lookUp } from "../language/vocabulary/vocabulary.js";
import { COMMANDS, type SessionArgument } from "../protocol/commands.js";
import type { StepOutcome } from "../protocol/session.js";
import type { OpenDocument } from "./documents.js";
import { outcomesByLine } from "./inlay-hints.js";
import { code, commandLink, escaped } from "./markdown.js";
import { rangeOf, rangeOfLine } from "./positions.js";
import { type RunResults, timeText } from "./run-results.js";

/** The hover at a position, or `null`. */
export function hover(open: OpenDocument, position: Position, runs: RunResults): Hover | null {
  const offset = open.document.offsetAt(position);
  const path = pathAt(open.analysis.tree, offset);
  const node = path[path.length - 1];
  if (node === undefined) return null;
  const token = wordIn(node, offset);
  const parts: string[] = [];
  const found = open.analysis.symbols.at(offset);
  if (found !== undefined) parts.push(symbolMarkdown(open, found.symbol));
  else if (token !== undefined) parts.push(...wordParts(open, token, node, path));
  const happened = whatHappened(open, position.line + 1, runs);
  if (happened !== null && token !== undefined) parts.push(happened);
  if (parts.length === 0 || token === undefined) return null;
  return {
    contents: { kind: MarkupKind.Markdown, value: parts.join("\n\n---\n\n") },
    range: rangeOf(open.document, token),
  };
}

function wordIn(node: SyntaxNode, offset: number): Token | undefined {
  let found: Token | undefined;
  for (const child of node.children) {
    if (isNode(child) || child.start > offset || child.end < offset) continue;
    if (child.kind === "word" || child.kind === "string" || child.kind === "path" || child.kind === "number")
      found = child;
  }
  return found;
}

function wordParts(open: OpenDocument, token: Token, node: SyntaxNode, path: readonly SyntaxNode[]): string[] {
  if (node.kind === "Title" || (token.text === "scenario" && node.kind === "Scenario"))
    return scenarioParts(open, token);
  if (token.kind !== "word") return [];
  const owned =
    node.kind === "Invoke" || node.kind === "Step" ? lookUp("part", `${ownerOf(node)} ${token.text}`) : undefined;
  if (owned !== undefined) return [documentation(owned)];
  for (const kind of kindsIn(node, path, token)) {
    const entry = lookUp(kind, token.text);
    if (entry !== undefined) return [documentation(entry)];
  }
  return [];
}

/** What a word can be, by the node it stands in. */
function kindsIn(node: SyntaxNode, path: readonly SyntaxNode[], token: Token): EntryKind[] {
  switch (node.kind) {
    case "Setting":
      return ["setting"];
    case "Step":
      return ["step", "operation"];
    case "Invoke":
      if (token.text === "async") return ["step"];
      // `lease` and `progress` are operations in front, and parts behind.
      return token.text === operationWord(node) && isFirstOf(node, token) ? ["operation"] : ["part"];
    case "Clause":
      return isInvoke(path) ? ["part", "step"] : ["step", "part", "selector", "condition"];
    case "Transaction":
    case "Comparison":
    case "CompareTarget":
      return ["part", "condition"];
    case "Key":
      return [];
    case "Outcome":
      return ["result", "error"];
    case "MessageType":
      return ["message"];
    case "Property":
      return ["property"];
    case "FieldOperand":
    case "ProgressOperand":
      return ["field", "condition"];
    case "Role":
      return inCondition(path) ? ["condition", "selector"] : ["selector"];
    case "NoLeader":
    case "Converged":
    case "CallOperand":
      return ["condition"];
    case "AnySelector":
    case "ExceptSelector":
      return ["selector"];
    case "Name":
      return kindsOfName(path[path.length - 2]);
    default:
      return ["step", "selector", "condition"];
  }
}

function isFirstOf(node: SyntaxNode, token: Token): boolean {
  const first = node.children.find((child) => !isNode(child) && child.text === token.text);
  return first?.start === token.start;
}

function isInvoke(path: readonly SyntaxNode[]): boolean {
  const parent = path[path.length - 2];
  return parent?.kind === "Invoke" || parent?.kind === "Outcome" || parent?.kind === "Transaction";
}

/** The words of which some parts are named after: `lease grant`, `expect saw`. */
function ownerOf(node: SyntaxNode): string {
  return node.kind === "Invoke" ? operationWord(node) : headWord(node);
}

/** Alone in a condition, `leader` asks whether there is one; elsewhere it names the server. */
function inCondition(path: readonly SyntaxNode[]): boolean {
  const parent = path[path.length - 2];
  return parent?.kind === "Step" && ["await", "expect", "always", "never", "reach"].includes(headWord(parent));
}

function kindsOfName(parent: SyntaxNode | undefined): EntryKind[] {
  if (parent?.kind === "Setting") return ["rule"];
  return parent?.kind === "Outcome" ? ["error"] : ["selector"];
}

function scenarioParts(open: OpenDocument, token: Token): string[] {
  const scenario = open.analysis.program.scenarios.find(
    ({ span }) => span.start <= token.start && token.end <= span.end,
  );
  if (scenario === undefined) return [];
  const { config } = scenario;
  const settings = [
    t("servers {0}", config.nodes.join(" ")),
    t("clients {0}", config.clients.join(" ")),
    t("seed {0}", config.seed),
    ...(config.rulesOff.length === 0 ? [] : [t("without {0}", config.rulesOff.join(", "))]),
  ].join(" · ");
  const doc = scenario.doc === "" ? [] : [scenario.doc.replace(/\n/g, "  \n")];
  return [[`**${scenario.title}**`, ...doc, settings].join("\n\n")];
}

function kindWord(kind: NamedSymbol["kind"]): string {
  switch (kind) {
    case "node":
      return t("server");
    case "client":
      return t("client");
    case "cluster":
      return t("cluster");
    case "variable":
      return t("variable");
    case "handle":
      return t("handle");
    case "scenario":
      return t("scenario");
    case "lease":
      return t("lease");
  }
}

function symbolMarkdown(open: OpenDocument, symbol: NamedSymbol): string {
  const kind = kindWord(symbol.kind);
  const what = symbol.detail === "" || symbol.detail === symbol.kind ? kind : `${kind}: ${symbol.detail}`;
  const lines = [`**${symbol.name}** — ${what}`];
  if (symbol.definition !== null) {
    const start = open.document.positionAt(symbol.definition.start);
    const source = definingLine(open, symbol.definition.start);
    if (source !== "") lines.push(["```raftlab", source, "```"].join("\n"));
    lines.push(definedText(start.line + 1, symbol));
  }
  return lines.join("\n\n");
}

function definedText(line: number, symbol: NamedSymbol): string {
  const uses = symbol.occurrences.filter((occurrence) => occurrence.role === "reference").length;
  return uses === 1
    ? t("Defined in line {0}, used once.", line)
    : t("Defined in line {0}, used {1} times.", line, uses);
}

/** The first line of the step or setting that defines a name. */
function definingLine(open: OpenDocument, offset: number): string {
  const node = pathAt(open.analysis.tree, offset).findLast(
    (candidate) => candidate.kind !== "Name" && candidate.kind !== "NameRange",
  );
  if (node === undefined || node.kind === "File") return "";
  const shown = node.kind === "Cluster" || node.kind === "Scenario" ? (childOf(node, "Name", "Title") ?? node) : node;
  return (printTree(shown).split("\n", 1)[0] ?? "").trim();
}

/** What the steps on a line gave in the last run, with ways to go there and to ask why. */
function whatHappened(open: OpenDocument, line: number, runs: RunResults): string | null {
  for (const run of runs.all(open)) {
    const outcomes = outcomesByLine(run).get(line);
    const last = outcomes?.[outcomes.length - 1];
    if (outcomes === undefined || last === undefined) continue;
    const { seed, id } = run.session;
    const head =
      outcomes.length === 1
        ? t("Last run (seed {0}):", seed)
        : t("Last run (seed {0}), {1} times, the last:", seed, outcomes.length);
    const failed = outcomes.find(({ ok }) => !ok);
    return [head, outcomeText(open, line, id, failed ?? last)].join(" ");
  }
  return null;
}

/** One outcome: of a step that failed what was expected and what was. */
function outcomeText(open: OpenDocument, line: number, sessionId: string, outcome: StepOutcome): string {
  const { eventId, timeUs, ok, result } = outcome;
  const argument: SessionArgument = { sessionId, eventId };
  const at = commandLink(t("at {0}, event {1}", timeText(timeUs), eventId), COMMANDS.goToEvent, argument);
  const why = commandLink(t("why?"), COMMANDS.showWhy, argument);
  if (ok) return `${escaped(result)} — ${at}, ${why}`;
  const step = open.document.getText(rangeOfLine(open.document, line));
  return [
    `**${t("failed")}** ${at}, ${why}`,
    `- ${t("expected: {0}", code(step))}`,
    `- ${t("actual: {0}", escaped(result))}`,
  ].join("\n");
}
