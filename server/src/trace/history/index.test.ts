import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { outcomeSort, rangesOf, readingOf, sortOf, touches } from "./facts.js";
import { firstWhere } from "./index.js";

describe("what an operation is", () => {
  it("has a sort, keys and a promise", () => {
    const txn = {
      kind: "txn",
      compare: [{ key: "a", target: "value", result: "equal", operand: "1" }],
      success: [{ kind: "put", key: "b", value: "2" }],
      failure: [{ kind: "range", key: "c", rangeEnd: "d" }],
    } as const;
    expect(sortOf(txn)).toBe("txn");
    expect(rangesOf(txn).map(({ key }) => key)).toEqual(["a", "b", "c"]);
    expect(rangesOf(txn, 1)).toHaveLength(1);
    expect(readingOf(txn)).toBeNull();
    expect(touches({ body: txn }, "cc")).toBe(true);
    expect(touches({ body: txn }, "d")).toBe(false);
    expect(readingOf({ kind: "range", key: "a" })).toBe("linearizable");
    expect(readingOf({ kind: "range", key: "a", serializable: true })).toBe("serializable");
    expect(readingOf({ kind: "range", key: "a", revision: 3 })).toBe("revision");
    expect(sortOf({ kind: "status" })).toBe("server");
    expect(sortOf({ kind: "lease-ttl", id: 1, keys: false })).toBe("lease");
    expect(rangesOf({ kind: "status" })).toEqual([]);
  });

  it("has an outcome", () => {
    expect(outcomeSort(null)).toBe("open");
    expect(outcomeSort({ kind: "timeout" })).toBe("unknown");
    expect(outcomeSort({ kind: "error", error: "compacted" })).toBe("error");
    const range = { kind: "range", revision: 1, kvs: [], more: false } as const;
    expect(outcomeSort({ kind: "result", result: { ...range, count: 0 } })).toBe("none");
    expect(outcomeSort({ kind: "result", result: { ...range, count: 2 } })).toBe("ok");
    const txn = { kind: "txn", revision: 1, responses: [] } as const;
    expect(outcomeSort({ kind: "result", result: { ...txn, succeeded: false } })).toBe("failed");
  });
});

describe("the first number for which something holds", () => {
  it("is found by halves", () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(250), (count, from) => {
        expect(firstWhere(count, (at) => at >= from)).toBe(Math.min(count, from));
      }),
    );
  });
});
