import { expect, test } from "vitest";
import { RULES_BY_NAME } from "../language/vocabulary/rules.js";
import { RULE_NAMES } from "./world-config.js";

test("the engine has every rule that the language lets be switched off", () => {
  expect(RULE_NAMES).toEqual(expect.arrayContaining([...RULES_BY_NAME.keys()]));
});

test("every rule of the engine is documented in the vocabulary", () => {
  for (const name of RULE_NAMES) expect(RULES_BY_NAME.has(name), name).toBe(true);
});
