/** `textDocument/codeLens`: above each scenario Run, Diagram, Live and the last verdict. */
import type { CodeLens, Command } from "vscode-languageserver";
import { t } from "../l10n/text.js";
import { COMMANDS, type RunArgument, type SessionArgument } from "../protocol/commands.js";
import type { SessionInfo, Verdict } from "../protocol/session.js";
import type { OpenDocument } from "./documents.js";
import { rangeOf } from "./positions.js";
import { type CurrentRun, type RunResults, timeText } from "./run-results.js";
import { scenarioNodes } from "./scenario-lines.js";

interface Place {
  readonly title: string;
  /** 0-based. */
  readonly line: number;
}

/**
 * The lenses of all documents. While a text has syntax errors its scenarios come and go with every keystroke, so
 * the last whole list is kept: scenarios still there are moved to where they are now, the others stay.
 */
export class CodeLensFeature {
  readonly #runs: RunResults;
  readonly #places = new Map<string, readonly Place[]>();

  constructor(runs: RunResults) {
    this.#runs = runs;
  }

  /** The lenses of a document. */
  lenses(open: OpenDocument): CodeLens[] {
    const { uri } = open.document;
    const places = this.#update(open);
    const lenses = places.flatMap((place) => this.#scenarioLenses(open, place));
    const first = places[0];
    if (places.length < 2 || first === undefined) return lenses;
    const argument: RunArgument = { uri };
    return [lens(first.line, `$(run-all) ${t("Run All")}`, COMMANDS.runAll, argument), ...lenses];
  }

  /** Forgets a closed document. */
  forget(uri: string): void {
    this.#places.delete(uri);
  }

  #update(open: OpenDocument): readonly Place[] {
    const { uri } = open.document;
    const now: readonly Place[] = scenarioNodes(open.analysis.tree).map(({ title, node }) => ({
      title,
      line: rangeOf(open.document, node).start.line,
    }));
    const known = this.#places.get(uri);
    const places = known !== undefined && hasSyntaxError(open) ? kept(known, now, open.document.lineCount) : now;
    this.#places.set(uri, places);
    return places;
  }

  #scenarioLenses(open: OpenDocument, { title, line }: Place): CodeLens[] {
    const { uri } = open.document;
    const argument: RunArgument = { uri, scenario: title };
    const run = this.#runs.current(open, title);
    const session: SessionArgument | null = run === null ? null : { sessionId: run.session.id };
    const fresh = run !== null && run.lines !== null;
    const lenses = [
      lens(line, `$(play) ${t("Run")}`, COMMANDS.runScenario, argument),
      lens(
        line,
        `$(type-hierarchy) ${t("Diagram")}`,
        COMMANDS.openDiagram,
        fresh && session !== null ? session : argument,
      ),
      lens(line, `$(broadcast) ${t("Live")}`, COMMANDS.startLive, argument),
    ];
    if (this.#runs.isRunning(uri, title)) {
      lenses.push(lens(line, `$(sync~spin) ${t("running")}`, COMMANDS.openClusterPanel, session ?? {}));
    } else if (run !== null && session !== null) {
      lenses.push(lens(line, verdictText(run), COMMANDS.openClusterPanel, session));
    }
    return lenses;
  }
}

/** Codes of syntax errors begin so. */
const SYNTAX_CODE = "RL0";

function hasSyntaxError(open: OpenDocument): boolean {
  return open.analysis.diagnostics.some((d) => d.severity === "error" && d.code.startsWith(SYNTAX_CODE));
}

function kept(known: readonly Place[], now: readonly Place[], lineCount: number): readonly Place[] {
  const places = known.map(({ title, line }) => ({
    title,
    line: now.find((place) => place.title === title)?.line ?? Math.min(line, lineCount - 1),
  }));
  return places.sort((a, b) => a.line - b.line);
}

function lens(line: number, title: string, command: string, argument: RunArgument | SessionArgument): CodeLens {
  const position = { line, character: 0 };
  const full: Command = { title, command, arguments: [argument] };
  return { range: { start: position, end: position }, command: full };
}

function verdictText(run: CurrentRun): string {
  if (run.lines === null) return `$(history) ${t("{0} before the last edit", plainVerdict(run.session))}`;
  const { session } = run;
  const details = [timeText(session.timeUs), t("{0} events", session.events.toLocaleString("en"))];
  if (session.traceHash !== null) details.push(session.traceHash.slice(0, 8));
  const verdict = plainVerdict(session);
  const line = failedAt(run);
  const said = line === null ? verdict : t("{0} in line {1}", verdict, line);
  return `${icon(session)} ${said} · ${details.join(" · ")}`;
}

function plainVerdict({ state }: SessionInfo): string {
  switch (state.kind) {
    case "finished":
      return verdictWord(state.verdict);
    case "running":
      return t("running");
    case "paused":
      return t("paused");
    case "cancelled":
      return t("cancelled");
    case "failed":
      return t("failed");
  }
}

function verdictWord(verdict: Verdict): string {
  switch (verdict) {
    case "pass":
      return t("pass");
    case "fail":
      return t("fail");
    case "unproven":
      return t("unproven");
  }
}

function icon({ state }: SessionInfo): string {
  if (state.kind !== "finished") return "$(circle-slash)";
  switch (state.verdict) {
    case "pass":
      return "$(pass)";
    case "fail":
      return "$(error)";
    case "unproven":
      return "$(question)";
  }
}

/** Where it failed first, in the lines of the present text. */
function failedAt(run: CurrentRun): number | null {
  const lines = [
    ...run.steps.filter((step) => !step.ok).map((step) => step.line),
    ...run.violations.filter((violation) => !violation.expected).map((violation) => violation.line),
  ];
  const line = lines.find((candidate) => candidate !== null);
  const now = line === undefined || line === null ? undefined : run.lines?.get(line);
  return now ?? null;
}
