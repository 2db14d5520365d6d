/** What a person starts from: every template checks without a complaint and passes, also when it is formatted. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { TEMPLATES, titleRange } from "../../client/src/templates.js";
import { check } from "../../server/src/language/check.js";
import { format } from "../../server/src/language/format/format.js";
import { finished, scenariosOf } from "../support/scenarios.js";

const FOLDER = "media/templates";
const read = (file: string): string => readFileSync(`${FOLDER}/${file}`, "utf8");

describe("templates", () => {
  it("are the files that there are", () => {
    expect(TEMPLATES.map(({ file }) => file).sort()).toEqual(readdirSync(FOLDER).sort());
  });

  describe.each(TEMPLATES)("$file", ({ file }) => {
    const text = read(file);

    it("checks without a complaint, and is formatted", () => {
      expect(check(text).diagnostics).toEqual([]);
      expect(format(text)).toBe(text);
    });

    it("passes", () => {
      const runs = scenariosOf(text).map((scenario) => finished(scenario));
      expect(runs.map((run) => [run.report?.verdict, run.steps.filter(({ ok }) => !ok)])).toEqual([["pass", []]]);
    });

    it("begins with what it shows and what to try", () => {
      expect(text).toMatch(/^# [A-Z].*[.]\n# Try: .*[.?]\ncluster \{/);
    });

    it("has its title selected when it opens", () => {
      const { start, end } = titleRange(text);
      expect(text.slice(start - 'scenario "'.length, start)).toBe('scenario "');
      expect(text.slice(start, end)).toBe(scenariosOf(text)[0]?.scenario.title);
    });
  });
});
