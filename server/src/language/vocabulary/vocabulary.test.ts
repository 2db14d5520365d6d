import { describe, expect, test } from "vitest";
import { fileOf } from "../fixtures/design-examples.js";
import { SETTING_WORDS } from "../grammar/settings.js";
import { PARSED_STEPS } from "../grammar/steps.js";
import { OPERATION_WORDS, ROLE_WORDS, STEP_WORDS } from "../grammar/words.js";
import { parse } from "../parse.js";
import { documentation, type EntryKind, meaning, snippet, sourceText } from "./entry.js";
import { OPERATIONS } from "./operations.js";
import { SELECTORS } from "./selectors.js";
import { SETTINGS } from "./settings.js";
import { STEPS } from "./steps.js";
import { lookUp, VOCABULARY } from "./vocabulary.js";

const names = (entries: readonly { readonly name: string }[]): string[] => entries.map((entry) => entry.name).sort();

const FROM_ELSEWHERE: ReadonlySet<EntryKind> = new Set([
  "operation",
  "part",
  "field",
  "message",
  "rule",
  "property",
  "error",
]);

describe("where a statement is from", () => {
  test("is spelt out", () => {
    expect(sourceText("§5.2, Fig. 2")).toBe("Raft paper §5.2, Fig. 2");
    expect(sourceText("D §6.2, §6")).toBe("Raft paper §6 · Ongaro's dissertation §6.2");
    expect(sourceText("§8, D §6.4, etcd KV")).toBe("Raft paper §8 · Ongaro's dissertation §6.4 · etcd KV");
    expect(sourceText("etcd's WAL")).toBe("etcd's WAL");
  });
});

describe("what a word means", () => {
  test("names what a rule protects and what its sample showed, a field's value, a setting's values", () => {
    const means = (kind: EntryKind, name: string): string => {
      const entry = lookUp(kind, name);
      return entry === undefined ? "" : meaning(entry);
    };
    const rule = means("rule", "one-vote-per-term");
    expect(rule).toContain("\n\nProtects election-safety.\n\nOff, election-safety falls after ");
    expect(rule).toContain("seeds. Shown in samples/6-rules/one-vote-per-term.raftlab.");
    expect(means("field", "log")).toContain("\n\nIts value: list of terms.");
    expect(means("setting", "loss")).toContain("\n\nValues: a percentage. Default: `0%`.");
  });
});

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

  test("teaches in every entry: more than the word says by itself, with an example and where it is from", () => {
    for (const entry of VOCABULARY) {
      expect(entry.says.length, `${entry.kind} ${entry.name}`).toBeGreaterThan(entry.kind === "error" ? 30 : 35);
      expect(entry.says, entry.name).toMatch(/[.]$/);
      expect(documentation(entry)).toContain(entry.says);
      expect(documentation(entry)).toContain(entry.example);
      // What is the lab's own has no section of a paper.
      if (FROM_ELSEWHERE.has(entry.kind)) expect(entry.source, `${entry.kind} ${entry.name}`).not.toBe("");
      expect(snippet(entry)).not.toMatch(/[[\]]{2}/);
    }
  });
});
