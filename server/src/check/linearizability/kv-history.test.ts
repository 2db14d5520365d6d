import { describe, expect, it } from "vitest";
import type { KeyValue, KvResult } from "../../kv/contract.js";
import type { OperationOutcome, OperationRecord } from "../../sim/history.js";
import type { ClientOperation } from "../../sim/message.js";
import { checkLinearizability } from "./check.js";
import { kvHistory } from "./kv-history.js";

function kv(key: string, value: string): KeyValue {
  return { key, value, createRevision: 2, modRevision: 2, version: 1 };
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

function done(result: KvResult): OperationOutcome {
  return { kind: "result", result };
}

const put = (value: string): ClientOperation => ({ kind: "put", key: "k", value });
const get: ClientOperation = { kind: "get", key: "k", prefix: false, revision: 0, serializable: false };
const never = (): number => 0;

describe("a run's history", () => {
  it("becomes operations with what clients saw", () => {
    const records = [
      record(1, 0, 1, put("a"), done({ kind: "put", revision: 2, previous: null })),
      record(2, 2, 3, get, done({ kind: "get", revision: 2, kvs: [kv("k", "a")] })),
      record(
        3,
        4,
        5,
        { kind: "cas", key: "k", expected: "x", value: "y" },
        done({ kind: "cas", revision: 2, succeeded: false, actual: kv("k", "a") }),
      ),
      record(4, 6, 7, { kind: "delete", key: "k", prefix: true }, done({ kind: "delete", revision: 3, deleted: 1 })),
      record(5, 8, 9, { ...get, key: "k", prefix: true }, done({ kind: "get", revision: 3, kvs: [] })),
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
      record(1, 0, 9, get, done({ kind: "get", revision: 3, kvs: [kv("k", "b")] })),
      record(2, 1, 8, put("b"), done({ kind: "put", revision: 3, previous: kv("k", "a") })),
      record(3, 2, 7, put("a"), done({ kind: "put", revision: 2, previous: null })),
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
      record(5, 7, 8, get, done({ kind: "get", revision: 2, kvs: [kv("k", "b")] })),
    ];
    const { operations, witness } = kvHistory(records, ({ number }) => (number === 2 ? 2 : 0));
    expect(operations.map((operation) => operation.return)).toEqual([null, null, null, 8]);
    expect(witness).toEqual([2, 5]);
    expect(checkLinearizability(operations, { initial: null, budget: 0, witness }).kind).toBe("ok");
  });

  it("leaves out what promises less than linearizability, and says so", () => {
    const stale = done({ kind: "get", revision: 1, kvs: [] });
    const records = [
      record(1, 0, 1, put("a"), done({ kind: "put", revision: 2, previous: null })),
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
