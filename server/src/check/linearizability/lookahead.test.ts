import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkLinearizability } from "./check.js";
import { compile, problemOf } from "./compile.js";
import { Memory, MemoryShare } from "./memory.js";
import type { Action, Operation } from "./operation.js";
import { partitions } from "./partition.js";
import { Search } from "./search.js";

/** Actions on one key whose values mostly grow, so that beginnings of values matter. */
const texts = fc.constantFrom("", "a", "b", "ab");
const seen = fc.oneof(fc.constant(null), fc.stringMatching(/^[ab]{0,4}$/));
const actions: fc.Arbitrary<Action> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("append" as const), key: fc.constant("k"), value: texts }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("read" as const), key: fc.constant("k"), value: seen }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("write" as const), key: fc.constant("k"), value: texts }) },
  fc.record({ kind: fc.constant("write" as const), key: fc.constant("k"), value: texts, previous: seen }),
  fc.record({
    kind: fc.constant("cas" as const),
    key: fc.constant("k"),
    from: texts,
    to: texts,
    succeeded: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("delete" as const), key: fc.constant("k"), deleted: fc.nat(1) }),
);

const histories: fc.Arbitrary<Operation[]> = fc
  .array(fc.tuple(actions, fc.nat(30), fc.nat(12), fc.nat(5)), { minLength: 2, maxLength: 9 })
  .map((drawn) =>
    drawn
      .map(([action, call, length, open], id): Operation => {
        const from = call * 100 + id;
        return { id, client: id, call: from, return: open === 0 ? null : from + length * 100 + 50, action };
      })
      .sort((a, b) => a.call - b.call),
  );

/** The search without lookahead and with all values kept apart. */
function plainly(history: readonly Operation[]): string {
  for (const partition of partitions(history)) {
    const compiled = compile(partition, null, new MemoryShare(new Memory(1e9)));
    const problem = problemOf({ ...compiled, lookahead: () => null, forget: () => (state) => state });
    const { status } = new Search(problem).run(1_000_000);
    if (status.kind === "violation") return `blocked by ${compiled.closed[status.blocked]?.id}`;
    if (status.kind !== "ok") return status.kind;
  }
  return "ok";
}

describe("looking ahead at what reads want", () => {
  it("changes neither the verdict nor the operation that is named", () => {
    const counts = { ok: 0, violation: 0, unproven: 0 };
    fc.assert(
      fc.property(histories, (history) => {
        const verdict = checkLinearizability(history, { initial: null, budget: 1_000_000, witness: [] });
        counts[verdict.kind] += 1;
        expect(verdict.kind === "violation" ? `blocked by ${verdict.violation.blocked.id}` : verdict.kind).toBe(
          plainly(history),
        );
      }),
      { numRuns: 3000 },
    );
    expect(Math.min(counts.ok, counts.violation)).toBeGreaterThan(100);
  });

  it("turns back at once from orders of appends that no read saw", () => {
    // Twelve appends at once, then one read: 12! orders, one of which is right.
    const order = [7, 2, 11, 0, 5, 9, 1, 10, 3, 8, 4, 6];
    const history: Operation[] = order.map((_, id) => {
      return { id, client: id, call: id, return: 100 + id, action: { kind: "append", key: "k", value: `<${id}>` } };
    });
    const value = order.map((id) => `<${id}>`).join("");
    history.push({ id: 12, client: 0, call: 200, return: 201, action: { kind: "read", key: "k", value } });
    const verdict = checkLinearizability(history, { initial: null, budget: 200, witness: [] });
    expect(verdict).toMatchObject({ kind: "ok", orders: [[...order, 12]] });
  });
});

describe("the memory of a check", () => {
  /** Concurrent writes that are all seen, in an order that no search can guess, and then a read that none explains. */
  const hard: Operation[] = [...Array(16).keys()].flatMap((id): Operation[] => [
    { id: id * 2, client: id, call: id, return: 1000 + id, action: { kind: "write", key: "k", value: `${id}` } },
    {
      id: id * 2 + 1,
      client: 100 + id,
      call: 500 + id,
      return: 2000 + id,
      action: { kind: "read", key: "k", value: `${id}` },
    },
  ]);
  hard.push({ id: 99, client: 0, call: 3000, return: 3001, action: { kind: "read", key: "k", value: "never" } });
  hard.sort((a, b) => a.call - b.call);
  const easy: Operation = {
    id: 100,
    client: 1,
    call: 4000,
    return: 4001,
    action: { kind: "read", key: "l", value: null },
  };

  it("ends in unproven, with the other keys decided, where it does not suffice", () => {
    const options = { initial: null, budget: 100_000_000, witness: [], memory: 100_000 };
    const verdict = checkLinearizability([...hard, easy], options);
    expect(verdict).toMatchObject({ kind: "unproven", keys: ["k"] });
    expect(verdict.steps).toBeLessThan(1_000_000);
  });

  it("does not hide what is wrong with another key", () => {
    const wrong: Operation = { ...easy, action: { kind: "read", key: "l", value: "never" } };
    const options = { initial: null, budget: 100_000_000, witness: [], memory: 100_000 };
    expect(checkLinearizability([...hard, wrong], options)).toMatchObject({
      kind: "violation",
      violation: { keys: ["l"], blocked: { id: 100 } },
    });
  });
});
