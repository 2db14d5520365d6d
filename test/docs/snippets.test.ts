/** Every snippet that is inserted and left as it is stands in a file that checks, in the place that it is for. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { check } from "../../server/src/language/check.js";

interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

/** Whole parts of a file; the others are steps of a scenario. */
const TOP_LEVEL = ["scenario", "cluster", "raftlab", "rule", "manual"];
/** Parts of a scenario that stand before its steps. */
const BEFORE_STEPS = ["given"];

const CLUSTER = "cluster {\n  nodes s1..s5\n  spares s6\n  clients alice bob\n}\n";
const snippets = Object.entries(
  JSON.parse(readFileSync("media/snippets/raftlab.json", "utf8")) as Readonly<Record<string, Snippet>>,
);

/** The text with its placeholders' defaults, a step where the caret ends. */
function expanded(body: readonly string[], atCaret: string): string {
  const text = body.join("\n");
  const defaults = new Map([...text.matchAll(/\$\{(\d+):([^}]*)\}/gu)].map(([, number, value]) => [number, value]));
  return text
    .replace(/\$\{(\d+):([^}]*)\}/gu, "$2")
    .replace(/\$(\d+)/gu, (_, number: string) => (number === "0" ? atCaret : (defaults.get(number) ?? "")));
}

function framed({ prefix, body }: Snippet): string {
  if (prefix === "cluster") return `${expanded(body, "")}\nscenario "a" {\n  await leader\n}\n`;
  if (prefix === "raftlab") return expanded(body, 'note "here"');
  if (TOP_LEVEL.includes(prefix)) return `${CLUSTER}${expanded(body, 'note "here"')}\n`;
  if (BEFORE_STEPS.includes(prefix)) {
    const given = expanded(body, "s2 term 1 log [1]\n  s3 term 1 log [1]\n  s4 term 1 log [1]\n  s5 term 1 log [1]");
    return `${CLUSTER}scenario "a" {\n${given}\n  await leader\n}\n`;
  }
  return `${CLUSTER}scenario "a" {\n  await leader\n${expanded(body, 'note "here"')}\n}\n`;
}

describe("snippets", () => {
  it("have prefixes of their own", () => {
    const prefixes = snippets.map(([, { prefix }]) => prefix);
    expect(new Set(prefixes).size).toBe(prefixes.length);
  });

  it.each(snippets)("%s checks when it is left as it is", (_, snippet) => {
    const text = framed(snippet);
    const found = check(text).diagnostics.map(({ severity, code, message }) => `${severity} ${code}: ${message}`);
    expect(found, text).toEqual([]);
  });

  it.each(snippets)("%s says what it is, numbers its places from 1 on, and ends at one caret", (_, snippet) => {
    expect(snippet.description).toMatch(/^[A-Z]/);
    const text = snippet.body.join("\n");
    const numbers = [...new Set([...text.matchAll(/\$\{?(\d+)/gu)].map(([, number]) => Number(number)))].sort(
      (a, b) => a - b,
    );
    expect(numbers).toEqual(numbers.map((__, at) => at));
    expect(text.match(/\$0/gu)).toHaveLength(1);
    for (const [, number] of text.matchAll(/\$\{(\d+):/gu)) {
      const values = new Set(
        [...text.matchAll(new RegExp(`\\$\\{${number}:([^}]*)\\}`, "gu"))].map(([, value]) => value),
      );
      expect(values.size, `place ${number} has one default`).toBe(1);
    }
  });
});
