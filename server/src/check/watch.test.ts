import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { KvEvent } from "../kv/contract.js";
import { MvccStore } from "../kv/store.js";
import { checkWatch, type WatchedEvent, type WatchGuarantee, watchViolationText } from "./watch.js";

/** Revisions 2 to 8: puts of p/a, p/b, q, p/a, a delete of both p/ keys in one revision, puts of p/a and p/b. */
function changes(): readonly KvEvent[] {
  const store = new MvccStore();
  const events: KvEvent[] = [];
  for (const [key, value] of [
    ["p/a", "1"],
    ["p/b", "2"],
    ["q", "3"],
    ["p/a", "4"],
  ] as const) {
    store.write({ kind: "put", key, value }, events);
  }
  store.write({ kind: "delete", key: "p/", prefix: true }, events);
  store.write({ kind: "put", key: "p/a", value: "5" }, events);
  store.write({ kind: "put", key: "p/b", value: "6" }, events);
  return events;
}

const all = changes();
const REQUEST = { key: "p/", prefix: true, from: 3 };
const wanted = all.filter((event) => event.kv.key.startsWith("p/") && event.kv.modRevision >= 3);
const right: readonly WatchedEvent[] = wanted.map((event) => ({ event, batch: event.kv.modRevision }));

function broken(received: readonly WatchedEvent[]): WatchGuarantee[] {
  const violations = checkWatch(received, all, REQUEST);
  for (const violation of violations) expect(watchViolationText(violation)).toContain(`revision ${violation.revision}`);
  return [...new Set(violations.map(({ guarantee }) => guarantee))].sort();
}

function at(position: number): WatchedEvent {
  const event = right[position];
  if (event === undefined) throw new Error(`no event ${position}`);
  return event;
}

describe("watch guarantees", () => {
  it("hold for what arrives in order, whole and once, all at once or bit by bit", () => {
    expect(right.map(({ event }) => event.kv.modRevision)).toEqual([3, 5, 6, 6, 7, 8]);
    expect(broken(right)).toEqual([]);
    expect(broken(right.map(({ event }) => ({ event, batch: 1 })))).toEqual([]);
    expect(broken([])).toEqual([]);
    expect(broken(right.slice(0, 2))).toEqual([]);
  });

  it("ordered: a later change before an earlier one", () => {
    expect(broken([at(1), at(0), ...right.slice(2)])).toEqual(["ordered"]);
  });

  it("ordered: the changes of one revision the wrong way round", () => {
    expect(broken([at(0), at(1), at(3), at(2), at(4)])).toEqual(["ordered"]);
  });

  it("unique: a change twice", () => {
    expect(broken([...right.slice(0, 2), at(0), ...right.slice(2)])).toEqual(["unique"]);
  });

  it("reliable: a gap", () => {
    expect(broken([at(0), ...right.slice(2)])).toEqual(["reliable"]);
    expect(broken(right.slice(1))).toEqual(["reliable"]);
  });

  it("atomic: a revision in part, or in two parts", () => {
    expect(broken([at(0), at(1), at(2), at(4)])).toEqual(["atomic"]);
    expect(broken([at(0), at(1), at(2)])).toEqual(["atomic"]);
    expect(broken([at(0), at(1), at(2), { ...at(3), batch: 99 }, at(4)])).toEqual(["atomic"]);
  });

  it("filter: a key or a revision that nobody asked for", () => {
    const other = all.find((event) => event.kv.key === "q");
    const early = all[0];
    if (other === undefined || early === undefined) throw new Error("no such events");
    expect(broken([at(0), { event: other, batch: 4 }, ...right.slice(1)])).toEqual(["filter"]);
    expect(broken([{ event: early, batch: 2 }, ...right])).toEqual(["filter"]);
  });

  it("genuine: a change that never happened, or happened otherwise", () => {
    const { event, batch } = at(0);
    const forged = { ...event, kv: { ...event.kv, value: "forged" } };
    expect(broken([{ event: forged, batch }, ...right.slice(1)])).toEqual(["genuine"]);
    const future = { ...event, kv: { ...event.kv, modRevision: 99 } };
    expect(broken([...right, { event: future, batch: 99 }])).toEqual(["genuine"]);
  });

  it("break whenever an event before the last revision is dropped, repeated or moved", () => {
    const last = right.length - 2;
    fc.assert(
      fc.property(fc.nat(last), fc.nat(last), (from, to) => {
        const moved = right.filter((_, position) => position !== from);
        expect(broken(moved)).not.toEqual([]);
        expect(broken([...right.slice(0, to), at(from), ...right.slice(to)])).not.toEqual([]);
        moved.splice(to, 0, at(from));
        if (from !== to) expect(broken(moved)).not.toEqual([]);
      }),
    );
  });
});
