import { showTime } from "../scenario/result-text.js";
import type { ScenarioRun } from "../scenario/run.js";
import type { Terminal } from "./output.js";

/** Queue items between two looks at the clock, and how often a person is told. */
const SLICE = 50_000;
const TOLD_MS = 500;

/** Runs to the end; a long run shows how far it is, where a person looks. */
export function finish(terminal: Terminal, run: ScenarioRun): void {
  let told = Date.now();
  while (!run.advance(SLICE)) {
    if (Date.now() - told < TOLD_MS) continue;
    told = Date.now();
    const { world, log } = run.recording;
    terminal.progress(`${run.scenario.title}: ${showTime(world.nowUs)}, ${log.count} events`);
  }
  terminal.progress(null);
}
