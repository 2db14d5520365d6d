import { type OperationText, operationsOf } from "../trace/export.js";
import { why, whyLines } from "../trace/why/chain.js";
import type { StepRecord } from "./context.js";
import { shellQuote } from "./reproduce.js";
import type { ScenarioRun } from "./run.js";
import type { Verdict } from "./verdict.js";

/** A finished run as data, as `--json` prints it and the editor shows it (product.md). */
export interface ScenarioResult {
  readonly file: string;
  readonly scenario: string;
  readonly seed: number;
  readonly verdict: Verdict;
  readonly virtualTimeUs: number;
  readonly events: number;
  readonly traceHash: string;
  readonly steps: readonly StepRecord[];
  readonly violations: readonly ResultViolation[];
  readonly operations: readonly OperationText[];
  /** One shell line that runs it again. */
  readonly reproduce: string;
}

/** A broken property, with its chain of causes as text, nearest first. */
export interface ResultViolation {
  readonly property: string;
  readonly eventId: number;
  readonly timeUs: number;
  readonly line: number | null;
  readonly message: string;
  readonly why: readonly string[];
  readonly expected: boolean;
}

/** The result of a finished run. Throws when the run has not finished. `file` is how a person calls the file. */
export function runResult(run: ScenarioRun, file: string): ScenarioResult {
  const { report, recording, scenario, seed } = run;
  if (report === null) throw new Error(`the run of "${scenario.title}" has not finished`);
  const { world, log } = recording;
  return {
    file,
    scenario: scenario.title,
    seed,
    verdict: report.verdict,
    virtualTimeUs: world.nowUs,
    events: log.count,
    traceHash: log.hash,
    steps: report.steps,
    violations: report.violations.map((violation) => ({
      ...violation,
      why: violation.eventId < 0 ? [] : whyLines(why(recording, violation.eventId)),
    })),
    operations: operationsOf(recording),
    reproduce: `raftlab run ${shellQuote(file)} --scenario ${shellQuote(scenario.title)} --seed ${seed}`,
  };
}
