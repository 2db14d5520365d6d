import path from "node:path";
import type { RunSource } from "../protocol/exports.js";
import type { ScenarioRun } from "../scenario/run.js";
import type { SelectedScenario, Selection } from "./select.js";

/** What gives a finished run again. */
export function sourceOf(run: ScenarioRun, { file, source }: SelectedScenario, { settings }: Selection): RunSource {
  const { report, recording, scenario, seed } = run;
  if (report === null) throw new Error(`the run of "${scenario.title}" has not finished`);
  return {
    kind: "run",
    title: scenario.title,
    file: path.basename(file),
    text: source,
    scenario: scenario.title,
    seed,
    settings: settings.map((setting) => setting.replace(/\s*=\s*/, " ")),
    live: null,
    state: { kind: "finished", verdict: report.verdict },
    events: recording.log.count,
    traceHash: recording.log.hash,
    cursor: null,
  };
}
