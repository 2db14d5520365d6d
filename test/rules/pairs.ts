import type { RuleOutcome } from "../../server/src/language/vocabulary/rule-outcome.js";
import { RULES_BY_NAME } from "../../server/src/language/vocabulary/rules.js";
import type { ScenarioRun } from "../../server/src/scenario/run.js";
import { type Sample, samples } from "../support/samples.js";
import { finished, type TextedScenario } from "../support/scenarios.js";

/** The folder of the samples that show one rule each, switched off and on. */
export const RULE_FOLDER = "6-rules/";

/** What a rule's sample shows: the same story without the rule and with it. */
export interface RulePair {
  readonly rule: string;
  /** Within the repository. */
  readonly file: string;
  readonly off: TextedScenario;
  readonly on: TextedScenario;
}

/** All rule pairs, by rule. Throws for a sample in the folder that is none. */
export function rulePairs(all: readonly Sample[] = samples()): readonly RulePair[] {
  return all.filter(({ name }) => name.startsWith(RULE_FOLDER)).map(pairOf);
}

function pairOf({ name, scenarios }: Sample): RulePair {
  const rule = name.slice(RULE_FOLDER.length);
  const off = scenarios.find(({ scenario }) => scenario.config.rulesOff.includes(rule));
  const on = scenarios.find(({ scenario }) => !scenario.config.rulesOff.includes(rule));
  if (off === undefined || on === undefined) {
    throw new Error(`samples/${name}.raftlab needs a scenario with rule ${rule} off and one with it on`);
  }
  return { rule, file: `samples/${name}.raftlab`, off, on };
}

/** Runs a pair on the seeds that its file states. `seeds`: with how many the rule was found to hold before. */
export function outcomeOf({ rule, file, off, on }: RulePair, seeds: number): RuleOutcome {
  const protects = RULES_BY_NAME.get(rule)?.protects ?? [];
  const without = finished(off);
  const kept = finished(on);
  return {
    rule,
    file,
    off: {
      title: off.scenario.title,
      seed: without.seed,
      verdict: verdictOf(without),
      ...firstViolation(without, protects),
    },
    on: { title: on.scenario.title, seed: kept.seed, verdict: verdictOf(kept), seeds },
  };
}

/** Whether the rule's scenario with the rule on passes without a violation. */
export function holds(pair: RulePair, seed: number): boolean {
  const { report } = finished(pair.on, { seed });
  return report?.verdict === "pass" && report.violations.length === 0;
}

function verdictOf(run: ScenarioRun): string {
  return run.report?.verdict ?? "none";
}

/** The first property that fell, and how far into the run: delivered messages, fired timers and crashes until then. */
function firstViolation(
  run: ScenarioRun,
  protects: readonly string[],
): Pick<RuleOutcome["off"], "broken" | "events" | "timeUs"> {
  const violations = run.report?.violations ?? [];
  // What falls on the way to what the rule protects is told as well, but later.
  const first = violations.find(({ property }) => protects.includes(property)) ?? violations[0];
  const { log } = run.recording;
  let events = 0;
  const counted: readonly string[] = ["deliver", "timer", "timeout", "crash"];
  for (let id = 0; first !== undefined && id <= first.eventId; id += 1) if (counted.includes(log.kind(id))) events += 1;
  return {
    broken: [...new Set([...(first === undefined ? [] : [first]), ...violations].map(({ property }) => property))],
    events,
    timeUs: first?.timeUs ?? 0,
  };
}
