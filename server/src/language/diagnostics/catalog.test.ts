import { describe, expect, test } from "vitest";
import { check } from "../check.js";
import { DIAGNOSTICS } from "./catalog.js";

describe("the diagnostics", () => {
  test("have codes of their own", () => {
    const codes = DIAGNOSTICS.map((definition) => definition.code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(code).toMatch(/^RL[0-2]\d{3}$/);
  });

  for (const definition of DIAGNOSTICS) {
    const wrong = definition.code === "RL0011" ? "x".repeat(4_000_001) : definition.wrong;

    test(`${definition.code} is drawn by its wrong example`, () => {
      const found = check(wrong).diagnostics.filter((diagnostic) => diagnostic.code === definition.code);
      expect(found.length).toBeGreaterThan(0);
      for (const diagnostic of found) {
        expect(diagnostic.severity).toBe(definition.severity);
        expect(diagnostic.span.end).toBeGreaterThan(diagnostic.span.start);
      }
    });

    test(`${definition.code} is not drawn by its right example, which has no error at all`, () => {
      const { diagnostics } = check(definition.right);
      expect(diagnostics.filter((diagnostic) => diagnostic.code === definition.code)).toEqual([]);
      expect(diagnostics.filter((diagnostic) => diagnostic.severity === "error")).toEqual([]);
    });
  }

  test("quick fixes mend what they are offered for", () => {
    let applied = 0;
    for (const definition of DIAGNOSTICS) {
      for (const diagnostic of check(definition.wrong).diagnostics) {
        if (diagnostic.code !== definition.code) continue;
        for (const fix of diagnostic.fixes) {
          let text = definition.wrong;
          for (const edit of [...fix.edits].sort((a, b) => b.span.start - a.span.start)) {
            text = text.slice(0, edit.span.start) + edit.newText + text.slice(edit.span.end);
          }
          const left = check(text).diagnostics.filter((each) => each.code === definition.code);
          const before = check(definition.wrong).diagnostics.filter((each) => each.code === definition.code);
          expect(left.length, `${definition.code}: ${fix.title}`).toBeLessThan(before.length);
          applied++;
        }
      }
    }
    expect(applied).toBeGreaterThan(15);
  });
});
