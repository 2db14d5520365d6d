import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LocalClock, STANDS_STILL, TRUE_RATE } from "./clock.js";

describe("a server's clock", () => {
  it("shows virtual time as long as nobody touches it", () => {
    const clock = new LocalClock();
    for (const timeUs of [0, 1, 999_999, 86_400_000_000]) {
      expect(clock.localAt(timeUs)).toBe(timeUs);
      expect(clock.instantOf(timeUs)).toBe(timeUs);
    }
  });

  it("runs fast or slow from the instant on at which its rate changes", () => {
    const clock = new LocalClock();
    clock.setRate(1_100_000, 1_000);
    expect([clock.localAt(1_000), clock.localAt(2_000)]).toEqual([1_000, 2_100]);
    clock.setRate(500_000, 2_000);
    expect(clock.localAt(4_000)).toBe(3_100);
    clock.setRate(TRUE_RATE, 4_000);
    expect(clock.localAt(5_000)).toBe(4_100);
  });

  it("leaps, and back", () => {
    const clock = new LocalClock();
    clock.jump(300, 1_000);
    expect([clock.localAt(1_000), clock.instantOf(2_000), clock.instantOf(1_100)]).toEqual([1_300, 1_700, 1_000]);
    clock.jump(-300, 5_000);
    expect(clock.localAt(5_000)).toBe(5_000);
  });

  it("stands still but for leaps in a world with manual timers", () => {
    const clock = new LocalClock(STANDS_STILL);
    expect(clock.localAt(1_000_000)).toBe(0);
    clock.jump(50_000, 2_000_000);
    expect(clock.localAt(9_000_000)).toBe(50_000);
  });

  it("names the first instant at which it shows a time, whatever its rate, also after days", () => {
    const rate = fc.integer({ min: 10_000, max: 3_000_000 });
    const instant = fc.integer({ min: 0, max: 400_000_000_000 });
    fc.assert(
      fc.property(rate, instant, instant, (ppm, since, ahead) => {
        const clock = new LocalClock();
        clock.setRate(ppm, since);
        const found = clock.instantOf(since + ahead);
        expect(clock.localAt(found)).toBeGreaterThanOrEqual(since + ahead);
        if (found > since) expect(clock.localAt(found - 1)).toBeLessThan(since + ahead);
      }),
    );
  });

  it("is copied with all it shows", () => {
    const clock = new LocalClock();
    clock.jump(7, 100);
    clock.setRate(2 * TRUE_RATE, 200);
    const copy = clock.clone();
    clock.jump(1_000, 300);
    expect([copy.rate, copy.localAt(400)]).toEqual([2 * TRUE_RATE, 607]);
  });
});
