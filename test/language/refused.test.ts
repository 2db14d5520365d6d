import { describe, expect, it } from "vitest";
import { check } from "../../server/src/language/check.js";

/** What the editor says of a scenario with these steps, as `code at line: message`. */
function findings(body: string, settings = ""): string[] {
  const text = `cluster { nodes s1..s3; clients alice; ${settings} }\nscenario "x" {\n${body}\n}\n`;
  return check(text).diagnostics.map(({ code, message }) => `${code} ${message}`);
}

describe("what would silently be left out is an error", () => {
  it("a part of a given line that is given twice", () => {
    expect(findings("given { s1 term 2 term 3 }")).toEqual(["RL1026 `term` is given twice in this step."]);
  });
  it("a second given block", () => {
    expect(findings("given { s1 term 2 }\ngiven { s2 term 3 }")).toEqual([
      "RL1013 `given` already names where this scenario begins.",
    ]);
  });
  it("every 0ms, which would never get on", () => {
    expect(findings('await leader\nevery 0ms for 1s { put a "1" }')).toEqual([
      "RL1011 `every` takes a duration such as `100ms`.",
    ]);
  });
  it("a crash at the sending of what servers never send", () => {
    expect(findings("await leader\ncrash s1 before send ClientRequest")[0]).toContain("RL2033");
    expect(findings("await leader\ncrash s1 before send ClientRequestReply")).toEqual([]);
  });
  it("more servers than there may be, counted together", () => {
    const text = (spares: string) =>
      `cluster { nodes s1..s99; learners s100; spares ${spares} }\nscenario "x" { await leader }\n`;
    expect(check(text("s101")).diagnostics).toEqual([]);
    expect(check(text("s101..s103")).diagnostics.map(({ message }) => message)).toEqual([
      "Too many servers: at most 101.",
    ]);
  });
  it("a drift in the wrong unit, which may be negative", () => {
    expect(findings("await leader\nclock s1 drift 5ms")).toEqual([
      "RL1016 `5ms` is not a percentage from `-100%` to `100%`.",
    ]);
  });
});
