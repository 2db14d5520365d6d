import { finished, scenarioOf } from "../support/scenarios.js";
import { soakPlan } from "./plan.js";

/** A run that was wrong. */
export interface Failure {
  readonly seed: number;
  /** The property that fell first, `step` when only an expectation was not met, `error` when the engine threw. */
  readonly property: string;
  readonly why: readonly string[];
}

/** What soaking some seeds found. */
export interface SoakFigures {
  readonly runs: number;
  readonly failed: readonly Failure[];
  readonly simulatedEvents: number;
  readonly traceEvents: number;
  readonly operations: number;
  /** Operations whose outcome nobody knows. */
  readonly timeouts: number;
  /** Terms begun, in all runs. */
  readonly terms: number;
  readonly virtualSeconds: number;
  /** Runs that were made twice, to compare their hashes. */
  readonly repeated: number;
}

/** How to soak. */
export interface SoakOptions {
  readonly first: number;
  readonly count: number;
  readonly rulesOff: readonly string[];
  /** Ends with the first run that was wrong. */
  readonly untilFailure: boolean;
  /** Every so many runs one is made twice, which must give the same hash; 0 for none. */
  readonly repeatEvery: number;
}

/** Runs the scenarios of `count` seeds from `first` on. */
export function soak({ first, count, rulesOff, untilFailure, repeatEvery }: SoakOptions): SoakFigures {
  const failed: Failure[] = [];
  const sums = { simulatedEvents: 0, traceEvents: 0, operations: 0, timeouts: 0, terms: 0, virtualUs: 0, repeated: 0 };
  let runs = 0;
  for (let seed = first; seed < first + count; seed += 1) {
    runs += 1;
    const repeats = repeatEvery > 0 && seed % repeatEvery === 0;
    if (repeats) sums.repeated += 1;
    const failure = soakOne(seed, rulesOff, repeats, sums);
    if (failure === null) continue;
    failed.push(failure);
    if (untilFailure) break;
  }
  const { virtualUs, ...figures } = sums;
  return { runs, failed, ...figures, virtualSeconds: virtualUs / 1_000_000 };
}

interface Sums {
  simulatedEvents: number;
  traceEvents: number;
  operations: number;
  timeouts: number;
  terms: number;
  virtualUs: number;
}

function soakOne(seed: number, rulesOff: readonly string[], repeats: boolean, sums: Sums): Failure | null {
  try {
    const scenario = scenarioOf(soakPlan(seed, rulesOff).text);
    const { recording, report } = finished(scenario);
    const { world, log, history } = recording;
    sums.simulatedEvents += world.simulatedEvents;
    sums.traceEvents += log.count;
    sums.virtualUs += world.nowUs;
    sums.operations += history.operations.length;
    sums.timeouts += history.operations.filter(({ outcome }) => outcome?.kind === "timeout").length;
    sums.terms += Math.max(...world.servers.map((server) => server?.raft?.term ?? 0));
    const violations = report?.violations ?? [];
    const why = violations.map(({ property, message }) => `${property}: ${message}`);
    for (const { ok, line, result } of report?.steps ?? []) if (!ok) why.push(`line ${line}: ${result}`);
    if (report?.verdict !== "pass" && why.length === 0) why.push(`verdict ${report?.verdict}`);
    const [worst] = violations;
    if (why.length > 0) return { seed, property: worst?.property ?? "step", why };
    if (repeats) {
      const again = finished(scenario).recording.log.hash;
      const differs = `the trace differs when repeated: ${log.hash}, then ${again}`;
      if (again !== log.hash) return { seed, property: "determinism", why: [differs] };
    }
    return null;
  } catch (error) {
    // A rule that is off may break what the code relies on; with all rules on it is a fault of the code.
    return { seed, property: "error", why: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
  }
}

/** Two parts of one soak as one. */
export function added(a: SoakFigures, b: SoakFigures): SoakFigures {
  return {
    runs: a.runs + b.runs,
    failed: [...a.failed, ...b.failed].sort((x, y) => x.seed - y.seed),
    simulatedEvents: a.simulatedEvents + b.simulatedEvents,
    traceEvents: a.traceEvents + b.traceEvents,
    operations: a.operations + b.operations,
    timeouts: a.timeouts + b.timeouts,
    terms: a.terms + b.terms,
    virtualSeconds: a.virtualSeconds + b.virtualSeconds,
    repeated: a.repeated + b.repeated,
  };
}
