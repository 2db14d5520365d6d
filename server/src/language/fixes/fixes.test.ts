import { describe, expect, test } from "vitest";
import { check } from "../check.js";
import { DIAGNOSTICS } from "../diagnostics/catalog.js";
import { NOT_MECHANICAL } from "./fixes.js";

/** The steps of a scenario after the first fix of a code whose title contains the words. */
function mended(code: string, words: string, settings: string, ...steps: readonly string[]): readonly string[] {
  const text = `cluster { ${settings} }\nscenario "x" {\n${steps.map((step) => `  ${step}\n`).join("")}}\n`;
  const finding = check(text).diagnostics.find((each) => each.code === code);
  const fix = finding?.fixes.find(({ title }) => title.includes(words));
  if (fix === undefined) throw new Error(`no such fix: ${JSON.stringify(finding)}`);
  return [...fix.edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((done, { span, newText }) => done.slice(0, span.start) + newText + done.slice(span.end), text)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

describe("remedies", () => {
  const on = (code: string, words: string, ...steps: readonly string[]): readonly string[] =>
    mended(code, words, "nodes s1..s3; clients alice bob", ...steps).slice(2, -1);

  test("take a step out with its line and its comment, or from among others on the line", () => {
    expect(on("RL2014", "Remove", "await leader", "restart s1  # again", "wait 1s")).toEqual([
      "await leader",
      "wait 1s",
    ]);
    expect(on("RL2014", "Remove", "await leader; restart s1; wait 1s")).toEqual(["await leader; wait 1s"]);
    expect(on("RL2014", "Remove", "await leader; restart s1")).toEqual(["await leader"]);
  });

  test("take one server out of a set", () => {
    expect(on("RL2015", "Leave", "crash s1", "crash {s1 s2}")).toEqual(["crash s1", "crash {s2}"]);
    expect(on("RL2015", "Leave", "crash s2", "crash {s1 s2}")).toEqual(["crash s2", "crash {s1}"]);
    expect(on("RL2012", "Leave", "partition {s1 s2} | {s2 s3}")).toEqual(["partition {s1 s2} | {s3}"]);
    expect(on("RL2012", "Leave", "partition {s1 s2} | {s3 s2}")).toEqual(["partition {s1 s2} | {s3}"]);
  });

  test("put a step before another one, on a line of its own where that one has one", () => {
    expect(on("RL2061", "restart", "crash s1", "timeout s1")).toEqual(["crash s1", "restart s1", "timeout s1"]);
    expect(on("RL2061", "restart", "crash s1; timeout s1")).toEqual(["crash s1; restart s1; timeout s1"]);
    expect(on("RL2061", "resume", "pause s1", "timeout s1")).toEqual(["pause s1", "resume s1", "timeout s1"]);
  });

  test("lengthen the time that a condition has", () => {
    expect(on("RL2053", "Wait", "expect leader")).toEqual(["expect leader within 3s"]);
    expect(on("RL2053", "Wait", "expect leader within 9ms for 1s")).toEqual(["expect leader within 3s for 1s"]);
  });

  test("expect the error instead of any other result", () => {
    const steps = ["await leader", "lease grant l1 ttl 5s", "lease revoke l1"];
    expect(on("RL2313", "Expect", ...steps, 'put a "1" lease l1 => ok').at(-1)).toBe(
      'put a "1" lease l1 => error lease-not-found',
    );
  });

  test("name the property that fell when the rule was tried without", () => {
    const steps = mended("RL2010", "Add", "nodes s1..s3; rule ignore-stale-terms off", "await leader");
    expect(steps).toContain("expect violation of leader-completeness");
  });

  test("put a setting into the block that a scenario has", () => {
    expect(on("RL2101", "Add", "cluster { pre-vote off }", "timeout s1", "stabilize")[0]).toBe(
      "cluster { network manual; pre-vote off }",
    );
  });

  test("mend a key and a value that are misspelt", () => {
    expect(on("RL2057", "Change", 'put color "red"', 'get colour => "red"').at(-1)).toBe('get color => "red"');
    expect(on("RL2057", "Change", 'put color "red"', 'get color => "rad"').at(-1)).toBe('get color => "red"');
  });

  test("those that are missing have a reason, and only those that there are", () => {
    const codes = DIAGNOSTICS.map(({ code }) => code);
    for (const [code, why] of Object.entries(NOT_MECHANICAL)) {
      expect(codes).toContain(code);
      expect(why.length).toBeGreaterThan(10);
    }
  });
});
