import type { ScenarioRun } from "../scenario/run.js";
import { showTime, type Terminal } from "./output.js";

/** Runs to the end; a long run shows how far it is, where a person looks. */
export function finish(terminal: Terminal, run: ScenarioRun): void {
  for (let shown = Date.now(); !run.advance(50_000); ) {
    if (!terminal.live || Date.now() - shown < 500) continue;
    shown = Date.now();
    const { world, log } = run.recording;
    process.stderr.write(`\r${run.scenario.title}: ${showTime(world.nowUs)}, ${log.count} events `);
  }
  if (terminal.live) process.stderr.write("\r\u001b[K");
}
