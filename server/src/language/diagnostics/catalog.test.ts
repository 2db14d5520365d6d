import { describe, expect, test } from "vitest";
import { check } from "../check.js";
import { NOT_MECHANICAL } from "../fixes/fixes.js";
import type { Diagnostic, QuickFix } from "../program.js";
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

  for (const definition of DIAGNOSTICS) {
    const why = NOT_MECHANICAL[definition.code];
    test(`${definition.code} has ${why === undefined ? "a quick fix that mends it" : `no quick fix: ${why}`}`, () => {
      const before = check(definition.wrong).diagnostics;
      const findings = before.filter((each) => each.code === definition.code);
      expect(findings.some(({ fixes }) => fixes.length > 0)).toBe(why === undefined);
      for (const fix of findings.flatMap(({ fixes }) => fixes)) {
        const after = check(applied(definition.wrong, fix)).diagnostics;
        const shown = `${fix.title}:\n${applied(definition.wrong, fix)}`;
        expect(after.filter((each) => each.code === definition.code).length, shown).toBeLessThan(findings.length);
        const others = (all: readonly Diagnostic[]): string[] =>
          all.filter(({ severity, code }) => severity === "error" && code !== definition.code).map(({ code }) => code);
        const known = others(before);
        expect(
          others(after).filter((code) => !known.includes(code)),
          shown,
        ).toEqual([]);
      }
    });
  }
});

function applied(text: string, fix: QuickFix): string {
  return [...fix.edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((done, { span, newText }) => done.slice(0, span.start) + newText + done.slice(span.end), text);
}
