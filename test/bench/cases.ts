import { analyze } from "../../server/src/language/check.js";
import { ScenarioRun } from "../../server/src/scenario/run.js";
import { RandomStream } from "../../server/src/sim/random.js";
import { longFile } from "../protocol/long-file.js";
import { scenarioOf } from "../support/scenarios.js";
import { median, timed } from "./measure.js";

/** The clusters that are measured. */
export const CASES = ["3 idle", "5 idle", "3 load", "5 load"] as const;
/** One of them. */
export type Case = (typeof CASES)[number];

/** A scenario of about `events` delivered messages and fired timers. */
export function scenarioText(which: Case, events: number): string {
  const servers = which.startsWith("3") ? 3 : 5;
  // Idle, an event is a heartbeat or its answer; loaded, most belong to an operation.
  const perSecond = which.endsWith("idle") ? (servers - 1) * 40 + 25 : servers === 3 ? 20_000 : 32_000;
  const seconds = Math.max(1, Math.round(events / perSecond));
  const steps = which.endsWith("idle")
    ? `  wait ${seconds}s`
    : `  workload load for ${seconds}s { clients 32; keys k1..k16; rate 2500/s; mix put 50% get 40% cas 10% }\n  await load`;
  return `cluster {
  nodes s1..s${servers}
  clients alice
}

scenario "bench" {
  seed 1
  await leader within 10s
${steps}
}
`;
}

/** What one run shows. */
export interface RunFigures {
  readonly events: number;
  readonly eventsPerSecond: number;
  readonly bytesPerEvent: number;
  /** Share of the time that the checks at the end of the run took. */
  readonly finalChecks: number;
}

/** Runs a scenario with trace and checks on. */
export function measureRun(which: Case, events: number): { readonly figures: RunFigures; readonly run: ScenarioRun } {
  const { scenario, text } = scenarioOf(scenarioText(which, events));
  const run = new ScenarioRun(scenario, text);
  let last = 0;
  const { seconds } = timed(() => {
    while (run.report === null) last = timed(() => run.advance(2000)).seconds;
  });
  if (run.report?.verdict !== "pass") throw new Error(`the benchmark's run of "${which}" did not pass`);
  const { world, log } = run.recording;
  const { simulatedEvents } = world;
  return {
    figures: {
      events: simulatedEvents,
      eventsPerSecond: simulatedEvents / seconds,
      bytesPerEvent: log.usedBytes / simulatedEvents,
      finalChecks: last / seconds,
    },
    run,
  };
}

/** Milliseconds to go to random events of a run. */
export function measureSeeks(run: ScenarioRun, count: number): { readonly median: number; readonly max: number } {
  const random = RandomStream.of(1, "seeks");
  const times: number[] = [];
  for (let seek = 0; seek < count; seek += 1) {
    const event = random.integer(0, run.recording.log.count - 1);
    times.push(timed(() => run.recording.stateAt(event)).seconds * 1000);
  }
  return { median: median(times), max: Math.max(...times) };
}

/** Milliseconds from a keystroke to its diagnostics in a file of so many lines: the whole text is checked. */
export function measureKeystroke(lines: number, keystrokes: number): number {
  const text = longFile(lines);
  const middle = text.indexOf("\n", text.length >> 1);
  const times: number[] = [];
  for (let key = 0; key < keystrokes; key += 1) {
    const typed = `${text.slice(0, middle)} ${"x".repeat(1 + (key % 2))}${text.slice(middle)}`;
    times.push(timed(() => analyze(typed)).seconds * 1000);
  }
  return median(times.slice(keystrokes >> 1));
}
