import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OrderedMap } from "./ordered-map.js";

/** A value counts when it is even. */
const isEven = (value: number): boolean => value % 2 === 0;

interface World {
  readonly map: OrderedMap<number>;
  readonly model: Map<string, number>;
}

const key = fc.nat(400).map((n) => `k${n}`);
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("set" as const), key, value: fc.nat(9) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("delete" as const), key, value: fc.constant(0) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("clone" as const), key, value: fc.constant(0) }) },
);
/** Whole runs of keys, so that nodes are split, emptied and joined. */
const run = fc.record({
  kind: fc.constantFrom("fill" as const, "clear" as const),
  key: fc.constant(""),
  value: fc.nat(9),
  from: fc.nat(400),
  to: fc.nat(400),
});

function pairs({ map }: World, from = "", counted = false): [string, number][] {
  const found: [string, number][] = [];
  map.scan(
    from,
    (name, value) => {
      if (!counted || isEven(value)) found.push([name, value]);
      return true;
    },
    counted,
  );
  return found;
}

function sorted({ model }: World): [string, number][] {
  return [...model].sort(([a], [b]) => (a < b ? -1 : 1));
}

function set({ map, model }: World, name: string, value: number): void {
  map.set(name, value);
  model.set(name, value);
}

function setRun(
  world: World,
  { kind, value, from, to }: { kind: "fill" | "clear"; value: number; from: number; to: number },
): void {
  for (let n = Math.min(from, to); n < Math.max(from, to); n += 1) {
    if (kind === "fill") set(world, `k${n}`, value);
    else expect(world.map.delete(`k${n}`)).toBe(world.model.delete(`k${n}`));
  }
}

describe("the ordered map", () => {
  it("agrees with a sorted list under sets, deletions and clones", () => {
    const steps = fc.array(
      fc.tuple(fc.oneof({ weight: 4, arbitrary: step }, { weight: 1, arbitrary: run }), fc.nat(3)),
    );
    fc.assert(
      fc.property(fc.array(steps, { minLength: 1, maxLength: 4 }), key, (stages, probe) => {
        const worlds: World[] = [{ map: new OrderedMap(isEven), model: new Map() }];
        for (const [next, which] of stages.flat()) {
          const world = worlds[which % worlds.length];
          if (world === undefined) throw new Error("no world");
          const { map, model } = world;
          if (next.kind === "clone") worlds.push({ map: map.clone(), model: new Map(model) });
          else if (next.kind === "set") set(world, next.key, next.value);
          else if (next.kind === "delete") expect(map.delete(next.key)).toBe(model.delete(next.key));
          else setRun(world, next);
        }
        for (const world of worlds) {
          const all = sorted(world);
          expect(pairs(world)).toEqual(all);
          expect(pairs(world, probe)).toEqual(all.filter(([name]) => name >= probe));
          expect(pairs(world, probe, true)).toEqual(all.filter(([name, value]) => name >= probe && isEven(value)));
          expect(world.map.count).toBe(all.filter(([, value]) => isEven(value)).length);
          expect(world.map.countBefore(probe)).toBe(
            all.filter(([name, value]) => name < probe && isEven(value)).length,
          );
          expect(world.map.get(probe)).toBe(world.model.get(probe));
        }
      }),
      { numRuns: 60 },
    );
  });

  it("visits little of a map of which little counts", () => {
    const map = new OrderedMap(isEven);
    for (let n = 0; n < 10_000; n += 1) map.set(`k${n}`, n === 7777 ? 2 : 1);
    let visited = 0;
    const visit = (): boolean => {
      visited += 1;
      return true;
    };
    map.scan("", visit, true);
    expect(visited).toBeLessThan(64);
  });

  it("is empty again when everything is deleted", () => {
    const map = new OrderedMap<number>();
    for (let n = 0; n < 5000; n += 1) map.set(`${(n * 7919) % 5000}`, n);
    for (let n = 0; n < 5000; n += 1) expect(map.delete(`${n}`)).toBe(true);
    expect(map.count).toBe(0);
    expect(map.delete("1")).toBe(false);
    map.set("x", 1);
    expect(map.get("x")).toBe(1);
  });
});
