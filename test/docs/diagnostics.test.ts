/** Each diagnostic has a page in both languages, which is current, and whose examples are what they say. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { bundleText } from "../../scripts/lib/messages.mjs";
import { readMessages } from "../../server/src/l10n/text.js";
import { check } from "../../server/src/language/check.js";
import { ALL_DIAGNOSTICS, DIAGNOSTICS } from "../../server/src/language/diagnostics/catalog.js";
import { DIAGNOSTIC_GROUPS, groupOf } from "../../server/src/language/docs/diagnostic-groups.js";
import { slug } from "../../server/src/language/docs/see-also.js";
import { SERVER_CODES } from "../../server/src/lsp/diagnostics.js";
import { unreadableReason } from "../../server/src/lsp/host.js";
import { finished, scenarioOf } from "../support/scenarios.js";
import { DIAGNOSTIC_FOLDERS, diagnosticFiles } from "./diagnostic-files.js";

const root = path.resolve(import.meta.dirname, "../..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");
const files = diagnosticFiles(readMessages(JSON.parse(bundleText("zh-cn"))) ?? {});
const english = [...files].filter(([file]) => file.startsWith(DIAGNOSTIC_FOLDERS.english));

describe("the pages of the diagnostics", () => {
  it.each([...files.keys()])("%s is current: run `node scripts/generate-docs.mjs`", (file) => {
    expect(read(file)).toBe(files.get(file));
  });

  it.each(Object.values(DIAGNOSTIC_FOLDERS))("%s holds nothing else", (folder) => {
    const wanted = [...files.keys()].filter((file) => file.startsWith(folder)).map((file) => path.basename(file));
    expect(readdirSync(path.join(root, folder)).sort()).toEqual(wanted.sort());
    expect(wanted).toHaveLength(ALL_DIAGNOSTICS.length + 1);
  });

  it("belong to groups, none of which is empty", () => {
    const groups = new Set(ALL_DIAGNOSTICS.map(({ code }) => groupOf(code)));
    expect([...groups].sort()).toEqual([...DIAGNOSTIC_GROUPS].sort());
  });

  it("lead to sections of the reference that are there", () => {
    const anchors = new Set(
      [...read("docs/language.md").matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) => slug(heading)),
    );
    const links = english.flatMap(([file, text]) => {
      return [...text.matchAll(/\]\(\.\.\/language\.md#([^)]+)\)/g)].map(([, anchor = ""]) => ({ file, anchor }));
    });
    expect(links.length).toBeGreaterThan(ALL_DIAGNOSTICS.length);
    expect(links.filter(({ anchor }) => !anchors.has(anchor))).toEqual([]);
  });

  it("tell what the checker says of the example, and what its quick fixes do", () => {
    const withMessage = english.filter(([, text]) => text.includes("\n> Line "));
    // A file that is too large is shown by no example.
    expect(withMessage).toHaveLength(DIAGNOSTICS.length - 1);
    expect(english.filter(([, text]) => text.includes("```diff")).length).toBeGreaterThan(20);
    expect(files.get("docs/diagnostics/RL1001.md")).toContain(
      "> Line 4: There is no server `s4`; did you mean `s1`?\n",
    );
    expect(files.get("docs/diagnostics/RL1001.md")).toContain(
      "**Change to `s1`**\n\n```diff\n-  crash s4\n+  crash s1\n```",
    );
  });

  it("in Chinese have the same headings and code", () => {
    for (const [file, text] of english) {
      const other = files.get(file.replace(DIAGNOSTIC_FOLDERS.english, DIAGNOSTIC_FOLDERS.chinese)) ?? "";
      const shape = (page: string): readonly string[] => page.match(/^(#+ |```.*$|\| \[RL)/gm) ?? [];
      expect(shape(other), file).toEqual(shape(text));
      expect(other, file).toMatch(/\p{Script=Han}/u);
    }
  });
});

describe("the language server's own diagnostics", () => {
  const definition = (code: string) => {
    const found = ALL_DIAGNOSTICS.find((each) => each.code === code);
    if (found === undefined) throw new Error(`${code} has no page`);
    return found;
  };

  it("all have a page", () => {
    const own = ALL_DIAGNOSTICS.filter((each) => !DIAGNOSTICS.includes(each)).map(({ code }) => code);
    expect(own).toEqual(Object.values(SERVER_CODES));
  });

  it("RL4001 is drawn by a text that is none", () => {
    const { wrong, right } = definition(SERVER_CODES.unreadable);
    expect(unreadableReason(wrong)).not.toBeNull();
    expect(unreadableReason(right)).toBeNull();
  });

  it.each([SERVER_CODES.failedStep, SERVER_CODES.violation])(
    "%s is drawn by running its wrong example alone",
    (code) => {
      const draws = (text: string): boolean => {
        expect(check(text).diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
        const { steps = [], violations = [] } = finished(scenarioOf(text)).report ?? {};
        const broken = violations.filter(({ expected }) => !expected);
        return code === SERVER_CODES.failedStep ? steps.some(({ ok }) => !ok) : broken.length > 0;
      };
      const { wrong, right } = definition(code);
      expect(draws(wrong)).toBe(true);
      expect(draws(right)).toBe(false);
    },
  );
});
