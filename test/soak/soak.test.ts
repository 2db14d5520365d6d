import { describe, expect, it } from "vitest";
import { type SoakFigures, soak } from "./soak.js";

const soaked = (first: number, count: number, rulesOff: readonly string[] = []): SoakFigures =>
  soak({ first, count, rulesOff, untilFailure: rulesOff.length > 0, repeatEvery: 4 });

// A part of what `npm run soak` does.
describe("soaking", () => {
  it.each([1, 1001, 2001, 3001])(
    "keeps every promise for twelve seeds from %d on, and does the same again",
    (first) => {
      const figures = soaked(first, 12);
      expect(figures.failed).toEqual([]);
      expect(figures.repeated).toBe(3);
      expect(figures.operations).toBeGreaterThan(200);
    },
  );

  it.each(["majority-commit", "up-to-date-vote", "log-matching-check"])("finds that %s is off", (rule) => {
    const { failed, runs } = soaked(1, 200, [rule]);
    expect(failed).toHaveLength(1);
    expect(failed[0]?.seed).toBe(runs);
  });
});
