import { samples } from "../support/samples.js";
import { finished } from "../support/scenarios.js";

/** One scenario of a sample, as it ran. */
export interface ScenarioRow {
  readonly title: string;
  readonly line: number;
  readonly verdict: string;
  /** Properties that were broken because the scenario expects it. */
  readonly broken: readonly string[];
}

/** A sample: its opening comment and its scenarios. */
export interface SampleRow {
  /** Within `samples/`, as in `1-elections/first-election.raftlab`. */
  readonly file: string;
  readonly comment: readonly string[];
  readonly scenarios: readonly ScenarioRow[];
}

/** Runs all samples. */
export function sampleRows(): readonly SampleRow[] {
  return samples().map(({ name, text, scenarios }) => ({
    file: `${name}.raftlab`,
    comment: openingComment(text),
    scenarios: scenarios.map((scenario) => {
      const { report } = finished(scenario);
      const expected = report?.violations.filter((violation) => violation.expected) ?? [];
      return {
        title: scenario.scenario.title,
        line: text.slice(0, scenario.scenario.span.start).split("\n").length,
        verdict: report?.verdict ?? "none",
        broken: [...new Set(expected.map(({ property }) => property))],
      };
    }),
  }));
}

function openingComment(text: string): readonly string[] {
  const lines = text.split("\n");
  const end = lines.findIndex((line) => !line.startsWith("#"));
  return lines.slice(0, end).map((line) => line.replace(/^# ?/, ""));
}
