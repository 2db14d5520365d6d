import { check } from "../../server/src/language/check.js";
import type { Scenario } from "../../server/src/language/program.js";
import { type RunOptions, ScenarioRun } from "../../server/src/scenario/run.js";

/** A scenario with the text that its places refer to. */
export interface TextedScenario {
  readonly scenario: Scenario;
  readonly text: string;
}

/** The scenarios of a text that must be free of errors. */
export function scenariosOf(text: string): readonly TextedScenario[] {
  const { program, diagnostics } = check(text);
  const bad = diagnostics.filter(({ severity }) => severity === "error");
  if (bad.length > 0) {
    const shown = bad.map(({ code, span, message }) => `${code} at "${text.slice(span.start, span.end)}": ${message}`);
    throw new Error(`the scenario does not check: ${shown.join("; ")}\n${text}`);
  }
  return program.scenarios.map((scenario) => ({ scenario, text }));
}

/** The only scenario of a text. */
export function scenarioOf(text: string): TextedScenario {
  const [only, another] = scenariosOf(text);
  if (only === undefined || another !== undefined) throw new Error("expected one scenario");
  return only;
}

/** A run of a scenario, finished. */
export function finished({ scenario, text }: TextedScenario, options: RunOptions = {}): ScenarioRun {
  const run = new ScenarioRun(scenario, text, options);
  run.finish();
  return run;
}

/** Runs the only scenario of a text to its end. */
export function runText(text: string, options: RunOptions = {}): ScenarioRun {
  return finished(scenarioOf(text), options);
}
