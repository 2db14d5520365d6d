import { readFile } from "node:fs/promises";
import { ENGLISH_PLAYER, playerHtml } from "../protocol/player-file.js";
import { ScenarioRun } from "../scenario/run.js";
import { EXIT, type ExitCode, InputError } from "./exit-codes.js";
import { writeOutput } from "./files.js";
import { finish } from "./finish.js";
import { onlyScenario } from "./only.js";
import type { Terminal } from "./output.js";
import { sourceOf } from "./run-source.js";
import type { Selection } from "./select.js";

/** Options of `raftlab export`. */
export interface ExportCommand extends Selection {
  readonly file: string;
  readonly seed: number | undefined;
  readonly html: string;
}

/** `raftlab export`: a run as one HTML file that plays it in any browser. The exit code says that it was written. */
export async function exportCommand(terminal: Terminal, command: ExportCommand): Promise<ExitCode> {
  const { file, seed, html } = command;
  const selected = await onlyScenario(terminal, file, command);
  const template = await readTemplate();
  const run = new ScenarioRun(selected.scenario, selected.source, seed === undefined ? {} : { seed });
  finish(terminal, run);
  const page = playerHtml(template, sourceOf(run, selected, command), ENGLISH_PLAYER);
  await writeOutput(html, [page.trimEnd()], [file]);
  return EXIT.passed;
}

/** The player, which the build puts beside the command. */
async function readTemplate(): Promise<string> {
  try {
    return await readFile(new URL("./player.html", import.meta.url), "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(`The player that goes into the file could not be read; install Raft Lab again. ${reason}`);
  }
}
