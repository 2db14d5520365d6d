import { describe, expect, it } from "vitest";
import type { StepRecord } from "../../server/src/scenario/context.js";
import type { ScenarioRun } from "../../server/src/scenario/run.js";
import { runText } from "../support/scenarios.js";

/**
 * Stories of the language: a title, and the steps of a scenario with what they give in a comment behind them.
 *
 *     crash s1
 *     crash s1          # fails: down already      the step fails, and its message says so
 *     await leader      # gives: leader s2         the step succeeds, and its result says so
 *     expect no leader  # not reached              the scenario ended before
 *
 * A step without a comment must not fail. The cluster has three servers and the clients alice and bob, unless the
 * steps hold a `cluster` block of their own.
 */
export type Stories = Readonly<Record<string, string>>;

/** One test per story. */
export function behaves(subject: string, stories: Stories): void {
  describe(subject, () => {
    for (const [title, steps] of Object.entries(stories)) it(title, () => verify(steps));
  });
}

/** Runs the steps of a story. */
export function tell(steps: string): ScenarioRun {
  return runText(textOf(steps));
}

/** The file around the steps of a story. */
export function textOf(steps: string): string {
  return `cluster { nodes s1..s3; clients alice bob }\nscenario "story" {\n${steps}\n}\n`;
}

/** Lines before the first one of the steps. */
const LINES_BEFORE = 2;

function verify(steps: string): void {
  const run = tell(steps);
  const records = run.steps;
  let fails = false;
  for (const [position, line] of steps.split("\n").entries()) {
    const own = records.filter((record) => record.line === position + LINES_BEFORE + 1);
    const story = `${line.trim()}\n${shown(records)}`;
    const [, kind, text = ""] = /#\s*(fails|gives|not reached):?\s*(.*)$/.exec(line) ?? [];
    const failed = own.filter(({ ok }) => !ok);
    if (kind === "not reached") {
      expect(own, story).toEqual([]);
    } else if (kind === "fails") {
      fails = true;
      expect(failed.map(({ result }) => result).join("\n"), story).toContain(text);
      expect(failed.length, story).toBeGreaterThan(0);
    } else {
      expect(failed, story).toEqual([]);
      if (kind === "gives") expect(own.map(({ result }) => result).join("\n"), story).toContain(text);
    }
  }
  expect(run.report?.violations.filter((violation) => !violation.expected)).toEqual([]);
  expect(run.report?.verdict, shown(records)).toBe(fails ? "fail" : "pass");
}

function shown(records: readonly StepRecord[]): string {
  return records
    .map(
      ({ line, timeUs, ok, result }) => `${line - LINES_BEFORE} ${timeUs / 1000} ms ${ok ? "ok" : "FAILED"}: ${result}`,
    )
    .join("\n");
}
