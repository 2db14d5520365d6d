import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { utf8, utf8Length } from "./utf8.js";

describe("UTF-8", () => {
  it("is what the web's encoder makes", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: fc.nat(0xffff).map((n) => String.fromCharCode(n)) }),
    );
    fc.assert(
      fc.property(text, (some) => {
        expect([...utf8(some)]).toEqual([...new TextEncoder().encode(some)]);
        expect(utf8Length(some)).toBe(new TextEncoder().encode(some).length);
      }),
      { numRuns: 500 },
    );
  });
});
