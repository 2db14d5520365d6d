/** Hover on a server, a field, a watch or a lease after a run or while its cluster lives: what it is at the cursor. Asked of the lab. */
import { type Hover, MarkupKind, type Position } from "vscode-languageserver";
import { t } from "../l10n/text.js";
import type { Lab } from "../lab/contract.js";
import { isBlock } from "../language/blocks.js";
import type { Condition, Operand, Scenario, Step } from "../language/program.js";
import type { NamedSymbol } from "../language/symbols.js";
import type { Token } from "../language/syntax/token.js";
import { isNode, pathAt } from "../language/syntax/tree.js";
import type { ClusterView, ServerView } from "../protocol/cluster-view.js";
import type { WatchView } from "../protocol/kv-views.js";
import type { SessionId } from "../protocol/session.js";
import { fieldOf, leaderOf, valueAt } from "./cursor-values.js";
import type { OpenDocument } from "./documents.js";
import { outcomesByLine } from "./inlay-hints.js";
import { sessionMeant } from "./key-hover.js";
import { code, markdownOf } from "./markdown.js";
import { inTime } from "./patience.js";
import { rangeOf } from "./positions.js";
import { type RunResults, timeText } from "./run-results.js";

/** What a hover is about. */
type Subject =
  | { readonly kind: "server"; readonly name: string }
  | { readonly kind: "leader" }
  | { readonly kind: "operand"; readonly operand: Operand; readonly text: string }
  | { readonly kind: "watch"; readonly name: string }
  /** `granted`: what the step gave that made the lease, with its number. */
  | { readonly kind: "lease"; readonly name: string; readonly granted: string };

/** The hover at a position with what is so at the cursor; `plain` where there is nothing to tell. */
export async function withCursorHover(
  plain: Hover | null,
  open: OpenDocument,
  position: Position,
  runs: RunResults,
  lab: () => Promise<Lab>,
): Promise<Hover | null> {
  const offset = open.document.offsetAt(position);
  const token = tokenAt(open, offset);
  const subject = token === undefined ? null : subjectAt(open, offset, token, runs);
  if (token === undefined || subject === null) return plain;
  const session = sessionMeant(open, position, runs);
  if (session === null) return plain;
  const markdown = await inTime(async (signal) => subjectMarkdown(await lab(), session.sessionId, subject, signal));
  if (markdown === null) return plain;
  const parts = plain === null ? [] : [markdownOf(plain)];
  return {
    contents: { kind: MarkupKind.Markdown, value: [markdown, ...parts].join("\n\n---\n\n") },
    range: plain?.range ?? rangeOf(open.document, token),
  };
}

function tokenAt(open: OpenDocument, offset: number): Token | undefined {
  const node = pathAt(open.analysis.tree, offset).at(-1);
  return node?.children.find(
    (child): child is Token => !isNode(child) && child.kind === "word" && child.start <= offset && offset <= child.end,
  );
}

function subjectAt(open: OpenDocument, offset: number, token: Token, runs: RunResults): Subject | null {
  const { program, symbols, text } = open.analysis;
  const symbol = symbols.at(offset)?.symbol;
  const scenario = program.scenarios.find(({ span }) => span.start <= offset && offset <= span.end);
  const operand = scenario === undefined ? null : operandAt(scenario, offset);
  // On the name of a server its whole state is more than the one field that is compared.
  if (symbol?.kind === "node") return { kind: "server", name: symbol.name };
  if (symbol?.kind === "lease") return leaseSubject(open, symbol, runs);
  if (symbol?.kind === "handle") return { kind: "watch", name: symbol.name };
  if (operand !== null && operand.kind !== "nodes" && token.text !== "leader") {
    return { kind: "operand", operand, text: text.slice(operand.span.start, operand.span.end) };
  }
  return token.text === "leader" && scenario !== undefined ? { kind: "leader" } : null;
}

/** A lease goes by its number, which the step told that granted it. */
function leaseSubject(open: OpenDocument, { name, definition }: NamedSymbol, runs: RunResults): Subject | null {
  if (definition === null) return null;
  const line = open.document.positionAt(definition.start).line + 1;
  for (const run of runs.all(open)) {
    const granted = outcomesByLine(run).get(line)?.at(-1)?.result;
    if (granted !== undefined) return { kind: "lease", name, granted };
  }
  return null;
}

function operandAt(scenario: Scenario, offset: number): Operand | null {
  const inCondition = (condition: Condition): Operand | null => {
    switch (condition.kind) {
      case "compare":
        return [condition.left, condition.right].find(({ span }) => span.start <= offset && offset <= span.end) ?? null;
      case "not":
        return inCondition(condition.operand);
      case "and":
      case "or":
        return condition.operands.map(inCondition).find((found) => found !== null) ?? null;
      default:
        return null;
    }
  };
  const inSteps = (steps: readonly Step[]): Operand | null => {
    const step = steps.find(({ span }) => span.start <= offset && offset <= span.end);
    if (step === undefined) return null;
    if (isBlock(step)) return inSteps(step.body);
    return "condition" in step ? inCondition(step.condition) : null;
  };
  return inSteps(scenario.steps);
}

async function subjectMarkdown(
  lab: Lab,
  sessionId: SessionId,
  subject: Subject,
  signal: AbortSignal,
): Promise<string | null> {
  if (subject.kind === "watch") {
    const asked = await lab.watches({ sessionId, eventId: null, changes: 3 }, signal);
    const watch = asked.ok ? asked.view.watches.findLast(({ name }) => name === subject.name) : undefined;
    return watch === undefined ? null : watchMarkdown(watch);
  }
  const asked = await lab.clusterView({ sessionId, eventId: null, logWindow: 20 }, signal);
  if (!asked.ok) return null;
  return clusterMarkdown(asked.view, subject);
}

function clusterMarkdown(view: ClusterView, subject: Exclude<Subject, { readonly kind: "watch" }>): string | null {
  const where = t("At the time cursor (event {0}, {1}):", view.eventId, timeText(view.timeUs));
  switch (subject.kind) {
    case "operand": {
      const value = valueAt(view, subject.operand);
      return value === null ? null : `${where} ${code(subject.text)} = ${code(value)}`;
    }
    case "leader": {
      const leader = leaderOf(view);
      return leader === undefined
        ? `${where} ${t("there is no leader.")}`
        : `${where}\n\n${serverMarkdown(view, leader)}`;
    }
    case "lease":
      return leaseMarkdown(view, subject.name, subject.granted, where);
    case "server": {
      const server = view.servers.find(({ name }) => name === subject.name);
      return server === undefined ? null : `${where}\n\n${serverMarkdown(view, server)}`;
    }
  }
}

/** A lease as the leader knows it, whose clock counts, or else any server that knows it. */
function leaseMarkdown({ servers }: ClusterView, name: string, granted: string, where: string): string {
  const known = servers.flatMap(({ leases, status }) => (status === "down" ? [] : leases));
  const same = known.filter(({ id }) => new RegExp(`\\b${id}\\b`).test(granted));
  const lease = same.find(({ remainingUs }) => remainingUs !== null) ?? same[0];
  if (lease === undefined) return `${where} ${t("no server holds the lease {0}.", code(name))}`;
  const { id, ttl, remainingUs, keys, moreKeys } = lease;
  const left = remainingUs === null ? t("nobody counts its time") : t("{0} left", timeText(Math.max(0, remainingUs)));
  const all = keys.map(code).join(", ") + (moreKeys > 0 ? ", …" : "");
  const hanging = keys.length === 0 ? t("no keys") : t("keys: {0}", all);
  return `${where} ${t("{0} is lease {1}, granted for {2} s", code(name), code(id), ttl)}; ${left}; ${hanging}.`;
}

/** A server in a table of two rows, with the faults that concern it. */
function serverMarkdown({ faults, blocked }: ClusterView, server: ServerView): string {
  const { name, status } = server;
  const down = status === "down";
  const cells: readonly (readonly [string, string])[] = [
    [t("role"), down ? t("down") : `${fieldOf(server, "role") ?? ""}${status === "paused" ? `, ${t("paused")}` : ""}`],
    [t("term"), String(server.term)],
    [t("vote"), server.vote ?? "–"],
    [t("commit"), down ? "–" : String(server.commitIndex)],
    [t("applied"), down ? "–" : String(server.appliedIndex)],
    [t("last index"), String(server.lastIndex)],
  ];
  const row = (values: readonly string[]): string => `| ${values.join(" | ")} |`;
  const table = [
    row([`**${name}**`, ...cells.map(([title]) => title)]),
    row(["---", ...cells.map(() => "---")]),
    row([" ", ...cells.map(([, value]) => value)]),
  ];
  const cut = blocked.filter(({ from, to }) => from === name || to === name).length > 0;
  const named = faults.filter(({ text }) => cut || new RegExp(`\\b${name}\\b`).test(text)).map(({ text }) => text);
  const all = [...new Set([...server.faults.map(({ text }) => text), ...named])];
  const inForce = all.length === 0 ? [] : [t("Faults in force: {0}", all.map(code).join(", "))];
  return [table.join("\n"), ...inForce].join("\n\n");
}

function watchMarkdown({ name, request, state, server, received, changes, end }: WatchView): string {
  const states = { connecting: t("connecting"), active: t("active"), ended: t("ended") };
  const error = end?.error ?? null;
  const how = error === null ? states[state] : `${states[state]} (${code(error)})`;
  const head =
    server === null
      ? t("Watch `{0}` at the time cursor: {1}", name, how)
      : t("Watch `{0}` at the time cursor: {1}, at {2}", name, how, server);
  const seen = received === 1 ? t("1 change received") : t("{0} changes received", received);
  const lines = changes.map(
    ({ type, key, value, revision }) =>
      `- ${code(type === "delete" ? `delete ${key}` : `put ${key} ${JSON.stringify(value)}`)}, ${t("rev {0}", revision)}`,
  );
  return [`${head}: ${code(request)}`, [`${seen}`, ...lines].join("\n")].join("\n\n");
}
