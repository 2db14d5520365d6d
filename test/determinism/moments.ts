import { ScenarioRun } from "../../server/src/scenario/run.js";
import type { TextedScenario } from "../support/scenarios.js";
import { fingerprint } from "./fingerprint.js";

/**
 * Runs a scenario and looks at its world after each of the given events. Several looks belong to one event when
 * something happened after it that left no trace, such as a timer that had been set anew.
 */
export function momentsOf({ scenario, text }: TextedScenario, events: readonly number[]): Map<number, Set<string>> {
  const run = new ScenarioRun(scenario, text);
  const { recording } = run;
  const { log, world } = recording;
  const open = [...new Set(events)].sort((a, b) => a - b);
  const moments = new Map<number, Set<string>>();
  const current: number[] = [];
  let before = 0;
  const look = (): void => {
    if (log.count !== before) current.length = 0;
    before = log.count;
    for (let next = open[0]; next !== undefined && next < log.count; next = open[0]) {
      current.push(next);
      open.shift();
    }
    if (current.length === 0) return;
    const seen = JSON.stringify(fingerprint(world));
    for (const event of current) moments.set(event, (moments.get(event) ?? new Set()).add(seen));
  };
  look();
  const step = recording.step.bind(recording);
  const act = recording.act.bind(recording);
  recording.step = () => {
    const going = step();
    look();
    return going;
  };
  recording.act = (...doing) => {
    const result = act(...doing);
    look();
    return result;
  };
  run.finish();
  return moments;
}
