import { describe, expect, it } from "vitest";
import { compareAndSwap } from "../../kv/compare-and-swap.js";
import { prefixRange } from "../../kv/key-range.js";
import type { KeyValue, KvResponse } from "../../kv/response.js";
import type { ClientOperation } from "../../sim/client-operation.js";
import type { OperationOutcome, OperationRecord } from "../../sim/history.js";
import { checkLinearizability } from "./check.js";
import { kvHistory } from "./kv-history.js";

function kv(key: string, value: string): KeyValue {
  return { key, value, createRevision: 2, modRevision: 2, version: 1, lease: 0 };
}

function record(
  number: number,
  call: number,
  end: number | null,
  body: ClientOperation,
  outcome: OperationOutcome | null,
): OperationRecord {
  return {
    number,
    client: 4,
    body,
    at: null,
    session: 1,
    sequence: number,
    invokeUs: call,
    invokeEvent: call,
    returnUs: end,
    returnEvent: end,
    outcome,
    attempts: 1,
  };
}

function done(result: KvResponse): OperationOutcome {
  return { kind: "result", result };
}

const put = (value: string): ClientOperation => ({ kind: "put", key: "k", value, prevKv: true });
const get = { kind: "range", key: "k" } as const;

function read(revision: number, ...kvs: readonly KeyValue[]): KvResponse {
  return { kind: "range", revision, kvs, count: kvs.length, more: false };
}

const never = (): number => 0;

describe("a run's history", () => {
  it("is not complete where values alone do not tell what changed", () => {
    const txn: ClientOperation = {
      kind: "txn",
      compare: [],
      success: [{ kind: "put", key: "k", value: "a" }],
      failure: [],
    };
    const granted: ClientOperation = { kind: "put", key: "k", value: "a", lease: 7 };
    const counted: ClientOperation = { kind: "range", key: "k", countOnly: true };
    const completeWith = (body: ClientOperation): boolean => kvHistory([record(1, 0, 1, body, null)], never).complete;
    expect([put("a"), txn, granted, counted].map(completeWith)).toEqual([true, false, false, true]);
  });

  it("becomes operations with what clients saw", () => {
    const records = [
      record(1, 0, 1, put("a"), done({ kind: "put", revision: 2, prevKv: null })),
      record(2, 2, 3, get, done(read(2, kv("k", "a")))),
      record(
        3,
        4,
        5,
        compareAndSwap({ key: "k", expected: "x", value: "y" }),
        done({ kind: "txn", revision: 2, succeeded: false, responses: [read(2, kv("k", "a"))] }),
      ),
      record(
        4,
        6,
        7,
        { kind: "delete", ...prefixRange("k") },
        done({ kind: "delete", revision: 3, deleted: 1, prevKvs: [] }),
      ),
      record(5, 8, 9, { kind: "range", ...prefixRange("k") }, done(read(3))),
    ];
    const { operations, witness, unchecked } = kvHistory(records, never);
    expect(operations.map(({ action }) => action)).toEqual([
      { kind: "write", key: "k", value: "a", previous: null },
      { kind: "read", key: "k", value: "a" },
      { kind: "cas", key: "k", from: "x", to: "y", succeeded: false, actual: "a" },
      { kind: "delete-prefix", prefix: "k", deleted: 1 },
      { kind: "read-prefix", prefix: "k", pairs: [] },
    ]);
    expect(witness).toEqual([1, 2, 3, 4, 5]);
    expect(unchecked).toEqual([]);
    expect(checkLinearizability(operations, { initial: null, budget: 0, witness })).toMatchObject({
      kind: "ok",
      steps: 0,
    });
  });

  it("orders by revision, changes before what saw them", () => {
    const records = [
      record(1, 0, 9, get, done(read(3, kv("k", "b")))),
      record(2, 1, 8, put("b"), done({ kind: "put", revision: 3, prevKv: kv("k", "a") })),
      record(3, 2, 7, put("a"), done({ kind: "put", revision: 2, prevKv: null })),
    ];
    const { operations, witness } = kvHistory(records, never);
    expect(witness).toEqual([3, 2, 1]);
    expect(checkLinearizability(operations, { initial: null, budget: 0, witness }).kind).toBe("ok");
  });

  it("takes time-outs and errors after which an attempt may still count as unknown", () => {
    const records = [
      record(1, 0, 1, put("a"), { kind: "timeout" }),
      record(2, 2, 3, put("b"), { kind: "error", error: "not-leader" }),
      record(3, 4, null, put("c"), null),
      record(4, 5, 6, { ...get, key: "" }, { kind: "error", error: "key-empty" }),
      record(5, 7, 8, get, done(read(2, kv("k", "b")))),
    ];
    const { operations, witness } = kvHistory(records, ({ number }) => (number === 2 ? 2 : 0));
    expect(operations.map((operation) => operation.return)).toEqual([null, null, null, 8]);
    expect(witness).toEqual([2, 5]);
    expect(checkLinearizability(operations, { initial: null, budget: 0, witness }).kind).toBe("ok");
  });

  it("leaves out what promises less than linearizability, and says so", () => {
    const stale = done(read(1));
    const records = [
      record(1, 0, 1, put("a"), done({ kind: "put", revision: 2, prevKv: null })),
      record(2, 2, 3, { ...get, serializable: true }, stale),
      record(3, 4, 5, { ...get, revision: 1 }, stale),
      record(4, 6, 7, get, stale),
    ];
    const { operations, witness, unchecked } = kvHistory(records, never);
    expect(unchecked).toEqual([2, 3]);
    const verdict = checkLinearizability(operations, { initial: null, budget: 100, witness });
    expect(verdict).toMatchObject({ kind: "violation", violation: { blocked: { id: 4 } } });
  });
});
