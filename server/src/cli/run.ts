import { writeFile } from "node:fs/promises";
import { runResult, type ScenarioResult } from "../scenario/result.js";
import { ScenarioRun } from "../scenario/run.js";
import { traceLines } from "../trace/export.js";
import { mermaidText } from "./diagram.js";
import { EXIT, type ExitCode } from "./exit-codes.js";
import { finish } from "./finish.js";
import { paint, showTime, type Terminal } from "./output.js";
import { type SelectedScenario, type Selection, selectScenarios } from "./select.js";

/** Options of `raftlab run`. */
export interface RunCommand extends Selection {
  readonly files: readonly string[];
  readonly seed: number | undefined;
  readonly json: boolean;
  readonly trace: string | undefined;
  readonly mermaid: string | undefined;
}

/** `raftlab run`: runs scenarios, prints what each step gave, the verdict, and a line that runs it again. */
export async function runCommand(terminal: Terminal, command: RunCommand): Promise<ExitCode> {
  const selected: SelectedScenario[] = [];
  for (const file of command.files) selected.push(...(await selectScenarios(terminal, file, command)));
  const results: ScenarioResult[] = [];
  for (const { file, source, scenario } of selected) {
    const run = new ScenarioRun(scenario, source, command.seed === undefined ? {} : { seed: command.seed });
    finish(terminal, run);
    const made = runResult(run, file);
    const sets = command.settings.map((setting) => ` --set ${setting}`).join("");
    const result = { ...made, reproduce: `${made.reproduce}${sets}` };
    results.push(result);
    if (!command.json) printResult(terminal, result, source.split("\n"));
    if (command.trace !== undefined) await writeFile(command.trace, linesOf(traceLines(run.recording)));
    if (command.mermaid !== undefined)
      await writeFile(command.mermaid, `${mermaidText(run.recording, {}, result.violations).text}\n`);
  }
  if (command.json) terminal.out(JSON.stringify({ version: 1, results }, null, 2));
  else if (results.length > 1) printSummary(terminal, results);
  if (results.some(({ verdict }) => verdict === "fail")) return EXIT.failed;
  return results.some(({ verdict }) => verdict === "unproven") ? EXIT.unproven : EXIT.passed;
}

function* linesOf(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield `${line}\n`;
}

/** Columns that a step's own text may take before its result. */
const STEP_WIDTH = 56;

function printResult(terminal: Terminal, result: ScenarioResult, source: readonly string[]): void {
  terminal.out(paint(terminal, "bold", `${result.file}: ${result.scenario}`));
  for (const { line, timeUs, ok, result: text } of result.steps) {
    const mark = ok ? paint(terminal, "green", "ok  ") : paint(terminal, "red", "FAIL");
    const step = (source[line - 1] ?? "").trim().replace(/\s+/g, " ");
    const shown = step.length > STEP_WIDTH ? `${step.slice(0, STEP_WIDTH - 1)}…` : step.padEnd(STEP_WIDTH);
    const place = `${String(line).padStart(4)}  ${showTime(timeUs).padStart(9)}`;
    terminal.out(`  ${mark}${paint(terminal, "dim", place)}  ${shown}  ${text}`);
  }
  for (const violation of result.violations) {
    const style = violation.expected ? "dim" : "red";
    const asked = violation.expected ? " (expected)" : "";
    terminal.out(
      `  ${paint(terminal, style, violation.property)}${asked} at ${showTime(violation.timeUs)}, event ${violation.eventId}: ${violation.message}`,
    );
    if (!violation.expected) for (const why of violation.why.slice(0, 8)) terminal.out(`      because ${why}`);
  }
  const style = result.verdict === "pass" ? "green" : result.verdict === "fail" ? "red" : "yellow";
  const verdict = paint(terminal, style, result.verdict);
  terminal.out(
    `  ${verdict}  seed ${result.seed}, ${showTime(result.virtualTimeUs)}, ${result.events} events, trace ${result.traceHash}`,
  );
  terminal.out(`  ${paint(terminal, "dim", result.reproduce)}`);
}

function printSummary(terminal: Terminal, results: readonly ScenarioResult[]): void {
  const count = (verdict: ScenarioResult["verdict"]): number =>
    results.filter((result) => result.verdict === verdict).length;
  const unproven = count("unproven");
  terminal.out(`${count("pass")} passed, ${count("fail")} failed${unproven > 0 ? `, ${unproven} unproven` : ""}`);
}
