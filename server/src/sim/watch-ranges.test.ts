import fc from "fast-check";
import { expect, it } from "vitest";
import { inRange } from "../kv/key-range.js";
import type { KeyRange } from "../kv/request.js";
import { RangeIndex } from "./watch-ranges.js";

const key = fc.string({ unit: fc.constantFrom("a", "b", "é", "\uE000", "😀"), minLength: 1, maxLength: 3 });
const range: fc.Arbitrary<KeyRange> = fc.oneof(
  fc.record({ key }),
  fc.record({ key, rangeEnd: fc.oneof(key, fc.constant("\0")) }),
);

it("finds what a look at every range finds, whatever was added and taken out before", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ range, out: fc.boolean() }), { maxLength: 30 }),
      fc.array(key, { maxLength: 10 }),
      (steps, keys) => {
        const index = new RangeIndex<number>();
        const held = new Map<number, KeyRange>();
        for (const [number, step] of steps.entries()) {
          held.set(number, step.range);
          index.add(step.range, number);
          const [oldest] = held;
          if (step.out && oldest !== undefined) {
            held.delete(oldest[0]);
            index.remove(oldest[1], oldest[0]);
          }
          for (const wanted of keys) {
            const found: number[] = [];
            index.at(wanted, (value) => found.push(value));
            const expected = [...held].filter(([, of]) => inRange(wanted, of)).map(([value]) => value);
            expect(found.sort((a, b) => a - b)).toEqual(expected);
          }
        }
      },
    ),
  );
});
