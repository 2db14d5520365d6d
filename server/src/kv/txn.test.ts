import { describe, expect, it } from "vitest";
import { checkRequest, DEFAULT_LIMITS } from "./check-request.js";
import { FROM_KEY } from "./key-range.js";
import type { Compare, KvRequest, PutRequest, RangeRequest, RequestOp, TxnRequest } from "./request.js";
import { quotaCost } from "./request-size.js";
import type { KvResponse } from "./response.js";
import { KvStateMachine } from "./state-machine.js";
import { isReadOnly, isSerializable, readTxn } from "./txn.js";

function txn(
  success: readonly RequestOp[],
  failure: readonly RequestOp[] = [],
  compare: readonly Compare[] = [],
): TxnRequest {
  return { kind: "txn", compare, success, failure };
}

function put(key: string, value = "", options: Partial<PutRequest> = {}): PutRequest {
  return { kind: "put", key, value, ...options };
}

function remove(key: string, rangeEnd = ""): RequestOp {
  return { kind: "delete", key, rangeEnd };
}

function read(key: string, options: Partial<RangeRequest> = {}): RangeRequest {
  return { kind: "range", key, ...options };
}

function run(machine: KvStateMachine, operation: KvRequest): KvResponse {
  return machine.apply({ client: 0, sequence: 0, operation }).result;
}

function errorOf(response: KvResponse): string | null {
  return response.kind === "error" ? response.error : null;
}

function check(request: KvRequest): string | null {
  return checkRequest(request, DEFAULT_LIMITS);
}

const NEVER: Compare = { key: "none", target: "version", result: "greater", operand: 0 };

describe("a transaction", () => {
  it("makes one revision, and its later operations see the earlier ones", () => {
    const machine = new KvStateMachine();
    const request = txn([read("a"), put("a", "1"), read("a"), remove("a"), read("a")]);
    expect(errorOf(run(machine, request))).toBe("duplicate-key");
    expect(run(machine, txn([read("a"), put("a", "1"), read("a"), put("b", "2", { prevKv: true })]))).toEqual({
      kind: "txn",
      revision: 2,
      succeeded: true,
      responses: [
        { kind: "range", revision: 1, kvs: [], count: 0, more: false },
        { kind: "put", revision: 2, prevKv: null },
        expect.objectContaining({ revision: 2, count: 1 }),
        { kind: "put", revision: 2, prevKv: null },
      ],
    });
    expect(run(machine, txn([remove("none"), read("a")]))).toMatchObject({
      revision: 2,
      responses: [{ revision: 2 }, {}],
    });
    expect(run(machine, txn([]))).toEqual({ kind: "txn", revision: 2, succeeded: true, responses: [] });
  });

  it("chooses all branches, the nested ones too, by the state before it", () => {
    const machine = new KvStateMachine();
    const exists: Compare = { key: "a", target: "version", result: "greater", operand: 0 };
    const response = run(machine, txn([put("a"), txn([put("then")], [put("else")], [exists])]));
    expect(response).toMatchObject({
      revision: 2,
      responses: [{ kind: "put" }, { kind: "txn", revision: 0, succeeded: false, responses: [{ revision: 2 }] }],
    });
    expect(machine.store.entries().map(({ key }) => key)).toEqual(["a", "else"]);
  });

  it("compares a missing key as zeros, but never its value; and every key of a range", () => {
    const machine = new KvStateMachine();
    run(machine, put("p/1", "x"));
    run(machine, put("p/2", "y"));
    const holds = (compare: Compare): boolean => {
      const response = run(machine, txn([], [], [compare]));
      return response.kind === "txn" && response.succeeded;
    };
    const range = { key: "p/", rangeEnd: "p0" };
    const empty = { key: "q/", rangeEnd: "q0" };
    expect(holds({ key: "none", target: "create", result: "equal", operand: 0 })).toBe(true);
    expect(holds({ key: "none", target: "lease", result: "less", operand: 1 })).toBe(true);
    expect(holds({ key: "none", target: "value", result: "not-equal", operand: "x" })).toBe(false);
    expect(holds({ key: "p/1", target: "value", result: "not-equal", operand: "y" })).toBe(true);
    expect(holds({ ...range, target: "value", result: "less", operand: "z" })).toBe(true);
    expect(holds({ ...range, target: "value", result: "equal", operand: "x" })).toBe(false);
    expect(holds({ ...range, target: "mod", result: "greater", operand: 1 })).toBe(true);
    expect(holds({ ...empty, target: "version", result: "equal", operand: 0 })).toBe(true);
    expect(holds({ ...empty, target: "value", result: "not-equal", operand: "x" })).toBe(false);
  });

  it("fails as a whole, and only for the branch that was chosen", () => {
    const machine = new KvStateMachine();
    run(machine, put("k", "1"));
    run(machine, put("k", "2"));
    run(machine, { kind: "compact", revision: 2 });
    const bad: [RequestOp, string][] = [
      [put("b", "", { lease: 5 }), "lease-not-found"],
      [put("b", "", { ignoreValue: true }), "key-not-found"],
      [put("b", "", { ignoreLease: true }), "key-not-found"],
      [read("k", { revision: 4 }), "future-revision"],
      [read("k", { revision: 1 }), "compacted"],
      [read("k", { revision: -1 }), "compacted"],
    ];
    for (const [op, error] of bad) {
      expect(errorOf(run(machine, txn([put("a"), txn([op])])))).toBe(error);
      expect(errorOf(run(machine, txn([put("a"), op])))).toBe(error);
      expect(errorOf(run(machine, txn([op], [], [NEVER])))).toBeNull();
    }
    expect(machine.store.revision).toBe(3);
    expect(machine.store.get("a")).toBeNull();
  });

  it("checks a put's pair before its lease, where a put alone checks the lease first", () => {
    const machine = new KvStateMachine();
    const request = put("b", "", { lease: 5, ignoreValue: true });
    expect(errorOf(run(machine, request))).toBe("lease-not-found");
    expect(errorOf(run(machine, txn([request])))).toBe("key-not-found");
  });

  it("lets a put stand beside an open-ended deletion, and both run in order", () => {
    const machine = new KvStateMachine();
    run(machine, put("k", "1"));
    const operation = txn([remove("a", FROM_KEY), put("k", "2")]);
    const { events } = machine.apply({ client: 0, sequence: 0, operation });
    expect(events.map(({ type, kv, previous }) => [type, kv.version, previous?.value])).toEqual([
      ["delete", 0, "1"],
      ["put", 1, undefined],
    ]);
    const other = txn([put("k", "3"), remove("a", FROM_KEY)]);
    const second = machine.apply({ client: 0, sequence: 0, operation: other }).events;
    // Both of one revision: the previous pair is that of the revision before.
    expect(second.map(({ type, previous }) => [type, previous?.value])).toEqual([
      ["put", "2"],
      ["delete", "2"],
    ]);
    expect(machine.store.size).toBe(0);
  });

  it("refuses a put that needs what the same transaction deletes, where etcd's server would stop", () => {
    const machine = new KvStateMachine();
    run(machine, put("k", "1"));
    expect(errorOf(run(machine, txn([remove("a", FROM_KEY), put("k", "", { ignoreValue: true })])))).toBe(
      "key-not-found",
    );
    expect(errorOf(run(machine, txn([put("k", "", { ignoreValue: true }), remove("a", FROM_KEY)])))).toBeNull();
  });

  it("can be read without the log when it only reads", () => {
    const machine = new KvStateMachine();
    run(machine, put("k", "1"));
    const request = txn([read("k"), read("none")], [read("k")], [{ ...NEVER, result: "equal" }]);
    expect(isReadOnly(request)).toBe(true);
    expect(isSerializable(request)).toBe(false);
    expect(readTxn(machine.store, request)).toEqual(run(machine, request));
    expect(isSerializable(txn([read("k", { serializable: true })], [], [NEVER]))).toBe(true);
    expect(isSerializable(txn([], [], [NEVER]))).toBe(true);
    expect(isReadOnly(txn([], [put("k")]))).toBe(false);
    expect(isReadOnly(txn([txn([read("k")])]))).toBe(false);
    expect(errorOf(readTxn(machine.store, txn([put("k", "2")])))).toBe("unimplemented");
  });
});

describe("a put", () => {
  it("keeps the value or the lease where it is to ignore them, and counts as a change", () => {
    const machine = new KvStateMachine();
    run(machine, { kind: "lease-grant", id: 1, ttl: 10 });
    run(machine, put("k", "v", { lease: 1 }));
    expect(run(machine, put("k", "", { ignoreValue: true, prevKv: true }))).toMatchObject({ prevKv: { lease: 1 } });
    expect(machine.store.get("k")).toMatchObject({ value: "v", lease: 0, version: 2 });
    expect(machine.leases.keysOf(1)).toEqual([]);
    run(machine, put("k", "v", { lease: 1 }));
    run(machine, put("k", "w", { ignoreLease: true }));
    expect(machine.store.get("k")).toMatchObject({ value: "w", lease: 1, version: 4, modRevision: 5 });
    expect(machine.leases.keysOf(1)).toEqual(["k"]);
  });
});

describe("the check of a request's form", () => {
  it("refuses what etcd refuses, in its order", () => {
    expect(check(put(""))).toBe("key-empty");
    expect(check(put("", "v", { ignoreValue: true }))).toBe("key-empty");
    expect(check(put("k", "v", { ignoreValue: true, ignoreLease: true, lease: 1 }))).toBe("value-provided");
    expect(check(put("k", "", { ignoreValue: true, ignoreLease: true, lease: 1 }))).toBe("lease-provided");
    expect(check(read(""))).toBe("key-empty");
    expect(check({ kind: "delete", key: "", rangeEnd: FROM_KEY })).toBe("key-empty");
    expect(check(txn([], [put("")]))).toBe("key-empty");
    expect(check(txn([null]))).toBe("key-not-found");
    expect(check(txn([], [txn([], [null])]))).toBe("key-not-found");
    expect(check(txn([], [], [{ ...NEVER, key: "" }]))).toBe("key-empty");
    expect(check({ kind: "compact", revision: 0 })).toBeNull();
  });

  it("counts operations per branch, and a nested transaction's against what its parent left", () => {
    const many = (count: number): RequestOp[] => Array.from({ length: count }, () => read("k"));
    expect(check(txn(many(128), many(128)))).toBeNull();
    expect(check(txn(many(129)))).toBe("too-many-operations");
    expect(
      check(
        txn(
          [],
          [],
          Array.from({ length: 129 }, () => NEVER),
        ),
      ),
    ).toBe("too-many-operations");
    expect(check(txn([txn(many(28)), ...many(99)]))).toBeNull();
    expect(check(txn([txn(many(29)), ...many(99)]))).toBe("too-many-operations");
    expect(checkRequest(txn(many(3)), { ...DEFAULT_LIMITS, maxTxnOps: 2 })).toBe("too-many-operations");
  });

  it("refuses a key put twice, or put and deleted, by operations that may run together", () => {
    const duplicates = [
      txn([put("k"), put("k")]),
      txn([], [put("k"), remove("k")]),
      txn([put("k"), remove("a", "z")]),
      txn([put("k"), txn([put("k")])]),
      txn([txn([], [put("k")]), txn([put("k")])]),
      txn([txn([remove("k")]), put("k")]),
      txn([remove("a", "z"), txn([], [txn([put("k")])])]),
    ];
    for (const request of duplicates) expect(check(request)).toBe("duplicate-key");
    const fine = [
      txn([put("k")], [put("k")]),
      txn([txn([put("k")], [put("k")])]),
      txn([remove("k"), remove("k"), remove("a", "z")]),
      txn([put("k"), remove("k", FROM_KEY)]),
      txn([put("k"), remove("a", "k")]),
      txn([txn([put("k")], [remove("k")])]),
    ];
    for (const request of fine) expect(check(request)).toBeNull();
  });

  it("refuses requests above the limit of bytes", () => {
    expect(check(put("k", "x".repeat(1_500_000)))).toBeNull();
    expect(check(put("k", "x".repeat(1_572_864)))).toBe("request-too-large");
    expect(check(put("k", "é".repeat(790_000)))).toBe("request-too-large");
    expect(check(txn([put("k", "x".repeat(800_000)), put("l", "x".repeat(800_000))]))).toBe("request-too-large");
    expect(checkRequest(put("k", "éé"), { ...DEFAULT_LIMITS, maxRequestBytes: 4 })).toBe("request-too-large");
  });

  it("reckons what a request takes of the quota as etcd does", () => {
    expect(quotaCost(put("k", "éé"))).toBe(256 + 5);
    expect(quotaCost(txn([put("k")], [put("k"), put("l"), read("k")]))).toBe(2 * 257);
    expect(quotaCost({ kind: "lease-grant", id: 1, ttl: 1 })).toBe(64);
    expect(quotaCost({ kind: "delete", key: "k" })).toBe(0);
  });
});
