import { describe, expect, it } from "vitest";
import { formatPace, formatTime } from "./time.js";

describe("times and paces in words", () => {
  it("uses the unit that reads best", () => {
    expect([0, 999, 1_000, 412_500, 2_040_000].map(formatTime)).toEqual([
      "0 us",
      "999 us",
      "1 ms",
      "412.5 ms",
      "2.04 s",
    ]);
  });

  it("writes slow motion as a fraction", () => {
    expect([0.001, 0.05, 1, 10, null].map(formatPace)).toEqual(["1/1000x", "1/20x", "1x", "10x", "∞x"]);
  });
});
