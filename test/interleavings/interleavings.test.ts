import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { check } from "../../server/src/language/check.js";
import { format } from "../../server/src/language/format/format.js";
import { finished, scenariosOf } from "../support/scenarios.js";

// The interleavings that etcd's raft tests pin down, as scenarios that are driven by hand.

const FILES = ["elections", "replication", "rejection"].map((name) => {
  const text = readFileSync(path.resolve("test/interleavings", `${name}.raftlab`), "utf8");
  return { name, text, scenarios: scenariosOf(text) };
});

describe.each(FILES)("interleavings of $name", ({ text, scenarios }) => {
  it("are formatted and free of remarks", () => {
    expect(format(text)).toBe(text);
    expect(check(text).diagnostics).toEqual([]);
  });

  it.each(scenarios)("$scenario.title", (scenario) => {
    // Nothing is left to chance: another seed changes nothing but the timeouts drawn.
    for (const seed of [1, 2]) {
      const { report } = finished(scenario, { seed });
      expect(report?.steps.filter(({ ok }) => !ok)).toEqual([]);
      expect(report?.violations).toEqual([]);
      expect(report?.verdict).toBe("pass");
    }
  });
});
