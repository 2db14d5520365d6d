import { expect, test } from "vitest";
import { SUPPORTED_RULES } from "../language/diagnostics/later.js";
import { RULES_BY_NAME } from "../language/vocabulary/rules.js";
import { RULE_NAMES } from "./world-config.js";

test("the language lets only those rules be switched off that the engine has", () => {
  expect(RULE_NAMES).toEqual(expect.arrayContaining([...SUPPORTED_RULES]));
});

test("every rule of the engine is documented in the vocabulary", () => {
  for (const name of RULE_NAMES) expect(RULES_BY_NAME.has(name), name).toBe(true);
});
