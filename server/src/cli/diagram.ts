import { ScenarioRun } from "../scenario/run.js";
import { diagramOf } from "../trace/diagram.js";
import type { Recording } from "../trace/recording.js";
import type { Mark } from "../trace/view.js";
import { diagramPicture } from "./diagram-picture.js";
import { EXIT, type ExitCode } from "./exit-codes.js";
import { writeOutput } from "./files.js";
import { finish } from "./finish.js";
import { onlyScenario } from "./only.js";
import type { Terminal } from "./output.js";
import type { Selection } from "./select.js";

/** Rows beyond which mermaid becomes slow, and at some 1,350 shows an error instead of a picture. */
const MOST_ROWS = 1000;

/** Options of `raftlab diagram`. Times in microseconds of virtual time. */
export interface DiagramCommand extends Selection {
  readonly file: string;
  readonly seed: number | undefined;
  readonly fromUs: number | undefined;
  readonly toUs: number | undefined;
  /** The file for a picture, instead of mermaid on standard output. */
  readonly svg: string | undefined;
}

/** `raftlab diagram`: a run as a mermaid sequence diagram on standard output, or as a picture in a file. */
export async function diagramCommand(terminal: Terminal, command: DiagramCommand): Promise<ExitCode> {
  const { scenario, source } = await onlyScenario(terminal, command.file, command);
  const run = new ScenarioRun(scenario, source, command.seed === undefined ? {} : { seed: command.seed });
  finish(terminal, run);
  const moreRows = await write(terminal, command, run);
  if (moreRows > 0) terminal.err(`${leftOut(moreRows)} Narrow the window with --from and --to.`);
  return EXIT.passed;
}

/** Writes the diagram; how many rows it leaves out. */
async function write(terminal: Terminal, command: DiagramCommand, run: ScenarioRun): Promise<number> {
  const violations = run.report?.violations ?? [];
  if (command.svg === undefined) {
    const { text, moreRows } = mermaidText(run.recording, command, violations);
    terminal.out(text);
    return moreRows;
  }
  const { svg, moreRows } = diagramPicture(run.recording, command, violations, run.scenario.title);
  await writeOutput(command.svg, [svg.trimEnd()], [command.file]);
  return moreRows;
}

/** That a diagram does not show everything. */
export function leftOut(rows: number): string {
  return rows === 1 ? "1 more row was left out." : `${rows} more rows were left out.`;
}

/** The mermaid text of a run, or of a span of it. */
export function mermaidText(
  recording: Recording,
  span: { readonly fromUs?: number | undefined; readonly toUs?: number | undefined },
  marks: readonly Mark[],
): { readonly text: string; readonly moreRows: number } {
  const window = { kind: "time", fromUs: span.fromUs ?? 0, toUs: span.toUs ?? recording.world.nowUs } as const;
  const { mermaid, moreRows } = diagramOf(recording, window, {}, MOST_ROWS, marks);
  return { text: mermaid.trimEnd(), moreRows };
}
