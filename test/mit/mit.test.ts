import { describe, expect, it } from "vitest";
import { check } from "../../server/src/language/check.js";
import { format } from "../../server/src/language/format/format.js";
import { complaints, groups, runTest, type Variant } from "./suite.js";

// The scenarios of the Raft tests of MIT's course, for a few seeds; `npm run mit` takes a hundred.

const RUNS: readonly (readonly [Variant, number])[] = [
  ["lab", 1],
  ["both", 2],
];

describe.each(groups())("MIT $name", ({ text, scenarios }) => {
  it("is formatted and free of remarks", () => {
    expect(format(text)).toBe(text);
    expect(check(text).diagnostics).toEqual([]);
  });

  it.each(scenarios)("$scenario.title", (scenario) => {
    for (const [variant, seed] of RUNS) expect(complaints(runTest(scenario, variant, seed))).toEqual([]);
  });
});

// Tests that nothing fails prove nothing: what each of these is there to notice.
const NOTICED: readonly (readonly [string, string])[] = [
  ["ReElection", "ignore-stale-terms"],
  ["ReElection", "step-down-on-higher-term"],
  ["FollowerFailure", "majority-commit"],
  ["FailAgree", "up-to-date-vote"],
  ["FailNoAgree", "truncate-on-conflict"],
  ["Rejoin", "log-matching-check"],
  ["Rejoin", "commit-within-match"],
  ["Rejoin", "ack-what-was-checked"],
  ["Persist1", "persist-term"],
  ["Persist2", "up-to-date-vote"],
  ["Figure8", "current-term-commit"],
  ["UnreliableChurn", "truncate-only-on-conflict"],
  ["Figure8Unreliable", "one-vote-per-term"],
];

describe("MIT's tests notice that a rule is missing", () => {
  const all = groups().flatMap(({ scenarios }) => scenarios);
  it.each(NOTICED)("%s: %s", (title, rule) => {
    const test = all.find(({ scenario }) => scenario.title === title);
    if (test === undefined) throw new Error(`there is no ${title}`);
    expect(complaints(runTest(test, "lab", 1, [`rule ${rule} off`]))).not.toEqual([]);
  });
});
