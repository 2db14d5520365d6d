import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkLinearizability, type Linearizability } from "./check.js";
import { minimise } from "./minimise.js";
import type { Action, Operation } from "./operation.js";

const OPTIONS = { initial: null, budget: 1_000_000, witness: [] };

function check(history: readonly Operation[], witness: readonly number[] = []): Linearizability {
  return checkLinearizability(history, { ...OPTIONS, witness });
}

/** Operations from a drawing: each line is one operation, `[` its call and `]` its return; without a return it is open. */
function history(...lines: readonly (readonly [string, Action])[]): Operation[] {
  const operations = lines.map(([drawing, action], id) => {
    const end = drawing.indexOf("]");
    return { id, client: id, call: drawing.indexOf("[") * 100 + id, return: end < 0 ? null : end * 100 + id, action };
  });
  return operations.sort((a, b) => a.call - b.call);
}

const write = (value: string, key = "k"): Action => ({ kind: "write", key, value });
const read = (value: string | null, key = "k"): Action => ({ kind: "read", key, value });
const cas = (from: string, to: string, succeeded: boolean): Action => ({ kind: "cas", key: "k", from, to, succeeded });

/** What one action does to a plain map; `null` when the result seen is impossible. The specification. */
function specification(state: ReadonlyMap<string, string>, action: Action, open: boolean): Map<string, string> | null {
  const next = new Map(state);
  switch (action.kind) {
    case "read":
      return same(state.get(action.key), action.value) ? next : null;
    case "read-prefix":
      return JSON.stringify(pairsUnder(state, action.prefix)) === JSON.stringify([...action.pairs].sort())
        ? next
        : null;
    case "write": {
      const found = state.get(action.key) ?? null;
      const { previous = found } = action;
      return open || previous === found ? next.set(action.key, action.value) : null;
    }
    case "append":
      return next.set(action.key, (state.get(action.key) ?? "") + action.value);
    case "cas": {
      const found = state.get(action.key) ?? null;
      const holds = found === action.from;
      const { succeeded = holds, actual = found } = action;
      if (!open && (succeeded !== holds || actual !== found)) return null;
      return holds ? next.set(action.key, action.to) : next;
    }
    case "delete": {
      const existed = next.delete(action.key);
      return !open && action.deleted !== undefined && action.deleted !== Number(existed) ? null : next;
    }
    case "delete-prefix": {
      const gone = pairsUnder(state, action.prefix);
      for (const [key] of gone) next.delete(key);
      return !open && action.deleted !== undefined && action.deleted !== gone.length ? null : next;
    }
  }
}

function same(found: string | undefined, seen: string | null): boolean {
  return (found ?? null) === seen;
}

function pairsUnder(state: ReadonlyMap<string, string>, prefix: string): [string, string][] {
  return [...state].filter(([key]) => key.startsWith(prefix)).sort();
}

/** Tries all orders of the operations, of which those that returned up to `until` must be in it. */
function bruteForce(
  left: readonly Operation[],
  until = Number.POSITIVE_INFINITY,
  state = new Map<string, string>(),
): boolean {
  const firstReturn = Math.min(...left.map((operation) => operation.return ?? Number.POSITIVE_INFINITY));
  if (firstReturn === Number.POSITIVE_INFINITY || firstReturn > until) return true;
  return left.some((operation) => {
    if (operation.call > firstReturn) return false;
    const next = specification(state, operation.action, operation.return === null);
    const rest = left.filter((other) => other !== operation);
    return next !== null && bruteForce(rest, until, next);
  });
}

const keys = fc.constantFrom("a", "ab", "b");
const values = fc.constantFrom("0", "1");
const seenValues = fc.constantFrom("0", "1", "00", "01", null);
const pair = fc.tuple(keys, values);
const actions: fc.Arbitrary<Action> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("read" as const), key: keys, value: seenValues }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("write" as const), key: keys, value: values }) },
  fc.record({ kind: fc.constant("write" as const), key: keys, value: values, previous: seenValues }),
  fc.record({ kind: fc.constant("append" as const), key: keys, value: values }),
  fc.record({ kind: fc.constant("cas" as const), key: keys, from: values, to: values, succeeded: fc.boolean() }),
  fc.record({
    kind: fc.constant("cas" as const),
    key: keys,
    from: values,
    to: values,
    succeeded: fc.constant(false),
    actual: seenValues,
  }),
  fc.record({ kind: fc.constant("delete" as const), key: keys, deleted: fc.nat(1) }),
  fc.record({
    kind: fc.constant("read-prefix" as const),
    prefix: fc.constantFrom("a", "ab", "c"),
    pairs: fc.uniqueArray(pair, { maxLength: 2, selector: ([key]) => key }),
  }),
  fc.record({ kind: fc.constant("delete-prefix" as const), prefix: fc.constantFrom("a", "c"), deleted: fc.nat(2) }),
);

function placed(count: number): fc.Arbitrary<{ call: number; return: number | null }[]> {
  return fc
    .tuple(
      fc.shuffledSubarray([...Array(count * 2).keys()], { minLength: count * 2, maxLength: count * 2 }),
      fc.array(fc.nat(3), { minLength: count, maxLength: count }),
    )
    .map(([positions, open]) =>
      [...Array(count).keys()].map((at) => {
        const [a = 0, b = 0] = [positions[at * 2], positions[at * 2 + 1]];
        return { call: Math.min(a, b), return: open[at] === 0 ? null : Math.max(a, b) };
      }),
    );
}

const histories: fc.Arbitrary<Operation[]> = fc
  .array(actions, { minLength: 1, maxLength: 7 })
  .chain((list) => placed(list.length).map((places) => ({ list, places })))
  .map(({ list, places }) =>
    list
      .map((action, id) => ({
        id,
        client: id,
        action,
        call: places[id]?.call ?? 0,
        return: places[id]?.return ?? null,
      }))
      .sort((a, b) => a.call - b.call),
  );

describe("linearizability", () => {
  it("lets overlapping operations take effect in any order, and others only in theirs", () => {
    expect(check(history(["[   ]", write("1")], [" [ ]", read(null)])).kind).toBe("ok");
    expect(check(history(["[   ]", write("1")], [" [ ]", read("1")])).kind).toBe("ok");
    expect(check(history(["[]", write("1")], ["  []", read(null)])).kind).toBe("violation");
    expect(check(history(["[]", write("1")], ["  []", write("2")], ["    []", read("1")])).kind).toBe("violation");
  });

  it("finds that a value seen once was not there a moment later", () => {
    const verdict = check(history(["[         ]", write("1")], [" []", read("1")], ["   []", read(null)]));
    if (verdict.kind !== "violation") throw new Error(verdict.kind);
    expect(verdict.violation).toMatchObject({ keys: ["k"], blocked: { id: 2 } });
  });

  it("lets an operation of unknown outcome take effect late, or never", () => {
    const open: readonly [string, Action] = ["[", write("1")];
    expect(check(history(open, ["  []", read(null)], ["     []", read("1")])).kind).toBe("ok");
    expect(check(history(open, ["  []", read(null)])).kind).toBe("ok");
    expect(check(history(open, ["  []", read("1")], ["     []", read(null)])).kind).toBe("violation");
    expect(check(history(open, ["  []", write("2")], ["     []", read("1")], ["       []", read("2")])).kind).toBe(
      "violation",
    );
    expect(check(history(open, ["[", cas("1", "3", true)], ["  []", read("3")])).kind).toBe("ok");
    expect(check(history(["  [", write("1")], ["[]", read("1")])).kind).toBe("violation");
  });

  it("checks the answers of compare-and-set and delete", () => {
    expect(check(history(["[]", cas("", "1", true)])).kind).toBe("violation");
    expect(check(history(["[]", write("1")], ["  []", cas("1", "2", true)], ["    []", read("2")])).kind).toBe("ok");
    expect(check(history(["[]", write("1")], ["  []", cas("1", "2", false)])).kind).toBe("violation");
    expect(check(history(["[]", { kind: "delete", key: "k", deleted: 1 }])).kind).toBe("violation");
  });

  it("checks keys apart unless a prefix joins them", () => {
    const lines: (readonly [string, Action])[] = [
      ["[         ]", write("1", "p/a")],
      [" [      ]", write("1", "p/b")],
      ["   []", { kind: "read-prefix", prefix: "p/", pairs: [["p/a", "1"]] }],
      ["      []", { kind: "read-prefix", prefix: "p/", pairs: [["p/b", "1"]] }],
    ];
    const verdict = check(history(...lines));
    expect(verdict).toMatchObject({ kind: "violation", violation: { keys: ["p/a", "p/b"], blocked: { id: 3 } } });
    expect(check(history(...lines.slice(0, 3))).kind).toBe("ok");
    expect(check(history(["[]", { kind: "read-prefix", prefix: "x", pairs: [] }])).kind).toBe("ok");
    expect(check(history(["[]", { kind: "delete-prefix", prefix: "x", deleted: 1 }])).kind).toBe("violation");
  });

  it("agrees with trying all orders", () => {
    const counts = { ok: 0, violation: 0 };
    fc.assert(
      fc.property(histories, (operations) => {
        const expected = bruteForce(operations) ? "ok" : "violation";
        counts[expected] += 1;
        const verdict = check(operations);
        expect(verdict.kind).toBe(expected);
        if (verdict.kind === "violation") {
          const small = minimise(verdict.violation, OPTIONS);
          expect(bruteForce(small)).toBe(false);
        }
      }),
      { numRuns: 1000 },
    );
    expect(Math.min(counts.ok, counts.violation)).toBeGreaterThan(100);
  });

  it("names the operation up to which everything can be explained", () => {
    fc.assert(
      fc.property(histories, (operations) => {
        const verdict = check(operations);
        if (verdict.kind !== "violation") return;
        const end = verdict.violation.blocked.return ?? 0;
        expect(bruteForce(verdict.violation.history, end)).toBe(false);
        expect(bruteForce(verdict.violation.history, end - 1)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});

/** A correct history of `count` operations by several clients at once, with the order in which they took effect. */
function correct(draws: readonly number[]): { operations: Operation[]; order: number[] } {
  let state = new Map<string, string>();
  const operations: Operation[] = [];
  const order: number[] = [];
  const running: { id: number; client: number; call: number }[] = [];
  let time = 0;
  for (const draw of draws) {
    time += 1;
    if (running.length < 5 && draw % 2 === 0) {
      running.push({ id: operations.length + running.length, client: running.length, call: time });
      continue;
    }
    const [started] = running.splice(draw % Math.max(1, running.length), 1);
    if (started === undefined) continue;
    const key = `k${draw % 3}`;
    const value = `${time}`;
    const old = state.get(key) ?? null;
    const choices: Action[] = [
      { kind: "read", key, value: old },
      { kind: "write", key, value, previous: old },
      { kind: "cas", key, from: old ?? "", to: value, succeeded: old !== null },
      { kind: "delete", key, deleted: old === null ? 0 : 1 },
    ];
    const action = choices[(draw >> 3) % choices.length];
    if (action === undefined) continue;
    state = specification(state, action, false) ?? state;
    const id = time;
    order.push(id);
    // Every seventh answer is lost.
    operations.push({ id, client: started.client, call: started.call, return: draw % 7 === 0 ? null : time, action });
  }
  return { operations: operations.sort((a, b) => a.call - b.call), order };
}

describe("long histories", () => {
  const draws = fc.array(fc.nat(1_000_000), { minLength: 200, maxLength: 600 });

  it("of a correct store pass by search, and by their order in no steps", () => {
    fc.assert(
      fc.property(draws, (list) => {
        const { operations, order } = correct(list);
        expect(check(operations).kind).toBe("ok");
        expect(check(operations, order)).toMatchObject({ kind: "ok", steps: 0 });
      }),
      { numRuns: 20 },
    );
  });

  it("with one read changed to what nobody wrote fail at that read", () => {
    fc.assert(
      fc.property(draws, fc.nat(), (list, pick) => {
        const { operations, order } = correct(list);
        const reads = operations.filter(({ action, return: end }) => action.kind === "read" && end !== null);
        const victim = reads[pick % Math.max(1, reads.length)];
        if (victim === undefined || victim.action.kind !== "read") return;
        const { key } = victim.action;
        const mutated = operations.map((operation) =>
          operation === victim ? { ...operation, action: { kind: "read" as const, key, value: "never" } } : operation,
        );
        const verdict = check(mutated, order);
        if (verdict.kind !== "violation") throw new Error(verdict.kind);
        expect(verdict.violation).toMatchObject({ keys: [key], blocked: { id: victim.id } });
        expect(minimise(verdict.violation, OPTIONS).map(({ id }) => id)).toEqual([victim.id]);
      }),
      { numRuns: 20 },
    );
  });

  it("are unproven, not wrong, when the budget is too small", () => {
    const { operations } = correct([...Array(400).keys()].map((n) => n * 7919));
    const verdict = checkLinearizability(operations, { ...OPTIONS, budget: 5 });
    expect(verdict.kind).toBe("unproven");
  });

  it("do not believe a wrong order", () => {
    const { operations, order } = correct([...Array(400).keys()].map((n) => n * 7919));
    const verdict = check(operations, [...order].reverse());
    expect(verdict.kind).toBe("ok");
    expect(verdict.steps).toBeGreaterThan(0);
  });
});
