import { ScenarioRun } from "../scenario/run.js";
import { eventOfLine } from "../trace/lines.js";
import { why, whyLines } from "../trace/why/chain.js";
import { EXIT, type ExitCode, InputError } from "./exit-codes.js";
import { finish } from "./finish.js";
import { onlyScenario } from "./only.js";
import type { Terminal } from "./output.js";
import type { Selection } from "./select.js";

/** Options of `raftlab explain`: exactly one of `event` and `line`. */
export interface ExplainCommand extends Selection {
  readonly file: string;
  readonly seed: number | undefined;
  readonly event: number | undefined;
  readonly line: number | undefined;
}

/** `raftlab explain`: why an event, or the first event of a scenario line, happened. */
export async function explainCommand(terminal: Terminal, command: ExplainCommand): Promise<ExitCode> {
  const { file, event, line, seed } = command;
  if ((event === undefined) === (line === undefined)) throw new InputError("explain takes either --event or --line.");
  const { scenario, source } = await onlyScenario(terminal, file, command, line);
  const run = new ScenarioRun(scenario, source, seed === undefined ? {} : { seed });
  finish(terminal, run);
  const { recording, steps } = run;
  const failed = steps.find((step) => step.line === line && !step.ok) ?? steps.find((step) => step.line === line);
  const id = event ?? failed?.eventId ?? eventOfLine(recording, line ?? 0);
  if (id < 0) throw new InputError(`Line ${line ?? 0} caused no event in "${scenario.title}".`);
  if (id >= recording.log.count) {
    throw new InputError(`There is no event ${id}: the run has events 0 to ${recording.log.count - 1}.`);
  }
  if (failed !== undefined && event === undefined) terminal.out(`line ${failed.line}: ${failed.result}`);
  for (const text of whyLines(why(recording, id))) terminal.out(text);
  return EXIT.passed;
}
