import fc from "fast-check";
import { expect, test } from "vitest";
import { RaftLog } from "./log.js";
import type { Entry } from "./types.js";

function entry(term: number): Entry<string> {
  return { kind: "command", term, command: `c${term}` };
}

/** A log beside its model, which keeps every entry; `gone` says how many of them the log has dropped. */
interface Modelled {
  readonly log: RaftLog<string>;
  readonly model: Entry<string>[];
  gone: number;
}

function dropEntries(pair: Modelled, how: "compact" | "restart", amount: number, term: number): void {
  if (how === "compact") {
    pair.gone += amount % (pair.model.length - pair.gone + 1);
    pair.log.compactTo(pair.gone);
    return;
  }
  for (let i = 0; i < amount; i += 1) pair.model.push(entry(term));
  pair.gone = pair.model.length;
  pair.log.restart(pair.gone, term);
}

/** What a test does to one of several logs that descend from one another. */
const step = fc.record({
  log: fc.nat({ max: 4 }),
  action: fc.constantFrom("append", "append", "append", "truncate", "compact", "restart", "clone"),
  amount: fc.integer({ min: 1, max: 300 }),
});

test("a log and its clones are as independent as copied arrays", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const logs: Modelled[] = [{ log: new RaftLog<string>(), model: [], gone: 0 }];
      let term = 0;
      for (const { log: chosen, action, amount } of steps) {
        const pair = logs[chosen % logs.length];
        if (pair === undefined) throw new Error("there is always a log");
        if (action === "clone") {
          logs.push({ log: pair.log.clone(), model: pair.model.slice(), gone: pair.gone });
        } else if (action === "compact" || action === "restart") {
          term += 1;
          dropEntries(pair, action, amount, term);
        } else if (action === "truncate") {
          const from = pair.gone + 1 + (amount % (pair.model.length - pair.gone + 1));
          pair.log.truncateFrom(from);
          pair.model.length = from - 1;
        } else {
          for (let i = 0; i < amount; i += 1) {
            term += 1;
            expect(pair.log.append(entry(term))).toBe(pair.model.push(entry(term)));
          }
        }
      }
      for (const { log, model, gone } of logs) {
        expect([log.firstIndex, log.lastIndex]).toEqual([gone + 1, model.length]);
        expect(log.lastTerm).toBe(model.at(-1)?.term ?? 0);
        expect([log.at(gone), log.termAt(gone)]).toEqual([undefined, model[gone - 1]?.term ?? 0]);
        expect(log.slice(1, log.lastIndex)).toEqual(model.slice(gone));
      }
    }),
    { numRuns: 200 },
  );
});

test("outside the log there is no entry, and its term is 0", () => {
  const log = RaftLog.of([entry(1), entry(2)]);
  expect([log.at(0), log.at(3), log.termAt(0), log.termAt(3)]).toEqual([undefined, undefined, 0, 0]);
});

test("the first index of a term is where its unbroken run begins", () => {
  const log = RaftLog.of([1, 1, 2, 2, 2, 3].map(entry));
  expect([1, 2, 3, 5, 6].map((index) => log.firstIndexOfTerm(index))).toEqual([1, 1, 3, 3, 6]);
});
