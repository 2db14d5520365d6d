import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { KeyValue, KvEvent, KvResult, KvWrite } from "./contract.js";
import { compareKeys } from "./key-order.js";
import { MvccStore } from "./store.js";

/** The specification: a full copy of the state for every revision. */
class NaiveStore {
  readonly states: ReadonlyMap<string, KeyValue>[] = [new Map(), new Map()];
  readonly events: KvEvent[] = [];

  get revision(): number {
    return this.states.length - 1;
  }

  at(revision: number): readonly KeyValue[] {
    const pairs = [...(this.states[revision] ?? new Map<string, KeyValue>()).values()];
    return pairs.sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
  }

  write(command: KvWrite): KvEvent[] {
    const state = new Map(this.states[this.revision]);
    const revision = this.revision + 1;
    const events: KvEvent[] = [];
    const old = state.get(command.key) ?? null;
    if (command.kind === "delete") {
      for (const kv of this.at(this.revision)) {
        if (command.prefix ? !kv.key.startsWith(command.key) : kv.key !== command.key) continue;
        state.delete(kv.key);
        const tombstone = { key: kv.key, value: "", createRevision: 0, modRevision: revision, version: 0 };
        events.push({ type: "delete", kv: tombstone, previous: kv });
      }
    } else if (command.kind === "put" || (old !== null && old.value === command.expected)) {
      const kv: KeyValue = {
        key: command.key,
        value: command.value,
        createRevision: old?.createRevision ?? revision,
        modRevision: revision,
        version: (old?.version ?? 0) + 1,
      };
      state.set(command.key, kv);
      events.push({ type: "put", kv, previous: old });
    }
    if (events.length > 0) this.states.push(state);
    this.events.push(...events);
    return events;
  }
}

function write(store: MvccStore, command: KvWrite): { result: KvResult; events: KvEvent[] } {
  const events: KvEvent[] = [];
  return { result: store.write(command, events), events };
}

function plain(events: readonly KvEvent[]): KvEvent[] {
  return events.map((event) => ({ type: event.type, kv: event.kv, previous: event.previous }));
}

const keys = fc.constantFrom("a", "ab", "abc", "b", "ba", "\ue000", "\u{1f600}", "\u{1f600}x", "é", "z/1", "z/2");
const values = fc.constantFrom("", "1", "2");
const writes: fc.Arbitrary<KvWrite> = fc.oneof(
  fc.record({ kind: fc.constant("put" as const), key: keys, value: values }),
  fc.record({ kind: fc.constant("delete" as const), key: keys, prefix: fc.boolean() }),
  fc.record({ kind: fc.constant("cas" as const), key: keys, expected: values, value: values }),
);

function expectSame(store: MvccStore, naive: NaiveStore): void {
  expect(store.revision).toBe(naive.revision);
  expect(store.entries()).toEqual(naive.at(naive.revision));
  expect(store.size).toBe(naive.at(naive.revision).length);
  expect(plain(store.eventsSince(0, "", true))).toEqual(naive.events);
}

describe("the key-value store", () => {
  it("counts revisions and versions as etcd does", () => {
    const store = new MvccStore();
    expect(store.revision).toBe(1);
    expect(write(store, { kind: "put", key: "a", value: "1" }).result).toEqual({
      kind: "put",
      revision: 2,
      previous: null,
    });
    const second = write(store, { kind: "put", key: "a", value: "2" });
    expect(second.result).toMatchObject({
      revision: 3,
      previous: { value: "1", createRevision: 2, modRevision: 2, version: 1 },
    });
    expect(store.get("a")).toEqual({ key: "a", value: "2", createRevision: 2, modRevision: 3, version: 2 });
    expect(write(store, { kind: "delete", key: "a", prefix: false }).result).toEqual({
      kind: "delete",
      revision: 4,
      deleted: 1,
    });
    expect(store.get("a")).toBeNull();
    write(store, { kind: "put", key: "a", value: "3" });
    expect(store.get("a")).toEqual({ key: "a", value: "3", createRevision: 5, modRevision: 5, version: 1 });
  });

  it("leaves the revision alone when nothing changes", () => {
    const store = new MvccStore();
    const nothing: KvWrite[] = [
      { kind: "delete", key: "a", prefix: false },
      { kind: "delete", key: "a", prefix: true },
      { kind: "cas", key: "a", expected: "", value: "1" },
      { kind: "put", key: "", value: "1" },
      { kind: "cas", key: "", expected: "", value: "1" },
      { kind: "delete", key: "", prefix: true },
    ];
    for (const command of nothing) {
      const { result, events } = write(store, command);
      expect(result.revision).toBe(1);
      expect(events).toEqual([]);
    }
    expect(write(store, { kind: "cas", key: "a", expected: "", value: "1" }).result).toEqual({
      kind: "cas",
      revision: 1,
      succeeded: false,
      actual: null,
    });
    expect(write(store, { kind: "put", key: "", value: "" }).result).toEqual({
      kind: "error",
      revision: 1,
      error: "key-empty",
    });
  });

  it("deletes a prefix in one revision, in key order", () => {
    const store = new MvccStore();
    for (const key of ["p/b", "p/a", "q", "p/\u{1f600}", "p/\uff5e"]) write(store, { kind: "put", key, value: key });
    const { result, events } = write(store, { kind: "delete", key: "p/", prefix: true });
    expect(result).toEqual({ kind: "delete", revision: 7, deleted: 4 });
    expect(events.map((event) => event.kv.key)).toEqual(["p/a", "p/b", "p/\uff5e", "p/\u{1f600}"]);
    expect(new Set(events.map((event) => event.kv.modRevision))).toEqual(new Set([7]));
    expect(store.entries().map((kv) => kv.key)).toEqual(["q"]);
    expect(store.size).toBe(1);
  });

  it("reads at old revisions, and refuses future ones", () => {
    const store = new MvccStore();
    for (let n = 0; n < 1000; n += 1) write(store, { kind: "put", key: "k", value: `${n}` });
    for (let n = 0; n < 1000; n += 1) {
      const result = store.read({ kind: "get", key: "k", prefix: false, revision: n + 2 });
      expect(result).toMatchObject({ revision: 1001, kvs: [{ value: `${n}`, version: n + 1 }] });
    }
    expect(store.read({ kind: "get", key: "k", prefix: false, revision: 1 })).toEqual({
      kind: "get",
      revision: 1001,
      kvs: [],
    });
    expect(store.read({ kind: "get", key: "k", prefix: false, revision: 1002 })).toEqual({
      kind: "error",
      revision: 1001,
      error: "future-revision",
    });
    expect(store.read({ kind: "get", key: "", prefix: true, revision: 0 })).toMatchObject({ error: "key-empty" });
  });

  it("does not show a key's past in an event", () => {
    const store = new MvccStore();
    write(store, { kind: "put", key: "k", value: "1" });
    const { events } = write(store, { kind: "put", key: "k", value: "2" });
    expect(Object.keys(events[0] ?? {})).toEqual(["type", "kv", "previous"]);
  });

  it("agrees with a naive model, and so do its clones", () => {
    const step = fc.oneof(
      { weight: 8, arbitrary: fc.record({ kind: fc.constant("write" as const), which: fc.nat(3), command: writes }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant("clone" as const), which: fc.nat(3) }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), keys, fc.boolean(), (steps, key, prefix) => {
        const worlds = [{ store: new MvccStore(), naive: new NaiveStore() }];
        for (const next of steps) {
          const world = worlds[next.which % worlds.length];
          if (world === undefined) throw new Error("no world");
          if (next.kind === "clone") {
            const naive = new NaiveStore();
            naive.states.splice(0, 2, ...world.naive.states);
            naive.events.push(...world.naive.events);
            worlds.push({ store: world.store.clone(), naive });
          } else {
            expect(plain(write(world.store, next.command).events)).toEqual(world.naive.write(next.command));
          }
        }
        for (const { store, naive } of worlds) {
          expectSame(store, naive);
          for (let revision = 1; revision <= naive.revision; revision += 1) {
            const wanted = naive.at(revision).filter((kv) => (prefix ? kv.key.startsWith(key) : kv.key === key));
            const events = naive.events.filter(
              (event) =>
                event.kv.modRevision >= revision && (prefix ? event.kv.key.startsWith(key) : event.kv.key === key),
            );
            expect(store.read({ kind: "get", key, prefix, revision })).toEqual({
              kind: "get",
              revision: naive.revision,
              kvs: wanted,
            });
            expect(plain(store.eventsSince(revision, key, prefix))).toEqual(events);
          }
        }
      }),
    );
  });

  it("keeps thousands of keys in order, across clones that go different ways", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5000), { minLength: 3000, maxLength: 6000 }), (numbers) => {
        const store = new MvccStore();
        const half = numbers.length >> 1;
        const put = (target: MvccStore, from: number, to: number, value: string): void => {
          for (const n of numbers.slice(from, to)) target.write({ kind: "put", key: `k${n}`, value }, []);
        };
        put(store, 0, half, "1");
        const left = store.clone();
        const right = store.clone();
        put(left, half, numbers.length, "left");
        put(store, half, numbers.length, "2");
        const sorted = (some: readonly number[]): string[] => [...new Set(some)].map((n) => `k${n}`).sort();
        expect(right.entries().map((kv) => kv.key)).toEqual(sorted(numbers.slice(0, half)));
        expect(left.entries().map((kv) => kv.key)).toEqual(sorted(numbers));
        expect(right.entries().every((kv) => kv.value === "1")).toBe(true);
        expect(left.entries().every((kv) => kv.value !== "2")).toBe(true);
        expect(store.eventsSince(0, "", true).filter((event) => event.kv.value === "left")).toEqual([]);
        expect(right.revision).toBe(half + 1);
        expect(right.eventsSince(0, "", true).length).toBe(half);
      }),
      { numRuns: 10 },
    );
  });
});

describe("the order of keys", () => {
  it("is the order of UTF-8 bytes", () => {
    const text = fc.string({ unit: "binary", maxLength: 4 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareKeys(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
      { numRuns: 2000 },
    );
    expect(compareKeys("\uffff", "\u{10000}")).toBeLessThan(0);
  });
});
