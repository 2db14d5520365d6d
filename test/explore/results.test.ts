import { describe, expect, it } from "vitest";
import { RULE_NAMES } from "../../server/src/explore/setup.js";
import { readResults } from "./results-file.js";

// What documents are made from: measured by hand, since it takes an hour.
describe("the results of searching and soaking", () => {
  const { search, soak } = readResults();

  it("speak of rules that there are", () => {
    const named = [...search, ...soak].flatMap(({ rulesOff }) => rulesOff);
    expect(named.filter((rule) => !RULE_NAMES.includes(rule))).toEqual([]);
    expect(search.length).toBeGreaterThan(40);
    expect(soak.length).toBeGreaterThan(30);
  });

  it.each(search)(
    "agree with themselves: $rulesOff, $servers servers",
    ({ rulesOff, found, events, shortest, seeds }) => {
      expect(events === null).toBe(found === 0);
      expect(shortest === null).toBe(found === 0);
      expect(found).toBeLessThanOrEqual(seeds[1] - seeds[0] + 1);
      if (shortest !== null) expect(shortest.steps.length).toBeGreaterThanOrEqual(shortest.events);
      // Nothing may ever be found in correct Raft.
      if (rulesOff.length === 0) expect(found).toBe(0);
    },
  );
});
