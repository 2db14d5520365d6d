import { afterEach, describe, expect, test } from "vitest";
import { useMessages } from "../../l10n/text.js";
import { allOf, anyOf, listed, shorten, unknown } from "./words.js";

afterEach(() => useMessages(null));

describe("pieces of messages", () => {
  test("lists", () => {
    expect([[], ["a"], ["a", "b"], ["a", "b", "c"]].map(anyOf)).toEqual(["", "a", "a or b", "a, b or c"]);
    expect([["a"], ["a", "b"], ["a", "b", "c"]].map(allOf)).toEqual(["a", "a and b", "a, b and c"]);
    expect(listed(["a", "b", "c"])).toBe("a, b, c");
  });

  test("lists are joined as the reader's language does it", () => {
    useMessages({ ", ": "、", "{0} or {1}": "{0}或{1}" });
    expect(anyOf(["a", "b", "c"])).toBe("a、b或c");
  });

  test("a name that is not known: what was meant, or what there is", () => {
    const known = Array.from({ length: 10 }, (_, i) => `s${i}`);
    expect(unknown("server", "x", { suggestion: "s1", known })).toBe("There is no server `x`; did you mean `s1`?");
    expect(unknown("server", "x", { suggestion: "", known: ["s1", "s2"] })).toBe(
      "There is no server `x` (known: `s1`, `s2`).",
    );
    expect(unknown("server", "x", { suggestion: "", known })).toContain("`s7`, …).");
    expect(unknown("server", "x", { suggestion: "", known: [] })).toBe("There is no server `x`.");
  });

  test("long pieces of text are cut, line breaks are spaces", () => {
    expect(shorten("a\n  b")).toBe("a b");
    expect(shorten("x".repeat(31))).toBe(`${"x".repeat(29)}…`);
  });
});
