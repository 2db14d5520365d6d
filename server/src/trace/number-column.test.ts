import fc from "fast-check";
import { expect, test } from "vitest";
import { churn } from "../../../test/trace/runs.js";
import { NumberColumn } from "./number-column.js";

const ascending = fc.array(fc.nat({ max: 4 }), { maxLength: 200 }).map((steps) => {
  let sum = 0;
  return steps.map((step) => (sum += step));
});

function columnOf(values: readonly number[]): NumberColumn {
  const column = new NumberColumn();
  for (const value of values) column.push(value);
  return column;
}

test("a column holds what was put into it, over many blocks", () => {
  const column = columnOf(Array.from({ length: 20_000 }, (_, each) => each * 3 - 1000));
  column.set(19_999, -7);
  column.add(8192, 5);
  expect([column.length, column.at(0), column.at(8192), column.at(19_999), column.at(20_000)]).toEqual([
    20_000,
    -1000,
    8192 * 3 - 1000 + 5,
    -7,
    0,
  ]);
  column.truncate(10);
  column.push(4);
  expect([column.length, column.at(10), column.bytes >= 80_000]).toEqual([11, 4, true]);
});

test("in an ascending column values are found and counted", () => {
  fc.assert(
    fc.property(ascending, fc.integer({ min: -1, max: 900 }), (values, value) => {
      const column = columnOf(values);
      expect(column.countBelow(value)).toBe(values.filter((each) => each < value).length);
      const found = column.findFromEnd(value);
      if (values.includes(value)) expect(values[found]).toBe(value);
      else expect(found).toBe(-1);
    }),
  );
});

test("all words of an event are those that are read one by one", () => {
  const { log } = churn(3, 500).recording;
  for (let id = 0; id < log.count; id += 1) {
    expect(log.words(id)).toEqual(Array.from({ length: log.wordCount(id) }, (_, position) => log.word(id, position)));
    expect(log.reasonCode(id)).toBe(log.reason(id)?.code ?? null);
  }
});
