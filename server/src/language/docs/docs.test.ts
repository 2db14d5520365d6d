import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { check } from "../check.js";
import { format } from "../format/format.js";
import { parse } from "../parse.js";
import { generatedParts, withGeneratedParts } from "./tables.js";

const page = (name: string): string => readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), "utf8");

describe("the documents are current: run `node scripts/generate-docs.mjs` when this fails", () => {
  test("docs/language.md", () => {
    const text = page("language.md");
    expect(withGeneratedParts(text)).toBe(text);
    for (const name of generatedParts().keys()) expect(text).toContain(`<!-- generated: ${name} -->`);
  });
});

describe("the examples of the language reference", () => {
  const blocks = [...page("language.md").matchAll(/```raftlab\n([\s\S]*?)```/g)].map((match) => match[1] ?? "");

  test("are there", () => {
    expect(blocks.length).toBeGreaterThan(6);
  });

  test.each(blocks)("can be read and are formatted: %#", (block) => {
    const whole = /^(#.*\n)*(cluster|scenario)\b/.test(block);
    const indented = block.replace(/^(?=.)/gm, "  ");
    const text = whole ? block : `cluster { nodes s1..s5; clients alice bob }\n\nscenario "x" {\n${indented}}\n`;
    expect(parse(text).diagnostics).toEqual([]);
    expect(format(text)).toBe(text);
    expect(check(text).diagnostics.filter((each) => each.severity === "error")).toEqual([]);
  });
});
