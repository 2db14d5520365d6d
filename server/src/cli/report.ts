import { reportOf } from "../lab/report/report.js";
import { ScenarioRun } from "../scenario/run.js";
import { EXIT, type ExitCode } from "./exit-codes.js";
import { writeOutput } from "./files.js";
import { finish } from "./finish.js";
import { onlyScenario } from "./only.js";
import type { Terminal } from "./output.js";
import { sourceOf } from "./run-source.js";
import type { Selection } from "./select.js";

/** Options of `raftlab report`. */
export interface ReportCommand extends Selection {
  readonly file: string;
  readonly seed: number | undefined;
  /** Where to write it; standard output when left out. */
  readonly out: string | undefined;
}

/** `raftlab report`: a run told in Markdown. The exit code says that it was told, not how it ended: that is in the report. */
export async function reportCommand(terminal: Terminal, command: ReportCommand): Promise<ExitCode> {
  const { file, seed, out } = command;
  const selected = await onlyScenario(terminal, file, command);
  const run = new ScenarioRun(selected.scenario, selected.source, seed === undefined ? {} : { seed });
  finish(terminal, run);
  const { recording, steps } = run;
  const violations = run.report?.violations ?? [];
  const text = reportOf({ source: sourceOf(run, selected, command), recording, violations, steps }).trimEnd();
  if (out === undefined) terminal.out(text);
  else await writeOutput(out, [text], [file]);
  return EXIT.passed;
}
