import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { check } from "../../server/src/language/check.js";
import { finished, scenariosOf } from "../support/scenarios.js";

const page = readFileSync(path.join(import.meta.dirname, "../../docs/language.md"), "utf8");
const files = [...page.matchAll(/^```raftlab\n(.*?)^```$/gmsu)]
  .map(([, text]) => text ?? "")
  .filter((text) => /^scenario /mu.test(text));

describe("the whole files in docs/language.md", () => {
  it("are all looked at", () => {
    expect(files.length).toBeGreaterThanOrEqual(6);
  });

  it.each(files.map((text) => [/^scenario (".*?")/mu.exec(text)?.[1] ?? "", text]))(
    "%s draws no finding and passes",
    (_, text) => {
      expect(check(text).diagnostics.map(({ message }) => message)).toEqual([]);
      for (const scenario of scenariosOf(text)) {
        const { report } = finished(scenario);
        expect(report?.steps.filter(({ ok }) => !ok)).toEqual([]);
        expect(report?.verdict).toBe("pass");
      }
    },
  );
});
