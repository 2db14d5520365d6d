import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkForm } from "../../server/src/kv/check-request.js";
import type { KvEvent } from "../../server/src/kv/contract.js";
import { FROM_KEY, inRange, prefixRange } from "../../server/src/kv/key-range.js";
import type { Compare, KeyRange, KvRequest, RangeRequest, RequestOp, TxnRequest } from "../../server/src/kv/request.js";
import { KvStateMachine } from "../../server/src/kv/state-machine.js";
import { NaiveStore } from "./naive-store.js";

const KEYS = ["a", "ab", "abc", "b", "ba", "\ue000", "\u{1f600}", "\u{1f600}x", "é", "z/1", "z/2"];
const key = fc.constantFrom(...KEYS);
const value = fc.constantFrom("", "1", "2", "\ue000", "\u{1f600}");
const lease = fc.constantFrom(0, 0, 0, 1, 2, 2 ** 40);
const flag = fc.boolean();
const revision = fc.constantFrom(0, 0, 0, -1, 1, 2, 3, 5, 8, 13, 21);
const range: fc.Arbitrary<KeyRange> = fc.oneof(
  key.map((one) => ({ key: one })),
  key.map((one) => prefixRange(one)),
  fc.tuple(key, fc.constantFrom(FROM_KEY, ...KEYS)).map(([first, rangeEnd]) => ({ key: first, rangeEnd })),
  fc.constant({ key: FROM_KEY, rangeEnd: FROM_KEY }),
);
const read: fc.Arbitrary<RangeRequest> = fc
  .record({
    keys: range,
    revision,
    limit: fc.constantFrom(0, 0, 1, 2, 3),
    sortOrder: fc.constantFrom("none" as const, "ascend" as const, "descend" as const),
    sortTarget: fc.constantFrom(
      "key" as const,
      "version" as const,
      "create" as const,
      "mod" as const,
      "value" as const,
    ),
    keysOnly: flag,
    countOnly: flag,
    minModRevision: revision.map((n) => Math.max(0, n)),
    maxModRevision: revision.map((n) => Math.max(0, n)),
    minCreateRevision: revision.map((n) => Math.max(0, n)),
    maxCreateRevision: revision.map((n) => Math.max(0, n)),
  })
  .map(({ keys, ...options }) => ({ kind: "range", ...keys, ...options }));
const put = fc
  .record({
    kind: fc.constant("put" as const),
    key,
    value,
    lease,
    prevKv: flag,
    ignoreValue: fc.constantFrom(false, false, true),
    ignoreLease: fc.constantFrom(false, false, true),
  })
  .map((one) => ({ ...one, value: one.ignoreValue ? "" : one.value, lease: one.ignoreLease ? 0 : one.lease }));
const remove = fc.tuple(range, flag).map(([keys, prevKv]) => ({ kind: "delete" as const, ...keys, prevKv }));
const result = fc.constantFrom("equal" as const, "not-equal" as const, "less" as const, "greater" as const);
const compare: fc.Arbitrary<Compare> = fc.oneof(
  fc
    .tuple(
      range,
      result,
      fc.constantFrom("version" as const, "create" as const, "mod" as const, "lease" as const),
      fc.nat(4),
    )
    .map(([keys, how, target, operand]) => ({ ...keys, result: how, target, operand })),
  fc
    .tuple(range, result, value)
    .map(([keys, how, operand]) => ({ ...keys, result: how, target: "value" as const, operand })),
);
const { txn } = fc.letrec<{ txn: TxnRequest; op: RequestOp }>((tie) => ({
  txn: fc.record({
    kind: fc.constant("txn" as const),
    compare: fc.array(compare, { maxLength: 2 }),
    success: fc.array(tie("op"), { maxLength: 3 }),
    failure: fc.array(tie("op"), { maxLength: 3 }),
  }),
  op: fc.oneof({ depthSize: "small", withCrossShrink: true }, put, remove, read, tie("txn")),
}));
const request: fc.Arbitrary<KvRequest> = fc.oneof(
  { weight: 6, arbitrary: put },
  { weight: 2, arbitrary: remove },
  { weight: 3, arbitrary: read },
  { weight: 6, arbitrary: txn },
  { weight: 1, arbitrary: fc.nat(30).map((at) => ({ kind: "compact" as const, revision: at })) },
  { weight: 2, arbitrary: lease.map((id) => ({ kind: "lease-grant" as const, id: id + 1, ttl: 60 })) },
  { weight: 2, arbitrary: lease.map((id) => ({ kind: "lease-grant" as const, id: Math.max(id, 1), ttl: 60 })) },
  { weight: 1, arbitrary: lease.map((id) => ({ kind: "lease-revoke" as const, id: Math.max(id, 1) })) },
);

interface World {
  readonly machine: KvStateMachine;
  readonly naive: NaiveStore;
}

function apply({ machine, naive }: World, operation: KvRequest): void {
  // What the naive store leaves to the real one: malformed requests, and a put that needs a pair which the same transaction deletes.
  const before = naive.events.length;
  const applied = machine.apply({ client: 0, sequence: 0, operation });
  const refused =
    applied.result.kind === "error" && (checkForm(operation, 128) !== null || deletesOpenEnded(operation));
  if (refused) {
    expect(applied.events).toEqual([]);
    return;
  }
  expect(applied.result).toEqual(naive.apply(operation));
  expect(applied.events).toEqual(naive.events.slice(before));
}

function deletesOpenEnded(operation: RequestOp | KvRequest): boolean {
  if (operation?.kind !== "txn") return operation?.kind === "delete" && operation.rangeEnd === FROM_KEY;
  return [...operation.success, ...operation.failure].some(deletesOpenEnded);
}

function compareAll({ machine, naive }: World, probe: KeyRange): void {
  const { store, leases } = machine;
  const kept = naive.keptEvents();
  const now = naive.at(naive.revision);
  expect(store.revision).toBe(naive.revision);
  expect(store.compactRevision).toBe(naive.compactRevision);
  expect(store.size).toBe(now.length);
  expect(store.entries()).toEqual(now);
  expect(store.entries(2, probe.key)).toEqual(
    now.filter((kv) => kv.key !== probe.key && inRange(kv.key, { key: probe.key, rangeEnd: FROM_KEY })).slice(0, 2),
  );
  for (const name of KEYS) {
    expect(store.get(name)).toEqual(now.find((kv) => kv.key === name) ?? null);
    expect(store.historyOf(name)).toEqual(kept.filter((event) => event.kv.key === name).reverse());
  }
  for (let from = Math.max(1, naive.compactRevision); from <= naive.revision + 1; from += 1) {
    const since = (to: number): KvEvent[] =>
      kept.filter(({ kv }) => kv.modRevision >= from && kv.modRevision <= to && inRange(kv.key, probe));
    expect(store.eventsSince(from, probe)).toEqual(since(Number.POSITIVE_INFINITY));
    expect(store.eventsSince(from, probe, from + 1)).toEqual(since(from + 1));
    if (from > naive.revision) continue;
    const wanted = naive.at(from).filter((kv) => inRange(kv.key, probe));
    const read = { kind: "range", revision: naive.revision, kvs: wanted, count: wanted.length, more: false };
    expect(store.range({ kind: "range", ...probe, revision: from })).toEqual(read);
  }
  expect(leases.list().map(({ id }) => id)).toEqual([...naive.leases].sort((a, b) => a - b));
  for (const id of naive.leases)
    expect(leases.keysOf(id)).toEqual(now.filter((kv) => kv.lease === id).map((kv) => kv.key));
  const size = kept.reduce((sum, { kv }) => sum + kv.key.length + kv.value.length + 24, 0);
  expect(store.bytes).toBe(size + 24 * naive.leases.size);
}

describe("the state machine beside a naive one", () => {
  it("gives the same answers, events, histories and reads, and so do its clones", () => {
    const step = fc.oneof(
      { weight: 12, arbitrary: fc.record({ which: fc.nat(3), operation: request }) },
      { weight: 1, arbitrary: fc.record({ which: fc.nat(3), operation: fc.constant(null) }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), range, (steps, probe) => {
        const worlds: World[] = [{ machine: new KvStateMachine(), naive: new NaiveStore() }];
        for (const { which, operation } of steps) {
          const world = worlds[which % worlds.length];
          if (world === undefined) throw new Error("no world");
          if (operation === null) worlds.push({ machine: world.machine.clone(), naive: new NaiveStore(world.naive) });
          else apply(world, operation);
        }
        for (const world of worlds) compareAll(world, probe);
      }),
      { numRuns: 300 },
    );
  });

  it("keeps long histories of a few keys through compactions", () => {
    const step = fc.record({ key: fc.constantFrom("a", "b"), remove: fc.constantFrom(true, false, false, false) });
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 50, maxLength: 120 }),
        fc.nat(100),
        fc.nat(100),
        (steps, first, second) => {
          const world = { machine: new KvStateMachine(), naive: new NaiveStore() };
          for (const [index, { key: name, remove: removed }] of steps.entries()) {
            apply(world, removed ? { kind: "delete", key: name } : { kind: "put", key: name, value: `${index}` });
            if (index === first || index === second) {
              apply(world, { kind: "compact", revision: world.naive.revision - (index % 7) });
            }
          }
          compareAll(world, { key: "a" });
          compareAll(world, { key: "a", rangeEnd: FROM_KEY });
        },
      ),
      { numRuns: 40 },
    );
  });
});
