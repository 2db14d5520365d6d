import path from "node:path";
import { describe, expect, it } from "vitest";
import { check } from "../../server/src/language/check.js";
import { format } from "../../server/src/language/format/format.js";
import { samples } from "../support/samples.js";
import { finished } from "../support/scenarios.js";
import { goldenText } from "./golden.js";
import { meansOneSeed } from "./one-seed.js";

// The golden files are explanations to read beside the samples. When a run changes on purpose, `npm run golden` writes
// them anew; read the difference before it is committed.

/** Diagnostics that say what a sample is about: its lesson is the thing that they inform of. */
const INEVITABLE: Readonly<Record<string, readonly string[]>> = {
  "1-elections/four-is-no-better": ["RL2007", "RL2013"],
  "1-elections/quorum-table": ["RL2006", "RL2007", "RL2007"],
  "1-elections/recent-leader": ["RL2010"],
  "1-elections/split-vote": ["RL2007"],
  "1-elections/two-nodes": ["RL2006"],
  "4-clients/isolated-leader-lease": ["RL2013"],
  "6-rules/config-on-append": ["RL2010"],
  "6-rules/current-term-before-change": ["RL2007"],
  "6-rules/majority-to-win": ["RL2007"],
  "9-membership/change-of-2015": ["RL2007"],
  "9-membership/removed-and-back": ["RL2007"],
  "10-exercises/is-this-a-bug": ["RL2010"],
  "9-membership/transfer": ["RL2063"],
};

/** A few of those that `npm run seeds` tries. */
const OTHER_SEEDS = [101, 102, 103];

const all = samples();

describe.each(all)("$name", ({ name, text, scenarios }) => {
  it("tells what it teaches, where that is from, and a knob to turn", () => {
    const opening = text.slice(0, text.indexOf("\ncluster"));
    expect(opening).toMatch(/^# \S.*\n#\n/);
    expect(opening).toMatch(/Turn the knob/);
    expect(opening).toMatch(/Source:/);
    for (const { scenario } of scenarios) expect(text.slice(scenario.span.start, scenario.span.end)).toContain("note ");
  });

  it("is formatted, and informs of nothing but what it is about", () => {
    expect(format(text)).toBe(text);
    const found = check(text).diagnostics.map(({ severity, code }) => `${severity} ${code}`);
    expect(found).toEqual((INEVITABLE[name] ?? []).map((code) => `information ${code}`));
  });

  it.each(scenarios)("passes: $scenario.title", (scenario) => {
    const { report } = finished(scenario);
    expect(report?.steps.filter(({ ok }) => !ok)).toEqual([]);
    expect(report?.verdict).toBe("pass");
  });

  it.each(scenarios)("does not depend on its seed: $scenario.title", (scenario) => {
    if (meansOneSeed(scenario.scenario.doc)) return;
    for (const seed of OTHER_SEEDS) expect(finished(scenario, { seed }).report?.verdict, `seed ${seed}`).toBe("pass");
  });

  it("runs as its golden text tells", async () => {
    const golden = path.resolve("test/samples/golden", `${name.slice(name.indexOf("/") + 1)}.txt`);
    await expect(goldenText({ name, text, scenarios })).toMatchFileSnapshot(golden);
  });
});

it("ships the starred scenarios", () => {
  const names = all.map(({ name }) => name.slice(name.indexOf("/") + 1));
  for (const starred of [
    "first-election",
    "single-node",
    "two-nodes",
    "five-with-three-down",
    "split-vote",
    "two-leaders",
    "cloudflare-2020",
    "normal-round",
    "figure-7",
    "figure-8",
    "stale-read",
    "applied-twice",
  ]) {
    expect(names).toContain(starred);
  }
});
