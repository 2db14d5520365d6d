import fc from "fast-check";
import { expect, it } from "vitest";
import { EventQueue, type QueueItem } from "../../server/src/sim/queue.js";

type Kind = "timer" | "durable" | "try" | "timeout" | "watch";

function itemOf(kind: Kind, timeUs: number, order: number): QueueItem {
  switch (kind) {
    case "timer":
      return { kind, timeUs, order, server: 1, timer: "election", incarnation: 1 };
    case "durable":
      return { kind, timeUs, order, server: 1, write: 1, cause: 0, incarnation: 1 };
    case "try":
    case "timeout":
      return { kind: "client", timeUs, order, client: 1, timer: kind, operation: 1, attempt: 1 };
    case "watch":
      return { kind, timeUs, order, client: 1, watch: 1, stream: 1 };
  }
}

const kinds = fc.constantFrom<Kind>("timer", "durable", "try", "timeout", "watch");
/** `null` takes one out. */
const doings = fc.array(fc.option(fc.tuple(kinds, fc.integer({ min: 0, max: 50 })), { freq: 2 }), { maxLength: 300 });

it("gives items by time, ties in the order of insertion, and so does a copy", () => {
  fc.assert(
    fc.property(doings, (done) => {
      let queue = new EventQueue();
      const model: QueueItem[] = [];
      for (const what of done) {
        if (what === null) {
          model.sort((a, b) => a.timeUs - b.timeUs || a.order - b.order);
          expect(queue.peek()).toBe(model[0]);
          expect(queue.pop()).toBe(model.shift());
        } else {
          const item = itemOf(what[0], what[1], queue.nextOrder());
          queue.push(item);
          model.push(item);
        }
        const copy = queue.clone();
        expect(new Set(queue.items())).toEqual(new Set(model));
        if (model.length % 7 === 3) queue = copy;
        if (model.length % 11 === 5) queue = queue.with(model.slice());
      }
      model.sort((a, b) => a.timeUs - b.timeUs || a.order - b.order);
      for (const item of model) expect(queue.pop()).toBe(item);
      expect(queue.pop()).toBeUndefined();
    }),
    { numRuns: 60 },
  );
});
