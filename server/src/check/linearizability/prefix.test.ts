import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { finish } from "../sliced.js";
import { checkLinearizability, type Linearizability, linearizabilityInSlices, type NotLinearizable } from "./check.js";
import { type Conflict, conflictOf } from "./conflict.js";
import { minimise } from "./minimise.js";
import type { Action, Operation } from "./operation.js";
import { pointsOf } from "./points.js";
import { linearizablePrefix, possibleValues } from "./prefix.js";

const OPTIONS = { initial: null, budget: 1_000_000, witness: [] };

/** Operations from a drawing: each line is one operation, `[` its call and `]` its return; without a return it is open. */
function history(...lines: readonly (readonly [string, Action])[]): Operation[] {
  const operations = lines.map(([drawing, action], id) => {
    const end = drawing.indexOf("]");
    return { id, client: id, call: drawing.indexOf("[") * 100 + id, return: end < 0 ? null : end * 100 + id, action };
  });
  return operations.sort((a, b) => a.call - b.call);
}

const write = (value: string): Action => ({ kind: "write", key: "k", value });
const read = (value: string | null): Action => ({ kind: "read", key: "k", value });
const remove: Action = { kind: "delete", key: "k" };

function violationOf(operations: readonly Operation[]): NotLinearizable {
  const verdict = checkLinearizability(operations, OPTIONS);
  if (verdict.kind !== "violation") throw new Error(`the history is ${verdict.kind}`);
  return verdict.violation;
}

function reasonOf(operations: readonly Operation[]): Conflict {
  const violation = violationOf(operations);
  return conflictOf(violation, minimise(violation, OPTIONS));
}

/** Replays an order on one key, as the simplest model does: each answer right, and real time kept. What is wrong, or `null`. */
function wrongWith(operations: readonly Operation[], order: readonly number[]): string | null {
  const byId = new Map(operations.map((operation) => [operation.id, operation]));
  let value: string | null = null;
  let latestCall = Number.NEGATIVE_INFINITY;
  for (const id of order) {
    const operation = byId.get(id);
    if (operation === undefined) return `${id} is unknown`;
    const { action, call, return: end } = operation;
    if (end !== null && end < latestCall) return `${id} had returned before one in front of it was called`;
    latestCall = Math.max(latestCall, call);
    if (action.kind === "read" && end !== null && action.value !== value)
      return `${id} read ${action.value}, not ${value}`;
    if (action.kind === "cas") {
      const holds: boolean = value === action.from;
      if (end !== null && action.succeeded !== undefined && action.succeeded !== holds) return `${id} compared wrongly`;
      if (holds) value = action.to;
    }
    if (action.kind === "write") value = action.value;
    if (action.kind === "delete") value = null;
  }
  const missing = operations.find(({ id, return: end }) => end !== null && !order.includes(id));
  return missing === undefined ? null : `${missing.id} is missing`;
}

/** Small histories of one key by three clients, of which about half are linearizable. */
const histories = fc
  .array(
    fc.record({
      client: fc.nat(2),
      action: fc.oneof(
        fc.constantFrom("1", "2", "3").map(write),
        fc.constantFrom("1", "2", "3", null).map(read),
        fc.constant(remove),
        fc
          .tuple(fc.constantFrom("1", "2"), fc.constantFrom("3", "4"), fc.boolean())
          .map(([from, to, succeeded]): Action => {
            return { kind: "cas", key: "k", from, to, succeeded };
          }),
      ),
      known: fc.integer({ min: 0, max: 9 }),
      turns: fc.nat(5),
    }),
    { minLength: 1, maxLength: 10 },
  )
  .map((parts) => {
    let clock = 0;
    const open: { operation: Operation; turns: number }[] = [];
    const made: Operation[] = [];
    const returned = (each: (typeof open)[number]): void => {
      clock += 1;
      const { operation } = each;
      made[made.indexOf(operation)] = { ...operation, return: clock };
    };
    for (const [id, { client, action, known, turns }] of parts.entries()) {
      for (const each of open.splice(0)) {
        if (each.turns <= 0 || each.operation.client === client) returned(each);
        else open.push({ ...each, turns: each.turns - 1 });
      }
      clock += 1;
      const operation: Operation = { id, client, call: clock, return: null, action };
      made.push(operation);
      if (known > 0) open.push({ operation, turns });
    }
    for (const each of open) returned(each);
    return made;
  });

describe("the order that a check finds", () => {
  it("is one: replayed on a plain register it gives every answer, and it keeps real time", () => {
    let orders = 0;
    fc.assert(
      fc.property(histories, (operations) => {
        const verdict = checkLinearizability(operations, OPTIONS);
        if (verdict.kind !== "ok") return;
        orders += 1;
        const relevant = operations.filter(({ action, return: end }) => end !== null || action.kind !== "read");
        expect(wrongWith(relevant, verdict.orders.flat())).toBeNull();
      }),
      { numRuns: 1000, seed: 1 },
    );
    expect(orders).toBeGreaterThan(200);
  });

  it("goes as far as it can where none explains everything: the prefix has one, the blocked operation fits nowhere in it", () => {
    let violations = 0;
    fc.assert(
      fc.property(histories, (operations) => {
        const verdict = checkLinearizability(operations, OPTIONS);
        if (verdict.kind !== "violation") return;
        violations += 1;
        const { violation } = verdict;
        const { blocked } = violation;
        const end = blocked.return ?? 0;
        const orders = finish(linearizablePrefix(violation, OPTIONS));
        expect(orders).not.toBeNull();
        const before = violation.history
          .map((each) => (each.return !== null && each.return >= end ? { ...each, return: null } : each))
          .filter(({ action, return: returned }) => returned !== null || action.kind !== "read");
        expect(wrongWith(before, (orders ?? []).flat())).toBeNull();
        // What could have been returned instead would have been right.
        for (const value of possibleValues(violation, (orders ?? []).flat(), null)) {
          const mended = violation.history.map((each) => {
            if (each.id === blocked.id) return { ...each, action: read(value) };
            return each.return !== null && each.return > end ? { ...each, return: null } : each;
          });
          expect(checkLinearizability(mended, OPTIONS).kind).toBe("ok");
        }
      }),
      { numRuns: 1000, seed: 2 },
    );
    expect(violations).toBeGreaterThan(200);
  });

  it("gives points within the operations' spans that rise along it, and wanted instants where they fit", () => {
    fc.assert(
      fc.property(histories, fc.array(fc.nat(60), { minLength: 10, maxLength: 10 }), (operations, wishes) => {
        const verdict = checkLinearizability(operations, OPTIONS);
        if (verdict.kind !== "ok") return;
        const byId = new Map(operations.map((operation) => [operation.id, operation]));
        const order = verdict.orders.flat().flatMap((id) => byId.get(id) ?? []);
        const spans = order.map(({ call, return: end }, at) => {
          const wish = wishes[at] ?? 0;
          return { call, return: end, wanted: wish % 3 === 0 ? wish : null };
        });
        pointsOf(spans).forEach((point, at, points) => {
          expect(point).toBeGreaterThanOrEqual(Math.max(spans[at]?.call ?? 0, points[at - 1] ?? 0));
          expect(point).toBeLessThanOrEqual(spans[at]?.return ?? Number.POSITIVE_INFINITY);
        });
      }),
      { seed: 3 },
    );
    const alone = (wanted: number | null) => pointsOf([{ call: 10, return: 20, wanted }]);
    expect([alone(null), alone(12), alone(5), alone(30)]).toEqual([[15], [12], [10], [20]]);
    expect(pointsOf([{ call: 10, return: null, wanted: null }])).toEqual([10]);
  });

  it("is the same in pieces, whoever pauses it", () => {
    fc.assert(
      fc.property(histories, (operations) => {
        const pieces = linearizabilityInSlices(operations, OPTIONS);
        let pauses = 0;
        let result: Linearizability | null = null;
        while (result === null) {
          const step = pieces.next();
          if (step.done === true) result = step.value;
          else pauses += 1;
        }
        expect(result).toEqual(checkLinearizability(operations, OPTIONS));
        expect(pauses).toBeGreaterThan(0);
      }),
      { numRuns: 50, seed: 4 },
    );
  });
});

/** Fails where a reason says what was not so. */
function expectTrue({ blocked }: NotLinearizable, conflict: Conflict, operations: readonly Operation[]): void {
  const found = (id: number): Operation | undefined => operations.find((each) => each.id === id);
  const end = (id: number): number => found(id)?.return ?? Number.POSITIVE_INFINITY;
  switch (conflict.kind) {
    case "never-written": {
      const value = blocked.action.kind === "read" ? blocked.action.value : null;
      if (blocked.action.kind === "cas") return;
      const early = operations.filter(({ call }) => call < (blocked.return ?? 0));
      expect(early.filter(({ action }) => mayMake(action, value))).toEqual([]);
      return;
    }
    case "overwritten":
      expect(end(conflict.writer)).toBeLessThan(found(conflict.by)?.call ?? 0);
      expect(end(conflict.by)).toBeLessThan(blocked.call);
      return;
    case "was-written":
      expect(end(conflict.by)).toBeLessThan(blocked.call);
      return;
    case "seen-newer":
      expect(end(conflict.reader)).toBeLessThan(blocked.call);
      return;
    case "together":
      return;
  }
}

function mayMake(action: Action, value: string | null): boolean {
  return action.kind === "write"
    ? action.value === value
    : action.kind === "cas" && action.to === value && action.succeeded !== false;
}

describe("why an operation fits nowhere", () => {
  it("it read what nobody had written by then", () => {
    expect(reasonOf(history(["[-]", read("1")]))).toEqual({ kind: "never-written" });
    expect(reasonOf(history(["[-]      ", read("1")], ["   [----]", write("1")]))).toEqual({ kind: "never-written" });
  });

  it("it read what had been overwritten", () => {
    const operations = history(["[-]         ", write("1")], ["   [-]      ", write("2")], ["         [-]", read("1")]);
    expect(reasonOf(operations)).toEqual({ kind: "overwritten", writer: 0, by: 1 });
  });

  it("a write or a compare-and-swap tells what it found, and is judged by that like a read", () => {
    const replacing = (value: string, previous: string | null): Action => ({
      kind: "write",
      key: "k",
      value,
      previous,
    });
    expect(reasonOf(history(["[-]", replacing("1", "0")]))).toEqual({ kind: "never-written" });
    const none = history(["[-]       ", write("1")], ["      [-] ", replacing("2", null)]);
    expect(reasonOf(none)).toEqual({ kind: "was-written", by: 0 });
    const swapped = history(
      ["[-]         ", write("1")],
      ["   [-]      ", write("2")],
      ["         [-]", { kind: "cas", key: "k", from: "1", to: "3", succeeded: true }],
    );
    expect(reasonOf(swapped)).toEqual({ kind: "overwritten", writer: 0, by: 1 });
  });

  it("it read nothing, though something had been written and not deleted", () => {
    expect(reasonOf(history(["[-]       ", write("1")], ["      [-] ", read(null)]))).toEqual({
      kind: "was-written",
      by: 0,
    });
    const verdict = checkLinearizability(
      history(["[-]         ", write("1")], ["   [-------]", remove], ["         [-]", read(null)]),
      OPTIONS,
    );
    expect(verdict.kind).toBe("ok");
  });

  it("another had read a newer value before it began", () => {
    const operations = history(
      ["[-]             ", write("1")],
      ["   [----------] ", write("2")],
      ["      [-]       ", read("2")],
      ["          [-]   ", read("1")],
    );
    expect(reasonOf(operations)).toEqual({ kind: "seen-newer", reader: 2, writer: 1 });
  });

  it("or only all of them together show it", () => {
    const operations = history(
      ["[-----------------]", write("1")],
      ["[-----------------]", write("2")],
      ["  [-]              ", read("1")],
      ["      [-]          ", read("2")],
      ["          [-]      ", read("1")],
    );
    expect(reasonOf(operations).kind).toBe("seen-newer");
    const swaps = history(
      ["[-]            ", write("1")],
      ["    [-]        ", { kind: "cas", key: "k", from: "1", to: "2", succeeded: true }],
      ["        [-]    ", { kind: "cas", key: "k", from: "1", to: "3", succeeded: true }],
    );
    expect(reasonOf(swaps)).toEqual({ kind: "overwritten", writer: 0, by: 1 });
    const prefix = history(["[-]", { kind: "read-prefix", prefix: "k", pairs: [["k", "1"]] }]);
    expect(reasonOf(prefix)).toEqual({ kind: "together" });
  });

  it("and what is said is true of every history that has one", () => {
    fc.assert(
      fc.property(histories, (operations) => {
        const verdict = checkLinearizability(operations, OPTIONS);
        if (verdict.kind !== "violation") return;
        const { violation } = verdict;
        expectTrue(violation, conflictOf(violation, minimise(violation, OPTIONS)), operations);
      }),
      { numRuns: 2000, seed: 5 },
    );
  });
});
