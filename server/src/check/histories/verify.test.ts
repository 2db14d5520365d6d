import { describe, expect, it } from "vitest";
import type { RecordedHistory } from "./history.js";
import { readHistory } from "./read.js";
import { type HistoryVerdict, verifyHistory } from "./verify.js";

function historyOf(model: string, operations: readonly object[]): RecordedHistory {
  const result = readHistory(JSON.stringify({ format: "raftlab-history/1", model, operations }));
  if (result.kind !== "history") throw new Error(JSON.stringify(result));
  return result.history;
}

function verify(model: string, operations: readonly object[], budget = 100_000): HistoryVerdict {
  return verifyHistory(historyOf(model, operations), { budget });
}

const at = (call: number, end: number | null) => ({ client: `c${call}`, call, return: end });
const kv = (key: string, value: string) => ({ key, value });

describe("verdicts on recorded histories", () => {
  it("are given key by key", () => {
    const verdict = verify("kv", [
      { ...at(1, 2), op: "write", key: "a", value: "1" },
      { ...at(3, 4), op: "write", key: "b", value: "1" },
      { ...at(5, 6), op: "read", key: "a", response: "1" },
      { ...at(7, 8), op: "read", key: "b", response: null },
    ]);
    expect(verdict.kind).toBe("not-linearizable");
    expect(verdict.parts).toMatchObject([
      { keys: ["a"], operations: [0, 2], verdict: { kind: "linearizable", order: [0, 2] } },
      { keys: ["b"], operations: [1, 3], verdict: { kind: "not-linearizable", impossible: 3, counterexample: [1, 3] } },
    ]);
  });

  it("take calls and returns of one instant as concurrent", () => {
    const write = { ...at(1, 5), op: "write", value: "1" };
    expect(verify("register", [write, { ...at(5, 6), op: "read", response: null }]).kind).toBe("linearizable");
    expect(verify("register", [write, { ...at(6, 7), op: "read", response: null }]).kind).toBe("not-linearizable");
  });

  it("let an operation with an error take effect late, or never", () => {
    const write = { ...at(1, 2), op: "write", value: "1", error: "timeout" };
    const reads = (...responses: (string | null)[]) =>
      responses.map((response, n) => ({ ...at(3 + 2 * n, 4 + 2 * n), op: "read", response }));
    expect(verify("register", [write, ...reads(null, null)]).kind).toBe("linearizable");
    expect(verify("register", [write, ...reads(null, "1")]).kind).toBe("linearizable");
    expect(verify("register", [write, ...reads("1", null)]).kind).toBe("not-linearizable");
  });

  it("are unproven where the budget is too small", () => {
    const verdict = verify("register", [{ ...at(1, 2), op: "write", value: "1" }], 0);
    expect(verdict).toMatchObject({ kind: "unproven", parts: [{ verdict: { reason: "undecided after 0 steps" } }] });
  });

  it("of etcd look at values, as far as these tell", () => {
    const put = { ...at(1, 2), op: "put", key: "a/1", value: "x", response: { revision: 2 } };
    const list = (kvs: readonly object[]) => {
      return { ...at(3, 4), op: "range", key: "a/", rangeEnd: "a0", response: { revision: 2, kvs } };
    };
    expect(verify("etcd", [put, list([kv("a/1", "x")])]).kind).toBe("linearizable");
    expect(verify("etcd", [put, list([])]).kind).toBe("not-linearizable");
    const swap = (succeeded: boolean) => ({
      ...at(5, 6),
      op: "txn",
      compare: [{ key: "a/1", target: "value", operand: "x" }],
      success: [{ op: "put", key: "a/1", value: "y" }],
      failure: [{ op: "range", key: "a/1" }],
      response: { succeeded, responses: [succeeded ? {} : { kvs: [kv("a/1", "x")] }] },
    });
    expect(verify("etcd", [put, swap(true)]).kind).toBe("linearizable");
    expect(verify("etcd", [put, swap(false)]).kind).toBe("not-linearizable");
    const refused = { ...at(3, 4), op: "delete", key: "a/1", error: "key-empty" };
    const gone = { ...at(5, 6), op: "range", key: "a/1", response: { kvs: [] } };
    expect(verify("etcd", [put, refused, gone]).kind).toBe("not-linearizable");
    expect(verify("etcd", [put, { ...refused, error: "leader-changed" }, gone]).kind).toBe("linearizable");
  });

  it("of etcd look at the whole model where answers have revisions: a put at the wrong one, a lease that was never granted", () => {
    const put = (revision: number, more: object = {}): object => {
      return { ...at(1, 2), op: "put", key: "k", value: "x", ...more, response: { revision } };
    };
    expect(verify("etcd", [put(2)]).kind).toBe("linearizable");
    expect(verify("etcd", [put(3)]).kind).toBe("not-linearizable");
    expect(verify("etcd", [put(2, { lease: 5 })]).kind).toBe("not-linearizable");
    const grant = { ...at(-1, 0), op: "lease-grant", id: 5, ttl: 5, response: { revision: 1, id: 5, ttl: 5 } };
    expect(verify("etcd", [grant, put(2, { lease: 5 })]).kind).toBe("linearizable");
  });

  it("of etcd are unproven where revisions are needed and missing, and say of what they do not speak", () => {
    const put = { ...at(1, 2), op: "put", key: "k", value: "x", lease: 5, response: {} };
    expect(verify("etcd", [put])).toMatchObject({
      kind: "unproven",
      parts: [{ verdict: { reason: expect.stringContaining("not every answer has them") } }],
    });
    const stale = { ...at(3, 4), op: "range", key: "k", serializable: true, response: { kvs: [kv("k", "never")] } };
    const verdict = verify("etcd", [stale]);
    expect(verdict.kind).toBe("linearizable");
    expect(verdict.reservations.join(" ")).toMatch(/Serializable reads \(1\)/);
  });
});
