import { describe, expect, test } from "vitest";
import { fileOf } from "../fixtures/design-examples.js";
import { SETTING_WORDS } from "../grammar/settings.js";
import { PARSED_STEPS } from "../grammar/steps.js";
import { OPERATION_WORDS, ROLE_WORDS, STEP_WORDS } from "../grammar/words.js";
import { parse } from "../parse.js";
import { documentation, snippet } from "./entry.js";
import { OPERATIONS } from "./operations.js";
import { SELECTORS } from "./selectors.js";
import { SETTINGS } from "./settings.js";
import { STEPS } from "./steps.js";
import { VOCABULARY } from "./vocabulary.js";

const names = (entries: readonly { readonly name: string }[]): string[] => entries.map((entry) => entry.name).sort();

describe("the vocabulary", () => {
  test("documents exactly what the grammar knows", () => {
    expect(names(SETTINGS)).toEqual([...SETTING_WORDS].sort());
    expect(names(OPERATIONS)).toEqual([...OPERATION_WORDS].sort());
    expect(names([...STEPS, ...OPERATIONS])).toEqual([...STEP_WORDS].sort());
    expect([...PARSED_STEPS].sort()).toEqual(names(STEPS));
    for (const role of ROLE_WORDS) {
      expect(
        SELECTORS.some((entry) => entry.name === role || entry.name === `${role}s`),
        role,
      ).toBe(true);
    }
  });

  test("has no entry twice", () => {
    const keys = VOCABULARY.map((entry) => `${entry.kind} ${entry.name}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("has examples that can be read", () => {
    for (const entry of VOCABULARY) {
      const setting = entry.kind === "setting" || entry.kind === "rule";
      const text = setting ? `cluster { ${entry.example} }\n` : fileOf([entry.example]);
      expect(parse(text).diagnostics, entry.example).toEqual([]);
    }
  });

  test("says something in every entry", () => {
    for (const entry of VOCABULARY) {
      expect(entry.says.length, entry.name).toBeGreaterThan(10);
      expect(documentation(entry)).toContain(entry.says);
      expect(snippet(entry)).not.toMatch(/[[\]]{2}/);
    }
  });
});
