import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareKeys } from "../../../kv/key-order.js";
import { PersistentMap } from "./persistent-map.js";

interface Entry {
  readonly name: string;
  readonly hash: number;
}

const keys = fc.constantFrom("a", "aa", "b", "ba", "c", "\u00ff", "\ue000", "\u{10000}");
const changes = fc.array(fc.tuple(keys, fc.option(fc.nat(3), { nil: null })), { maxLength: 20 });
type Changes = readonly (readonly [string, number | null])[];

function apply(done: Changes): { readonly map: PersistentMap<Entry>; readonly model: Map<string, Entry> } {
  const model = new Map<string, Entry>();
  let map = PersistentMap.empty<Entry>();
  for (const [key, value] of done) {
    const before = map;
    const held = before.values("", null);
    if (value === null) {
      model.delete(key);
      map = map.delete(key);
    } else {
      const entry = { name: `${key} ${value}`, hash: value };
      model.set(key, entry);
      map = map.set(key, entry);
    }
    expect(before.values("", null)).toEqual(held);
  }
  return { map, model };
}

describe("a persistent map", () => {
  it("holds what a map holds, in key order, and leaves the ones it was made from alone", () => {
    fc.assert(
      fc.property(changes, keys, keys, (done, first, end) => {
        const { map, model } = apply(done);
        const sorted = [...model].sort(([a], [b]) => compareKeys(a, b));
        expect(map.size).toBe(model.size);
        expect(map.values("", null)).toEqual(sorted.map(([, entry]) => entry));
        const part = sorted.filter(([key]) => compareKeys(key, first) >= 0 && compareKeys(key, end) < 0);
        expect(map.values(first, end)).toEqual(part.map(([, entry]) => entry));
        for (const [key, entry] of model) expect(map.get(key)).toEqual(entry);
      }),
    );
  });

  it("equals another one, hash included, if and only if they hold the same", () => {
    fc.assert(
      fc.property(changes, changes, (one, other) => {
        const a = apply(one);
        const b = apply(other);
        const alike = JSON.stringify(a.map.values("", null)) === JSON.stringify(b.map.values("", null));
        expect(a.map.equals(b.map, ({ name }, { name: second }) => name === second)).toBe(alike);
        if (alike) expect(a.map.hash).toBe(b.map.hash);
        const again = apply([...other, ...one, ...keysOf(a.model)]);
        expect(again.map.equals(a.map, (x, y) => x.name === y.name)).toBe(again.model.size === a.model.size);
      }),
    );
  });
});

/** Changes after which a map with these entries or more has just them, as far as its other keys allow. */
function keysOf(model: ReadonlyMap<string, Entry>): Changes {
  return [...model].map(([key, { hash }]) => [key, hash] as const);
}
