import { shellQuote } from "../scenario/reproduce.js";
import { runResult, type ScenarioResult } from "../scenario/result.js";
import { resultLines, resultProblems, summaryText } from "../scenario/result-text.js";
import { ScenarioRun } from "../scenario/run.js";
import { traceLines } from "../trace/export.js";
import { causeLines } from "../trace/why/cause-lines.js";
import { readableChain } from "../trace/why/link.js";
import { printDiagnostics } from "./diagnostics.js";
import { leftOut, mermaidText } from "./diagram.js";
import { type ExitCode, exitCodeOf, InputError } from "./exit-codes.js";
import { writeOutput } from "./files.js";
import { finish } from "./finish.js";
import { paint, type Terminal } from "./output.js";
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
  else if (results.length > 1) terminal.out(summaryText(results.map(({ verdict }) => verdict)));
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

function printResult(terminal: Terminal, run: ScenarioRun, result: ScenarioResult, source: readonly string[]): void {
  const lines = resultLines(result, {
    paint: (style, text) => paint(terminal, style, text),
    source,
    causesOf: (eventId) => causeLines(readableChain(run.recording, eventId).links),
    drawing: (property) => (property === "linearizability" ? drawHistory(terminal, run) : []),
  });
  for (const line of lines) terminal.out(line);
  printDiagnostics(terminal, terminal.out, resultProblems(result, source, run.scenario.line));
}
