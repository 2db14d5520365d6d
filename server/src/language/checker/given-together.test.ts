import { describe, expect, test } from "vitest";
import { check } from "../check.js";

/** What is said of the given states of three servers: severity, code and the text it is about. */
function remarks(...lines: readonly string[]): string[] {
  const text = `cluster { nodes s1..s3 }\nscenario "x" {\n  given {\n${lines.map((line) => `    ${line}\n`).join("")}  }\n  timeout s1\n}\n`;
  return check(text).diagnostics.map(
    ({ severity, code, span }) => `${severity} ${code} ${text.slice(span.start, span.end)}`,
  );
}

describe("states given for several servers", () => {
  test("that stand side by side", () => {
    expect(remarks("s1 log [1 1 2] commit 2", "s2 log [1 1 3]", "s3 term 3 vote s2 log [1 1]")).toEqual([
      // s2 has not said that it voted for itself, which nobody minds.
    ]);
    expect(remarks("s1 term 5 vote s1 log [1]", "s2 term 5 vote s2 log [1]", "s3 term 5 log [1] commit 1")).toEqual([]);
    expect(remarks('s1 log [1:a="x" 2:b="y"]', 's2 log [1:a="x" 2:b="y"]', 's3 term 2 log [1:a="x"]')).toEqual([]);
  });

  test("with different commands at one index and term", () => {
    expect(remarks('s1 log [1 1:a="x"]', 's2 log [1 1:a="y"]')).toEqual(['error RL2202 1:a="y"']);
    expect(remarks('s1 log [1 1:a="x"]', "s2 log [1 1]")).toEqual(["error RL2202 1"]);
  });

  test("with different entries before one of the same index and term", () => {
    expect(remarks("s1 log [1 1 3]", "s2 log [1 2 3]")).toEqual(["error RL2202 3"]);
  });

  test("with a term that begins at different places", () => {
    expect(remarks("s1 log [1 1 2]", "s2 log [1 2]")).toEqual(["error RL2202 2"]);
    expect(remarks("s1 log [1 2]", "s2 log [2]")).toEqual(["error RL2202 2"]);
  });

  test("that have committed different entries", () => {
    expect(remarks("s1 log [1 2] commit 2", "s2 log [1 3] commit 2", "s3 term 3 log [1 2]")).toEqual([
      "error RL2203 3",
      "warning RL2204 commit 2",
    ]);
  });

  test("with a commit index that no majority holds", () => {
    expect(remarks("s1 log [1 1] commit 2", "s2 log [1]")).toEqual(["warning RL2204 commit 2"]);
    expect(remarks("s1 log [1 1] commit 1", "s2 log [1]")).toEqual([]);
  });

  test("with a vote for somebody who has not come so far", () => {
    expect(remarks("s1 term 4", "s2 term 4 vote s1")).toEqual([]);
    expect(remarks("s1 term 3", "s2 term 4 vote s1")).toEqual(["warning RL2205 vote s1"]);
    expect(remarks("s2 term 4 vote s1")).toEqual(["warning RL2205 vote s1"]);
    expect(remarks("s1 vote s1")).toEqual(["error RL2201 vote s1"]);
  });

  test("with a leader that nobody can have elected", () => {
    expect(remarks("s1 log [1 7]", "s2 term 6 log [1]")).toEqual(["information RL2206 7"]);
    expect(remarks("s1 log [1 7]", "s2 term 7 log [1]")).toEqual([]);
  });

  test("with a term of 0", () => {
    expect(remarks("s1 log [0 1]", "s2 log [0 1]")).toEqual(["error RL2201 0", "error RL2201 0"]);
  });
});
