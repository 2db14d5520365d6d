import { describe, expect, it } from "vitest";
import { asCompareAndSwap, compareAndSwap, foundInstead } from "./compare-and-swap.js";
import type { KvRequest, TxnRequest } from "./request.js";
import { KvStateMachine } from "./state-machine.js";

const SWAP = { key: "k", expected: "a", value: "b" };

function apply(machine: KvStateMachine, operation: KvRequest) {
  return machine.apply({ client: 0, sequence: 0, operation }).result;
}

describe("a compare-and-swap", () => {
  it("is a transaction that is recognised again", () => {
    expect(asCompareAndSwap(compareAndSwap(SWAP))).toEqual(SWAP);
  });

  it.each<[string, Partial<TxnRequest>]>([
    ["another compare", { compare: [{ key: "k", target: "version", result: "equal", operand: 0 }] }],
    ["another result", { compare: [{ key: "k", target: "value", result: "less", operand: "a" }] }],
    ["a range", { compare: [{ key: "k", rangeEnd: "l", target: "value", result: "equal", operand: "a" }] }],
    ["another key", { success: [{ kind: "put", key: "l", value: "b" }] }],
    ["a lease", { success: [{ kind: "put", key: "k", value: "b", lease: 1 }] }],
    ["an old read", { failure: [{ kind: "range", key: "k", revision: 2 }] }],
    ["nothing else", { failure: [] }],
  ])("is no transaction with %s", (_what, other) => {
    expect(asCompareAndSwap({ ...compareAndSwap(SWAP), ...other })).toBeNull();
  });

  it("writes if the value is there, and says what is there otherwise", () => {
    const machine = new KvStateMachine();
    const missing = apply(machine, compareAndSwap(SWAP));
    expect(missing).toMatchObject({ kind: "txn", succeeded: false, revision: 1 });
    expect(foundInstead(missing)).toBeNull();
    apply(machine, { kind: "put", key: "k", value: "a" });
    expect(apply(machine, compareAndSwap(SWAP))).toMatchObject({ succeeded: true, revision: 3 });
    expect(foundInstead(apply(machine, compareAndSwap(SWAP)))).toMatchObject({ value: "b", version: 2 });
  });
});
