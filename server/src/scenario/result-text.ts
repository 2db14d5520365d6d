/** A run's result as lines of text for people: on the command line, in a task's terminal and in a test's output. */
import { SERVER } from "../language/diagnostics/server.js";
import type { Problem } from "../language/problems.js";
import type { ScenarioResult } from "./result.js";

/** How a part of a line is set off where colours are shown. */
export type TextStyle = "green" | "red" | "yellow" | "dim" | "bold";

/** Sets a text off, or leaves it as it is. */
export type Paint = (style: TextStyle, text: string) => string;

/** No colours. */
export const PLAIN_TEXT: Paint = (_style, text) => text;

/** Codes of what a run broke: a step that failed, a property. Each has a page. */
export const RUN_CODES = { failedStep: SERVER.failedStep.code, violation: SERVER.violation.code } as const;

/** The part of a result that is printed; `ScenarioResult` and the protocol's `RunResult` both are one. */
export type PrintedResult = Pick<
  ScenarioResult,
  | "file"
  | "scenario"
  | "seed"
  | "verdict"
  | "virtualTimeUs"
  | "events"
  | "traceHash"
  | "steps"
  | "violations"
  | "reproduce"
>;

/** What a result's lines need besides the result. */
export interface ResultTextOptions {
  readonly paint: Paint;
  /** The text that ran, by lines. */
  readonly source: readonly string[];
  /** Why an event happened, nearest first, the event itself left out. */
  readonly causesOf: (eventId: number) => readonly string[];
  /** What is drawn below a violation. */
  readonly drawing?: (property: string) => readonly string[];
}

/** Columns that a step's own text may take before its result. */
const STEP_WIDTH = 56;

/** Causes shown of what failed: the whole chain is a matter for `raftlab explain`. */
const CAUSES = 4;

/** What each step gave, what was broken and why, the verdict, and a line that runs it again. */
export function resultLines(result: PrintedResult, options: ResultTextOptions): string[] {
  const { paint, source, causesOf, drawing } = options;
  const lines = [paint("bold", `${result.file}: ${result.scenario}`)];
  for (const { line, timeUs, ok, result: text, eventId } of result.steps) {
    const mark = ok ? paint("green", "ok  ") : paint("red", "FAIL");
    const written = (source[line - 1] ?? "").trim().replace(/\s+/g, " ");
    const shown = written.length > STEP_WIDTH ? `${written.slice(0, STEP_WIDTH - 1)}…` : written.padEnd(STEP_WIDTH);
    const place = `${String(line).padStart(4)}  ${showTime(timeUs).padStart(9)}`;
    lines.push(`  ${mark}${paint("dim", place)}  ${shown}  ${text}`);
    if (!ok) lines.push(...causeLines(paint, eventId, causesOf(eventId)));
  }
  for (const { property, expected, timeUs, eventId, message, why } of result.violations) {
    const asked = expected ? " (expected)" : "";
    const what = paint(expected ? "dim" : "red", property);
    lines.push(`  ${what}${asked} at ${showTime(timeUs)}, event ${eventId}: ${message}`);
    if (expected) continue;
    lines.push(...(drawing?.(property) ?? []), ...causeLines(paint, eventId, why.slice(1)));
  }
  const style = result.verdict === "pass" ? "green" : result.verdict === "fail" ? "red" : "yellow";
  const events = `${result.events} event${result.events === 1 ? "" : "s"}`;
  lines.push(
    `  ${paint(style, result.verdict)}  seed ${result.seed}, ${showTime(result.virtualTimeUs)}, ${events}, trace ${result.traceHash}`,
    `  ${paint("dim", result.reproduce)}`,
  );
  return lines;
}

function causeLines(paint: Paint, eventId: number, causes: readonly string[]): string[] {
  const lines = causes.slice(0, CAUSES).map((cause) => paint("dim", `          ${cause}`));
  const more = causes.length - CAUSES;
  if (more > 0) lines.push(paint("dim", `          and ${more} more: raftlab explain … --event ${eventId}`));
  return lines;
}

/**
 * What a run broke, with the places, each said once: a step in a loop may fail in the same words each time round.
 *
 * @param source the text that ran, by lines
 * @param scenarioLine where the scenario begins, for what has no line of its own
 */
export function resultProblems(
  result: PrintedResult,
  source: readonly string[],
  scenarioLine: number,
): readonly Problem[] {
  const { file } = result;
  const at = (line: number, code: string, message: string): Problem => {
    const column = ((source[line - 1] ?? "").match(/^\s*/)?.[0].length ?? 0) + 1;
    return { file, line, column, severity: "error", code, message };
  };
  const problems = [
    ...result.steps.filter(({ ok }) => !ok).map((step) => at(step.line, RUN_CODES.failedStep, step.result)),
    ...result.violations
      .filter(({ expected }) => !expected)
      .map(({ line, property, message }) =>
        at(line ?? scenarioLine, RUN_CODES.violation, `${property} broken: ${message}`),
      ),
  ];
  const said = new Set<string>();
  return problems.filter(({ line, code, message }) => {
    const key = `${line} ${code} ${message}`;
    if (said.has(key)) return false;
    said.add(key);
    return true;
  });
}

/** `1 passed, 2 failed`, and what is unproven. */
export function summaryText(verdicts: readonly ScenarioResult["verdict"][]): string {
  const number = (wanted: ScenarioResult["verdict"]): number => verdicts.filter((verdict) => verdict === wanted).length;
  const unproven = number("unproven");
  return `${number("pass")} passed, ${number("fail")} failed${unproven > 0 ? `, ${unproven} unproven` : ""}`;
}

/** Virtual time for people: `198.7 ms`, `2.5 s`. */
export function showTime(timeUs: number): string {
  return timeUs < 1_000_000 ? `${(timeUs / 1000).toFixed(1)} ms` : `${(timeUs / 1_000_000).toFixed(3)} s`;
}
