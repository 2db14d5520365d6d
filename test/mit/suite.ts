import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { overrideSettings } from "../../server/src/language/override.js";
import type { ScenarioRun } from "../../server/src/scenario/run.js";
import { finished, scenariosOf, type TextedScenario } from "../support/scenarios.js";

/** A file of MIT's tests as scenarios. */
export interface Group {
  /** As in `elections`. */
  readonly name: string;
  readonly text: string;
  readonly scenarios: readonly TextedScenario[];
}

/**
 * How the servers are set up: the lab's Raft has no pre-vote and no check-quorum, as the files say; every test has to
 * pass with both as well.
 */
export const VARIANTS = {
  lab: [],
  both: ["pre-vote on", "check-quorum on"],
} as const satisfies Record<string, readonly string[]>;

export type Variant = keyof typeof VARIANTS;

/** The files of a folder, in the order of the course's parts. Commands are run in the repository's root. */
export function groups(folder = path.resolve("test/mit")): readonly Group[] {
  return ["elections", "agreement", "persistence", "snapshots"].flatMap((name) => {
    if (!readdirSync(folder).includes(`${name}.raftlab`)) return [];
    const text = readFileSync(path.join(folder, `${name}.raftlab`), "utf8");
    return [{ name, text, scenarios: scenariosOf(text) }];
  });
}

/** One run of a test, with these `settings` besides, each as in a `cluster` block. */
export function runTest(
  { scenario, text }: TextedScenario,
  variant: Variant,
  seed: number,
  settings: readonly string[] = [],
): ScenarioRun {
  const config = overrideSettings(scenario.config, [...VARIANTS[variant], ...settings]);
  if (!("nodes" in config)) throw new Error(config.map(({ message }) => message).join("; "));
  return finished({ scenario: { ...scenario, config }, text }, { seed });
}

/** Why a run did not pass: nothing if it did. */
export function complaints(run: ScenarioRun): readonly string[] {
  const { report } = run;
  if (report?.verdict === "pass") return [];
  const steps = (report?.steps ?? []).filter(({ ok }) => !ok).map(({ line, result }) => `line ${line}: ${result}`);
  const violations = (report?.violations ?? []).map(({ property, message }) => `${property}: ${message}`);
  return [...steps, ...violations, ...(steps.length + violations.length === 0 ? [String(report?.verdict)] : [])];
}
