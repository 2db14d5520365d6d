import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Command } from "./command.js";
import { compareAndSwap } from "./compare-and-swap.js";
import type { KvRequest } from "./request.js";
import type { KvResponse } from "./response.js";
import { KvStateMachine } from "./state-machine.js";

function put(client: number, sequence: number, value: string): Command {
  return { client, sequence, operation: { kind: "put", key: "k", value } };
}

function answers(machine: KvStateMachine, ...requests: readonly KvRequest[]): readonly KvResponse[] {
  return requests.map((operation) => machine.apply({ client: 0, sequence: 0, operation }).result);
}

describe("the state machine's sessions", () => {
  it("answer a repeated request and change nothing", () => {
    const machine = new KvStateMachine({ sessions: true });
    const first = machine.apply(put(1, 1, "a"));
    expect(first).toMatchObject({ duplicate: false, result: { kind: "put", revision: 2, prevKv: null } });
    expect(first.events).toHaveLength(1);
    machine.apply(put(2, 1, "b"));
    expect(machine.apply(put(1, 1, "a"))).toMatchObject({ duplicate: true, result: first.result, events: [] });
    expect(machine.store.get("k")?.value).toBe("b");
    expect(machine.store.revision).toBe(3);
  });

  it("do not execute a request older than the client's newest", () => {
    const machine = new KvStateMachine({ sessions: true });
    machine.apply(put(1, 2, "new"));
    expect(machine.apply(put(1, 1, "old"))).toMatchObject({
      duplicate: true,
      result: { kind: "error", revision: 2, error: "request-superseded" },
      events: [],
    });
    expect(machine.store.get("k")?.value).toBe("new");
  });

  it("execute a repeated request again when they are off", () => {
    const machine = new KvStateMachine();
    machine.apply(put(1, 1, "a"));
    machine.apply(put(2, 1, "b"));
    expect(machine.apply(put(1, 1, "a")).duplicate).toBe(false);
    expect(machine.store.get("k")).toMatchObject({ value: "a", version: 3 });
  });

  it("execute every entry that belongs to no client", () => {
    const machine = new KvStateMachine({ sessions: true });
    machine.apply(put(0, 0, "a"));
    expect(machine.apply(put(0, 0, "b")).duplicate).toBe(false);
    expect(machine.store.get("k")?.value).toBe("b");
  });

  it("remember the answers of reads and of failed writes too", () => {
    const machine = new KvStateMachine({ sessions: true });
    const read: Command = { client: 1, sequence: 1, operation: { kind: "range", key: "k" } };
    const cas: Command = {
      client: 2,
      sequence: 1,
      operation: compareAndSwap({ key: "k", expected: "", value: "x" }),
    };
    expect(machine.apply(read)).toMatchObject({ duplicate: false, result: { revision: 1, kvs: [] }, events: [] });
    expect(machine.apply(cas).result).toMatchObject({ succeeded: false });
    machine.apply(put(3, 1, ""));
    expect(machine.apply(read)).toMatchObject({ duplicate: true, result: { kvs: [] } });
    expect(machine.apply(cas)).toMatchObject({ duplicate: true, result: { succeeded: false } });
  });

  it("are cloned independently", () => {
    const command = fc.record({ client: fc.integer({ min: 1, max: 3 }), sequence: fc.integer({ min: 1, max: 4 }) });
    fc.assert(
      fc.property(fc.array(command), fc.array(command), fc.array(command), (before, left, right) => {
        const run = (machine: KvStateMachine, commands: typeof before): unknown[] =>
          commands.map(({ client, sequence }) => machine.apply(put(client, sequence, `${client}.${sequence}`)).result);
        const original = new KvStateMachine({ sessions: true });
        run(original, before);
        const copy = original.clone();
        const straight = new KvStateMachine({ sessions: true });
        run(straight, before);
        expect(run(original, left)).toEqual(run(straight, left));
        const other = new KvStateMachine({ sessions: true });
        run(other, before);
        expect(run(copy, right)).toEqual(run(other, right));
        expect(copy.store.entries()).toEqual(other.store.entries());
      }),
    );
  });
});

describe("the state machine's leases", () => {
  it("raises short TTLs, refuses ids that are taken or none, and TTLs that are too large", () => {
    const machine = new KvStateMachine({ minLeaseTtl: 3 });
    expect(
      answers(
        machine,
        { kind: "lease-grant", id: 5, ttl: -1 },
        { kind: "lease-grant", id: 5, ttl: 10 },
        { kind: "lease-grant", id: 0, ttl: 10 },
        { kind: "lease-grant", id: 6, ttl: 9_000_000_001 },
        { kind: "lease-grant", id: 6, ttl: 9_000_000_000 },
      ),
    ).toEqual([
      { kind: "lease-grant", revision: 1, id: 5, ttl: 3 },
      { kind: "error", revision: 1, error: "lease-exists" },
      { kind: "error", revision: 1, error: "lease-not-found" },
      { kind: "error", revision: 1, error: "lease-ttl-too-large" },
      { kind: "lease-grant", revision: 1, id: 6, ttl: 9_000_000_000 },
    ]);
    expect(machine.leases.list().map(({ id }) => id)).toEqual([5, 6]);
  });

  it("deletes a revoked lease's keys in key order in one revision, and no revision for none", () => {
    const machine = new KvStateMachine();
    answers(machine, { kind: "lease-grant", id: 1, ttl: 10 }, { kind: "lease-grant", id: 2, ttl: 10 });
    for (const key of ["b", "\u{1f600}", "\uff5e", "a", "free"]) {
      answers(machine, { kind: "put", key, value: "", lease: key === "free" ? 0 : 1 });
    }
    answers(machine, { kind: "put", key: "b", value: "", lease: 2 }, { kind: "delete", key: "b" });
    answers(machine, { kind: "put", key: "b", value: "", lease: 1 }, { kind: "put", key: "c", value: "", lease: 1 });
    answers(machine, { kind: "put", key: "c", value: "" });
    expect(machine.leases.keysOf(1)).toEqual(["a", "b", "\uff5e", "\u{1f600}"]);
    const operation: KvRequest = { kind: "lease-revoke", id: 1, expired: true };
    const { result, events } = machine.apply({ client: 0, sequence: 0, operation });
    expect(result).toEqual({ kind: "lease-revoke", revision: 12 });
    expect(events.map(({ type, kv }) => [type, kv.key, kv.modRevision])).toEqual([
      ["delete", "a", 12],
      ["delete", "b", 12],
      ["delete", "\uff5e", 12],
      ["delete", "\u{1f600}", 12],
    ]);
    expect(answers(machine, { kind: "lease-revoke", id: 2 }, operation)).toEqual([
      { kind: "lease-revoke", revision: 12 },
      { kind: "error", revision: 12, error: "lease-not-found" },
    ]);
  });

  it("notes checkpoints and passes over unknown leases", () => {
    const machine = new KvStateMachine();
    answers(machine, { kind: "lease-grant", id: 1, ttl: 600 });
    const copy = machine.clone();
    const checkpoints = [1, 2].map((id) => ({ id, remainingTtl: 300 }));
    expect(answers(machine, { kind: "lease-checkpoint", checkpoints })).toEqual([
      { kind: "lease-checkpoint", revision: 1 },
    ]);
    expect(machine.leases.list()).toEqual([{ id: 1, ttl: 600, remainingTtl: 300 }]);
    expect(copy.leases.list()).toEqual([{ id: 1, ttl: 600, remainingTtl: 0 }]);
  });

  it("are in snapshots, and so are alarms", () => {
    const machine = new KvStateMachine({ sessions: true, minLeaseTtl: 7 });
    answers(machine, { kind: "lease-grant", id: 1, ttl: 1 }, { kind: "put", key: "k", value: "", lease: 1 });
    answers(machine, { kind: "alarm", action: "activate", member: 1, alarm: "nospace" });
    machine.apply(put(4, 1, "x"));
    for (const withSessions of [true, false]) {
      const restored = machine.snapshot(withSessions).restore();
      expect(restored.leases.list()).toEqual([{ id: 1, ttl: 7, remainingTtl: 0 }]);
      expect(restored.leases.keysOf(1)).toEqual(["k"]);
      expect(restored.alarms).toEqual([{ member: 1, alarm: "nospace" }]);
      expect(restored.options).toEqual(machine.options);
      expect(restored.apply(put(4, 1, "x")).duplicate).toBe(withSessions);
    }
  });
});

describe("the state machine's alarms", () => {
  const activate = (alarm: "nospace" | "corrupt", member = 1): KvRequest => ({
    kind: "alarm",
    action: "activate",
    member,
    alarm,
  });
  const deactivate = (alarm: "nospace" | "corrupt", member: number): KvRequest => ({
    kind: "alarm",
    action: "deactivate",
    member,
    alarm,
  });
  const get: KvRequest = { kind: "alarm", action: "get", member: 0, alarm: null };
  const aPut: KvRequest = { kind: "put", key: "k", value: "v" };

  it("go on once, are listed, and go off for the member named", () => {
    const machine = new KvStateMachine();
    const on = { member: 1, alarm: "nospace" };
    expect(answers(machine, activate("nospace"), activate("nospace"), get)).toMatchObject([
      { alarms: [on] },
      { alarms: [on] },
      { alarms: [on] },
    ]);
    expect(answers(machine, deactivate("nospace", 0), deactivate("nospace", 2))).toMatchObject([
      { alarms: [] },
      { alarms: [] },
    ]);
    expect(machine.alarms).toEqual([on]);
    expect(answers(machine, deactivate("nospace", 1), get)).toMatchObject([{ alarms: [on] }, { alarms: [] }]);
    expect(answers(machine, aPut)).toMatchObject([{ kind: "put" }]);
  });

  it("let nothing in that grows while there is no space, and everything else", () => {
    const machine = new KvStateMachine();
    answers(machine, aPut, { kind: "lease-grant", id: 1, ttl: 10 }, activate("nospace"));
    const full = { kind: "error", error: "no-space" };
    const nested: KvRequest = {
      kind: "txn",
      compare: [],
      success: [{ kind: "txn", compare: [], success: [{ kind: "put", key: "n", value: "" }], failure: [] }],
      failure: [],
    };
    expect(
      answers(
        machine,
        aPut,
        compareAndSwap({ key: "none", expected: "", value: "" }),
        { kind: "lease-grant", id: 2, ttl: 10 },
        { kind: "txn", compare: [], success: [{ kind: "delete", key: "k" }], failure: [] },
        { kind: "range", key: "k" },
        { kind: "delete", key: "k" },
        { kind: "lease-revoke", id: 1 },
        { kind: "compact", revision: 3 },
        nested,
      ),
    ).toMatchObject([
      full,
      full,
      full,
      { kind: "txn" },
      { kind: "range" },
      { kind: "delete" },
      { kind: "lease-revoke" },
      { kind: "compact" },
      // As in etcd, which counts the puts of the outermost transaction alone.
      { kind: "txn" },
    ]);
  });

  it("let nothing through once a member is corrupt", () => {
    const machine = new KvStateMachine();
    answers(machine, activate("corrupt"));
    for (const request of [aPut, { kind: "range", key: "k" }, { kind: "compact", revision: 1 }] as const) {
      expect(answers(machine, request)).toEqual([{ kind: "error", revision: 1, error: "corrupt" }]);
    }
    expect(machine.store.range({ kind: "range", key: "k" })).toMatchObject({ kind: "range" });
  });
});

describe("the state machine's size", () => {
  it("grows with what is written and drops with a compaction", () => {
    const machine = new KvStateMachine();
    expect(machine.bytes).toBe(1);
    for (let n = 0; n < 100; n += 1) answers(machine, { kind: "put", key: "k", value: "0123456789" });
    const full = machine.bytes;
    const copy = machine.clone();
    answers(machine, { kind: "compact", revision: 101 });
    expect(machine.bytes).toBe(full / 100);
    expect(copy.bytes).toBe(full);
    expect(copy.store.historyOf("k")).toHaveLength(100);
    expect(machine.store.historyOf("k")).toHaveLength(1);
  });
});
