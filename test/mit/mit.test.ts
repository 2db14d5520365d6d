import { describe, expect, it } from "vitest";
import { check } from "../../server/src/language/check.js";
import { format } from "../../server/src/language/format/format.js";
import { complaints, groups, runTest, type Variant } from "./suite.js";

// The scenarios of the Raft tests of MIT's course, for a few seeds; `npm run mit` takes a hundred.

const RUNS: readonly (readonly [Variant, number])[] = [
  ["lab", 1],
  ["lab", 2],
  ["both", 1],
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
