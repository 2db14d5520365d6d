import { finished, scenarioOf } from "../support/scenarios.js";
import { churnPlan } from "./churn.js";

/** What a soak found. */
export interface SoakFigures {
  readonly seeds: number;
  readonly passed: number;
  /** Seeds whose run did not pass, with what was wrong. */
  readonly failed: readonly { readonly seed: number; readonly why: readonly string[] }[];
  readonly simulatedEvents: number;
  readonly traceEvents: number;
  readonly operations: number;
  /** Operations whose outcome nobody knows. */
  readonly timeouts: number;
  /** Terms begun, in all runs. */
  readonly terms: number;
  readonly virtualSeconds: number;
}

/** Runs the churn of `count` seeds from `first` on, each twice, and says what failed. `progress` hears of each. */
export function soak(
  first: number,
  count: number,
  progress: (seed: number, why: readonly string[]) => void,
): SoakFigures {
  const failed: { seed: number; why: readonly string[] }[] = [];
  const sums = { simulatedEvents: 0, traceEvents: 0, operations: 0, timeouts: 0, terms: 0, virtualUs: 0 };
  for (let seed = first; seed < first + count; seed += 1) {
    const why: string[] = [];
    try {
      const scenario = scenarioOf(churnPlan(seed).text);
      const run = finished(scenario);
      const { recording, report } = run;
      const { world, log, history } = recording;
      sums.simulatedEvents += world.simulatedEvents;
      sums.traceEvents += log.count;
      sums.virtualUs += world.nowUs;
      sums.operations += history.operations.length;
      sums.timeouts += history.operations.filter(({ outcome }) => outcome?.kind === "timeout").length;
      sums.terms += Math.max(...world.servers.map((server) => server?.raft?.term ?? 0));
      for (const { ok, line, result } of report?.steps ?? []) if (!ok) why.push(`line ${line}: ${result}`);
      for (const { property, message } of report?.violations ?? []) why.push(`${property}: ${message}`);
      if (report?.verdict !== "pass" && why.length === 0) why.push(`verdict ${report?.verdict}`);
      const again = finished(scenario).recording.log.hash;
      if (again !== log.hash) why.push(`the trace differs when repeated: ${log.hash}, then ${again}`);
    } catch (error) {
      why.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    if (why.length > 0) failed.push({ seed, why });
    progress(seed, why);
  }
  const { virtualUs, ...figures } = sums;
  return { seeds: count, passed: count - failed.length, failed, ...figures, virtualSeconds: virtualUs / 1_000_000 };
}
