import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FROM_KEY, inRange, overlap, prefixOf, prefixRange, prefixRangeEnd } from "./key-range.js";

const keys = fc
  .array(fc.constantFrom("\0", "a", "b", "ÿ", "\ud7ff", "\ue000", "\uffff", "\u{10000}", "\u{10ffff}"), {
    minLength: 1,
    maxLength: 4,
  })
  .map((characters) => characters.join(""));
const ranges = fc.record({ key: keys, rangeEnd: fc.oneof(keys, fc.constantFrom("", FROM_KEY)) });

describe("the end of a prefix", () => {
  it.each([
    ["a", "b"],
    ["a/", "a0"],
    ["\ud7ff", "\ue000"],
    ["\uffff", "\u{10000}"],
    ["a\u{10ffff}", "b"],
    ["\u{10ffff}", FROM_KEY],
  ])("of %j is %j", (prefix, end) => {
    expect(prefixRangeEnd(prefix)).toBe(end);
  });

  it("takes in what begins with the prefix, and nothing else", () => {
    fc.assert(
      fc.property(keys, keys, (prefix, key) => {
        const range = prefixRange(prefix);
        expect(inRange(prefix + key, range)).toBe(true);
        expect(inRange(key, range)).toBe(key.startsWith(prefix));
        expect(prefixOf(range)).toBe(prefix);
      }),
    );
  });

  it("of the empty prefix is every key's", () => {
    expect(prefixRange("")).toEqual({ key: FROM_KEY, rangeEnd: FROM_KEY });
    expect(prefixOf(prefixRange(""))).toBe("");
  });
});

describe("a range", () => {
  it("holds the keys whose bytes lie in it", () => {
    fc.assert(
      fc.property(keys, ranges, (key, range) => {
        const bytes = (text: string) => Buffer.from(text);
        const after = Buffer.compare(bytes(key), bytes(range.key)) >= 0;
        const before = range.rangeEnd === FROM_KEY || Buffer.compare(bytes(key), bytes(range.rangeEnd)) < 0;
        expect(inRange(key, range)).toBe(range.rangeEnd === "" ? key === range.key : after && before);
      }),
    );
  });

  it("overlaps another that has a key in common with it", () => {
    fc.assert(
      fc.property(keys, ranges, ranges, (key, a, b) => {
        if (inRange(key, a) && inRange(key, b)) expect(overlap(a, b)).toBe(true);
        expect(overlap(a, b)).toBe(overlap(b, a));
      }),
    );
    expect(overlap({ key: "a", rangeEnd: "b" }, { key: "b" })).toBe(false);
  });
});
