import { runResult, type ScenarioResult, shellQuote } from "../scenario/result.js";
import { ScenarioRun } from "../scenario/run.js";
import { traceLines } from "../trace/export.js";
import { why, whyLines } from "../trace/why.js";
import { leftOut, mermaidText } from "./diagram.js";
import { type ExitCode, exitCodeOf, InputError } from "./exit-codes.js";
import { writeOutput } from "./files.js";
import { finish } from "./finish.js";
import { count, paint, showTime, type Terminal } from "./output.js";
import { drawHistory, historyOf } from "./run-history.js";
import { type Selection, selectScenarios } from "./select.js";

/** Options of `raftlab run`. */
export interface RunCommand extends Selection {
  readonly files: readonly string[];
  readonly seed: number | undefined;
  readonly json: boolean;
  readonly trace: string | undefined;
  readonly mermaid: string | undefined;
  readonly history: string | undefined;
}

/** `raftlab run`: runs scenarios, prints what each step gave, the verdict, and a line that runs it again. */
export async function runCommand(terminal: Terminal, command: RunCommand): Promise<ExitCode> {
  const { files, json, trace, mermaid, history } = command;
  const selected = await selectScenarios(terminal, files, command);
  const oneOnly = (["trace", "mermaid", "history"] as const).find((option) => command[option] !== undefined);
  if (oneOnly !== undefined && selected.length > 1) {
    const titles = selected.map(({ file, scenario }) => `  ${file}: "${scenario.title}"`).join("\n");
    throw new InputError(
      `--${oneOnly} writes one run, and these are ${selected.length}. Choose with --scenario:\n${titles}`,
    );
  }
  const results: ScenarioResult[] = [];
  for (const { file, source, scenario } of selected) {
    const run = new ScenarioRun(scenario, source, command.seed === undefined ? {} : { seed: command.seed });
    finish(terminal, run);
    const made = runResult(run, file);
    const sets = command.settings.map((setting) => ` --set ${shellQuote(setting)}`).join("");
    const result = { ...made, reproduce: `${made.reproduce}${sets}` };
    results.push(result);
    if (!json) printResult(terminal, run, result, source.split(/\r\n|\r|\n/));
    if (trace !== undefined) await writeOutput(trace, traceLines(run.recording), files);
    if (history !== undefined) await writeOutput(history, historyOf(run), files);
    if (mermaid !== undefined) await writeMermaid(terminal, mermaid, run, files);
  }
  if (json) terminal.out(JSON.stringify({ version: 1, results }, null, 2));
  else if (results.length > 1) printSummary(terminal, results);
  return exitCodeOf(results.map(({ verdict }) => verdict));
}

async function writeMermaid(
  terminal: Terminal,
  path: string,
  run: ScenarioRun,
  inputs: readonly string[],
): Promise<void> {
  const { text, moreRows } = mermaidText(run.recording, {}, run.report?.violations ?? []);
  await writeOutput(path, [text], inputs);
  if (moreRows > 0)
    terminal.err(`${path}: ${leftOut(moreRows)} Use raftlab diagram with --from and --to for the rest.`);
}

/** Columns that a step's own text may take before its result. */
const STEP_WIDTH = 56;

/** Causes shown of what failed: the whole chain is a matter for `raftlab explain`. */
const CAUSES = 4;

function printResult(terminal: Terminal, run: ScenarioRun, result: ScenarioResult, source: readonly string[]): void {
  terminal.out(paint(terminal, "bold", `${result.file}: ${result.scenario}`));
  for (const step of result.steps) {
    const { line, timeUs, ok, result: text } = step;
    const mark = ok ? paint(terminal, "green", "ok  ") : paint(terminal, "red", "FAIL");
    const written = (source[line - 1] ?? "").trim().replace(/\s+/g, " ");
    const shown = written.length > STEP_WIDTH ? `${written.slice(0, STEP_WIDTH - 1)}…` : written.padEnd(STEP_WIDTH);
    const place = `${String(line).padStart(4)}  ${showTime(timeUs).padStart(9)}`;
    terminal.out(`  ${mark}${paint(terminal, "dim", place)}  ${shown}  ${text}`);
    if (!ok) printCauses(terminal, step.eventId, whyLines(why(run.recording, step.eventId)).slice(1));
  }
  for (const { property, expected, timeUs, eventId, message, why: causes } of result.violations) {
    const asked = expected ? " (expected)" : "";
    const what = paint(terminal, expected ? "dim" : "red", property);
    terminal.out(`  ${what}${asked} at ${showTime(timeUs)}, event ${eventId}: ${message}`);
    if (expected) continue;
    if (property === "linearizability") drawHistory(terminal, run);
    printCauses(terminal, eventId, causes.slice(1));
  }
  const style = result.verdict === "pass" ? "green" : result.verdict === "fail" ? "red" : "yellow";
  const verdict = paint(terminal, style, result.verdict);
  terminal.out(
    `  ${verdict}  seed ${result.seed}, ${showTime(result.virtualTimeUs)}, ${count(result.events, "event")}, trace ${result.traceHash}`,
  );
  terminal.out(`  ${paint(terminal, "dim", result.reproduce)}`);
}

function printCauses(terminal: Terminal, eventId: number, causes: readonly string[]): void {
  for (const cause of causes.slice(0, CAUSES)) terminal.out(paint(terminal, "dim", `          ${cause}`));
  const more = causes.length - CAUSES;
  if (more > 0)
    terminal.out(paint(terminal, "dim", `          and ${more} more: raftlab explain … --event ${eventId}`));
}

function printSummary(terminal: Terminal, results: readonly ScenarioResult[]): void {
  const number = (verdict: ScenarioResult["verdict"]): number =>
    results.filter((result) => result.verdict === verdict).length;
  const unproven = number("unproven");
  terminal.out(`${number("pass")} passed, ${number("fail")} failed${unproven > 0 ? `, ${unproven} unproven` : ""}`);
}
