import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { RULE_OUTCOMES } from "../../server/src/language/vocabulary/rule-outcomes.js";
import { RULES } from "../../server/src/language/vocabulary/rules.js";
import { outcomesModule } from "./module.js";
import { holds, outcomeOf, rulePairs } from "./pairs.js";

const pairs = rulePairs();

test("every rule has its sample, and every sample of the folder its rule", () => {
  const expected = RULES.map(({ name }) => name);
  expect(pairs.map(({ rule }) => rule).sort()).toEqual(expected.sort());
});

describe.each(pairs)("$rule", (pair) => {
  const known = RULE_OUTCOMES.find(({ rule }) => rule === pair.rule);

  test("off and on, the run says what the table says", () => {
    // Of the seeds only these are tried here: `npm run rules` tries a thousand.
    expect(outcomeOf(pair, known?.on.seeds ?? 0)).toEqual(known);
    expect([known?.off.verdict, known?.on.verdict]).toEqual(["pass", "pass"]);
  });

  test("on, it holds with other seeds too", () => {
    expect([1001, 1002, 1003].filter((seed) => !holds(pair, seed))).toEqual([]);
    expect(known?.on.seeds).toBeGreaterThanOrEqual(1000);
  });
});

test("the table in the vocabulary is as `npm run rules` writes it", () => {
  expect(readFileSync("server/src/language/vocabulary/rule-outcomes.ts", "utf8")).toBe(outcomesModule(RULE_OUTCOMES));
});
