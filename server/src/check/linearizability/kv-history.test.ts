import { describe, expect, it } from "vitest";
import { compareAndSwap } from "../../kv/compare-and-swap.js";
import { prefixRange } from "../../kv/key-range.js";
import type { PutRequest, RangeRequest } from "../../kv/request.js";
import type { KeyValue, KvResponse } from "../../kv/response.js";
import { checkLinearizability } from "./check.js";
import type { ClientRecord } from "./client-record.js";
import { kvHistory, type LogEffect, type RunKnowledge } from "./kv-history.js";
import { checkModel } from "./model/check.js";

function kv(key: string, value: string, modRevision = 2): KeyValue {
  return { key, value, createRevision: modRevision, modRevision, version: 1, lease: 0 };
}

type Outcome = ClientRecord["outcome"];

/** Operations one after the other. */
function records(...steps: readonly (readonly [ClientRecord["body"], Outcome])[]): ClientRecord[] {
  return steps.map(([body, outcome], at) => {
    const returnEvent = outcome === null ? null : at * 2 + 1;
    return { number: at + 1, client: 4, body, invokeEvent: at * 2, returnEvent, outcome };
  });
}

function done(result: KvResponse): Outcome {
  return { kind: "result", result };
}

const timeout: Outcome = { kind: "timeout" };
const error = (name: string): Outcome => ({ kind: "error", error: name });

const put = (value: string, key = "k"): PutRequest => ({ kind: "put", key, value });
const get: RangeRequest = { kind: "range", key: "k" };
const written = (revision: number): Outcome => done({ kind: "put", revision, prevKv: null });
const found = (revision: number, ...kvs: readonly KeyValue[]): Outcome =>
  done({ kind: "range", revision, kvs, count: kvs.length, more: false });
const nothing: RunKnowledge = { effectOf: () => null };

/** What the log shows, by the operations' numbers. */
function knowing(effects: Readonly<Record<number, LogEffect>>, complete = false): RunKnowledge {
  return { effectOf: ({ number }) => effects[number] ?? null, complete };
}

describe("a run's history", () => {
  it("becomes what values can say, and what the full model takes", () => {
    const history = kvHistory(
      records(
        [put("a"), written(2)],
        [get, found(2, kv("k", "a"))],
        [
          compareAndSwap({ key: "k", expected: "x", value: "y" }),
          done({
            kind: "txn",
            revision: 2,
            succeeded: false,
            responses: [{ kind: "range", revision: 2, kvs: [kv("k", "a")], count: 1, more: false }],
          }),
        ],
        [{ ...put("b"), prevKv: true }, done({ kind: "put", revision: 3, prevKv: kv("k", "a") })],
        [{ kind: "delete", ...prefixRange("k") }, done({ kind: "delete", revision: 4, deleted: 1, prevKvs: [] })],
        [{ kind: "range", ...prefixRange("k") }, found(4)],
      ),
      nothing,
    );
    expect(history.operations.map(({ action }) => action)).toEqual([
      { kind: "write", key: "k", value: "a" },
      { kind: "read", key: "k", value: "a" },
      { kind: "cas", key: "k", from: "x", to: "y", succeeded: false, actual: "a" },
      { kind: "write", key: "k", value: "b", previous: "a" },
      { kind: "delete-prefix", prefix: "k", deleted: 1 },
      { kind: "read-prefix", prefix: "k", pairs: [] },
    ]);
    const { witness, operations, model } = history;
    expect(witness).toEqual([1, 2, 3, 4, 5, 6]);
    expect(checkLinearizability(operations, { initial: null, budget: 0, witness })).toMatchObject({
      kind: "ok",
      steps: 0,
    });
    expect(checkModel(model, { budget: 0, witness })).toMatchObject({ kind: "ok", steps: 0 });
    expect(history.unchecked).toEqual([]);
  });

  it("orders by revision and position, and reads as soon as what had returned before them", () => {
    const overlapping: ClientRecord[] = [
      { number: 1, client: 1, body: get, invokeEvent: 0, returnEvent: 9, outcome: found(3, kv("k", "b", 3)) },
      { number: 2, client: 2, body: put("b"), invokeEvent: 1, returnEvent: 8, outcome: written(3) },
      { number: 3, client: 3, body: { kind: "delete", key: "k" }, invokeEvent: 2, returnEvent: 7, outcome: timeout },
      {
        number: 4,
        client: 4,
        body: { kind: "compact", revision: 3 },
        invokeEvent: 10,
        returnEvent: 11,
        outcome: timeout,
      },
      {
        number: 5,
        client: 4,
        body: { ...get, revision: 2 },
        invokeEvent: 12,
        returnEvent: 15,
        outcome: error("compacted"),
      },
      { number: 6, client: 5, body: put("a", "other"), invokeEvent: 3, returnEvent: 4, outcome: written(2) },
    ];
    const history = kvHistory(
      overlapping,
      knowing(
        { 4: { position: 9, revision: 3, changed: false }, 3: { position: 3, revision: 2, changed: false } },
        true,
      ),
    );
    expect(history.witness).toEqual([6, 3, 2, 1, 4, 5]);
    expect(history.committed).toEqual(
      new Map([
        [3, 3],
        [4, 9],
      ]),
    );
    const { model, witness, committed, notCommitted } = history;
    expect(checkModel(model, { budget: 0, witness, committed, notCommitted }).kind).toBe("ok");
  });

  it("takes time-outs and errors after which an attempt may still count as unknown", () => {
    const steps = records(
      [put("a"), timeout],
      [put("b"), error("not-leader")],
      [put("c"), null],
      [put("d"), error("no-space")],
      [put("e"), error("request-too-large")],
      [get, error("unavailable")],
      [{ kind: "lease-grant", id: 0, ttl: 5 }, timeout],
      [{ kind: "lease-list" }, { kind: "result", result: { kind: "lease-list" } }],
      [get, found(2, kv("k", "b"))],
    );
    const effects = knowing({ 2: { position: 5, revision: 2, changed: true } });
    const { model, witness, operations, unchecked, notCommitted } = kvHistory(steps, effects);
    expect(model.map((operation) => [operation.id, operation.return])).toEqual([
      [1, null],
      [2, null],
      [3, null],
      [4, null],
      [9, 17],
    ]);
    expect(witness).toEqual([2, 9]);
    expect(unchecked).toEqual([5, 6, 7, 8]);
    expect(notCommitted.size).toBe(0);
    expect(checkLinearizability(operations, { initial: null, budget: 0, witness }).kind).toBe("ok");
    expect(checkModel(model, { budget: 0, witness }).kind).toBe("ok");
    expect(kvHistory(steps, knowing({}, true)).notCommitted).toEqual(new Set([1, 2, 3, 4]));
  });

  it("keeps reads that promise less than linearizability apart", () => {
    const read = { ...get, serializable: true };
    const { model, historic } = kvHistory(
      records(
        [put("a"), written(2)],
        [read, found(1)],
        [
          { kind: "txn", compare: [], success: [read], failure: [] },
          done({
            kind: "txn",
            revision: 1,
            succeeded: true,
            responses: [{ kind: "range", revision: 1, kvs: [], count: 0, more: false }],
          }),
        ],
        [{ ...get, revision: 1 }, found(2)],
        [get, found(1)],
      ),
      { ...nothing, serverOf: () => 3 },
    );
    expect(historic.map(({ id, server }) => [id, server])).toEqual([
      [2, 3],
      [3, 3],
    ]);
    expect(model.map(({ id }) => id)).toEqual([1, 4, 5]);
    expect(checkModel(model, { budget: 1000 })).toMatchObject({ kind: "violation", violation: { blocked: { id: 5 } } });
  });

  it("says with values only what is not touched by anything else", () => {
    const ids = (...steps: readonly (readonly [ClientRecord["body"], Outcome])[]): number[] =>
      kvHistory(records(...steps), nothing).operations.map(({ id }) => id);
    const transaction = { kind: "txn", compare: [], success: [put("x", "a"), put("y", "b")], failure: [] } as const;
    expect(ids([put("1", "a"), timeout], [put("2", "c"), timeout], [transaction, timeout])).toEqual([2]);
    expect(ids([put("1", "a"), timeout], [{ ...put("2", "a"), lease: 7 }, timeout], [put("3", "b"), timeout])).toEqual([
      3,
    ]);
    // Refused for want of the lease, it changed nothing.
    expect(ids([put("1", "a"), timeout], [{ ...put("2", "a"), lease: 7 }, error("lease-not-found")])).toEqual([1]);
    expect(
      ids(
        [put("1", "pa"), timeout],
        [put("2", "b"), timeout],
        [{ ...put("3", "pb"), lease: 7 }, timeout],
        [{ kind: "delete", ...prefixRange("p") }, timeout],
        [{ kind: "range", key: "a", rangeEnd: "\0" }, found(1)],
        [{ kind: "range", key: "b", countOnly: true }, found(1)],
      ),
    ).toEqual([2]);
  });

  it("has what no client sent, and takes the id that a server chose", () => {
    const { model, witness, committed } = kvHistory(
      records(
        [{ kind: "lease-grant", id: 0, ttl: 5 }, done({ kind: "lease-grant", revision: 1, id: 77, ttl: 5 })],
        [{ ...put("a"), lease: 77 }, written(2)],
        [get, found(3)],
      ),
      {
        effectOf: () => null,
        internal: [
          {
            id: -1,
            request: { kind: "lease-revoke", id: 77, expiredInTerm: 2 },
            call: 3.5,
            effect: { position: 8, revision: 3, changed: true },
          },
        ],
      },
    );
    expect(model[0]?.request).toMatchObject({ id: 77 });
    expect(witness).toEqual([1, 2, -1, 3]);
    expect(checkModel(model, { budget: 0, witness, committed }).kind).toBe("ok");
    expect(checkModel(model, { budget: 1000, committed }).kind).toBe("ok");
  });
});
