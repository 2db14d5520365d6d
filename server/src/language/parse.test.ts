import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { check } from "./check.js";
import { ETCD_STEPS, FILES, fileOf, SUPPORTED_STEPS } from "./fixtures/design-examples.js";
import { format } from "./format/format.js";
import { parse } from "./parse.js";
import { forEachToken, printTree, type SyntaxNode } from "./syntax/tree.js";

/** Pieces of the language and of nonsense, to compose texts that get further than random bytes. */
const PIECES = [
  ...'{}[]();,|.:=\n\t #"\\',
  "->",
  "<->",
  "=>",
  "..",
  "==",
  "cluster",
  "scenario",
  '"title"',
  "given",
  "nodes s1..s3",
  "s1",
  "leader",
  "any",
  "except",
  "and",
  "or",
  "not",
  "no",
  "await",
  "expect",
  "within",
  "for",
  "500ms",
  "5%",
  "crash",
  "partition",
  "put",
  "get",
  "txn",
  "txn { if version(a) == 0 then put a",
  "owner",
  "else",
  "to",
  "lease grant l ttl 5s",
  "lease keepalive l",
  "watch a as w",
  "lock m as k",
  "k.token",
  "campaign",
  "alarm disarm",
  "saw",
  "canceled",
  "progress",
  "rev",
  "repeat 3",
  "every 1s for 2s",
  "nemesis n for 1s",
  "drop",
  "é",
  "😀",
  "\u0000",
  "\r\n",
  "“",
];

const soup = fc.array(fc.constantFrom(...PIECES, " "), { maxLength: 120 }).map((pieces) => pieces.join(" "));

const edited = fc
  .tuple(
    fc.constantFrom(...FILES),
    fc.array(fc.tuple(fc.nat(), fc.nat(12), fc.constantFrom(...PIECES, "")), { maxLength: 6 }),
  )
  .map(([file, edits]) => {
    let text = file;
    for (const [at, length, piece] of edits) {
      const start = at % (text.length + 1);
      text = text.slice(0, start) + piece + text.slice(start + length);
    }
    return text;
  });

const anything = fc.oneof(fc.string({ unit: "binary", maxLength: 200 }), soup, edited);

function nodesInOrder(root: SyntaxNode): boolean {
  let at = 0;
  let ordered = true;
  forEachToken(root, (token) => {
    if (token.start !== at) ordered = false;
    at = token.end;
  });
  return ordered && at === root.end;
}

describe("the parser", () => {
  test.each(FILES)("reads the examples of the design without syntax errors, and gives them back: %#", (file) => {
    const { tree, diagnostics } = parse(file);
    expect(diagnostics).toEqual([]);
    expect(printTree(tree)).toBe(file);
  });

  test.each([...SUPPORTED_STEPS, ...ETCD_STEPS])("reads %s", (step) => {
    expect(parse(fileOf([step])).diagnostics).toEqual([]);
  });

  test("gives back any text, and never throws", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const { tree } = parse(text);
        expect(printTree(tree)).toBe(text);
        expect(nodesInOrder(tree)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("any text can be checked", () => {
    fc.assert(
      fc.property(anything, (text) => {
        for (const { span } of check(text).diagnostics) {
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeGreaterThanOrEqual(span.start);
          expect(span.end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 400 },
    );
  });

  test("survives depth", () => {
    for (const open of [
      "(",
      "{",
      "[",
      "not ",
      "any ",
      "repeat 2 {",
      "expect (",
      "txn { if a == b then ",
      'scenario "a" {',
    ]) {
      const text = `scenario "deep" {\n expect ${open.repeat(5000)}`;
      expect(printTree(parse(text).tree)).toBe(text);
      check(text);
    }
  });

  test("an error in one step does not disturb the next line", () => {
    for (const bad of [
      "crsh leader",
      "wait",
      "expect s1.",
      "put color =>",
      "partition {s1 s2} |",
      "partition {s1 s2",
      "expect (s1.term == 1",
      "expect s1.log == [1 1",
      'note "open',
      "every 100ms for",
      "@@@ ???",
      "drop",
      "repeat { wait 1s }",
      "bogus { a b c }",
      "let = 4",
      "workload w for 10s { nonsense }",
      "expect leader and",
      "get color => | |",
      "get color to",
      "get color order sideways",
      "txn { if color then get color }",
      "txn { if version(color == 1 then get color }",
      "txn { get color }",
      "txn { then lock m }",
      "txn { then get color",
      "lease",
      "lease grant",
      "watch color from 3 as w",
      "watch color without get as w",
      "alarm",
      "expect w saw",
      "expect w saw [put",
      "expect w canceled error",
    ]) {
      const text = fileOf([bad, "crash s1", "wait 5s"]).replace("all", bad.replaceAll('"', ""));
      const { program, diagnostics } = check(text);
      const kinds = program.scenarios[0]?.steps.map((step) => step.kind) ?? [];
      expect(kinds.slice(-2), bad).toEqual(["crash", "wait"]);
      const errors = diagnostics.filter((each) => each.severity === "error");
      expect(errors.length, `${bad}: ${errors.map((each) => each.message).join("; ")}`).toBeGreaterThan(0);
      expect(errors.length, `${bad}: ${errors.map((each) => each.message).join("; ")}`).toBeLessThan(
        bad.startsWith("@@@") ? 3 : 2,
      );
    }
  });

  test("a missing brace does not swallow the next scenario", () => {
    const text =
      'cluster { nodes s1..s3 }\nscenario "one" {\n  repeat 2 {\n  await leader\n\nscenario "two" {\n  await leader\n}\n';
    const { runnable, diagnostics } = check(text);
    expect([...runnable]).toEqual(["two"]);
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual(["RL0008", "RL0008"]);
  });

  test("a brace too many costs one complaint", () => {
    const text =
      'cluster { nodes s1..s3 }\nscenario "one" {\n  await leader }\n  wait 1s\n  crash s1\n}\nscenario "two" {\n  await leader\n}\n';
    const { runnable, diagnostics } = check(text);
    expect([...runnable]).toEqual(["one", "two"]);
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual(["RL0009"]);
  });
});

describe("the formatter", () => {
  test("leaves the first file of the design as it is", () => {
    expect(format(FILES[0] ?? "")).toBe(FILES[0]);
  });

  test.each(FILES)("is idempotent on the examples: %#", (file) => {
    const once = format(file);
    expect(format(once)).toBe(once);
    expect(parse(once).diagnostics).toEqual([]);
  });

  test("is idempotent on anything, and keeps every token", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const once = format(text);
        expect(format(once)).toBe(once);
        expect(meaning(once)).toEqual(meaning(text));
      }),
      { numRuns: 500 },
    );
  });

  test("sets given states below each other like a table", () => {
    const text =
      'scenario "x" {\n  given {\n    a term 6 log [1 1] commit 2\n    s10 term 12 log [1] commit 1\n  }\n}\n';
    const lines = ["    a   term 6  log [1 1] commit 2", "    s10 term 12 log [1]   commit 1"];
    expect(format(text).split("\n").slice(2, 4)).toEqual(lines);
  });

  test("leaves a broken step alone and formats around it", () => {
    const text = 'cluster {nodes s1..s3}\nscenario "x" {\nwait   1s\n   crsh    leader\nwait   2s\n}\n';
    expect(format(text)).toBe('cluster { nodes s1..s3 }\nscenario "x" {\n  wait 1s\n   crsh    leader\n  wait 2s\n}\n');
  });
});

function meaning(text: string): string[] {
  return parse(text)
    .tokens.filter((token) => token.kind !== "space" && token.kind !== "newline")
    .map((token) => (token.kind === "comment" ? token.text.trimEnd() : token.text));
}
