import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SharedList } from "./shared-list.js";

interface World {
  readonly list: SharedList<number>;
  readonly model: (number | undefined)[];
}

function push({ list, model }: World, element: number): void {
  list.push(element);
  model.push(element);
}

function drop({ list, model }: World, at: number, many: number): void {
  for (let position = at; position < at + many; position += 1) {
    list.drop(position);
    if (position < model.length) model[position] = undefined;
  }
}

describe("the shared list", () => {
  it("agrees with arrays under appending, dropping and cloning", () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant("push" as const), which: fc.nat(4), many: fc.nat(900), at: fc.constant(0) }),
      fc.record({ kind: fc.constant("drop" as const), which: fc.nat(4), many: fc.nat(1300), at: fc.nat(4000) }),
      fc.record({ kind: fc.constant("clone" as const), which: fc.nat(4), many: fc.constant(0), at: fc.constant(0) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const worlds: World[] = [{ list: new SharedList(), model: [] }];
        let count = 0;
        for (const { kind, which, many, at } of steps) {
          const world = worlds[which % worlds.length];
          if (world === undefined) throw new Error("no world");
          if (kind === "clone") worlds.push({ list: world.list.clone(), model: world.model.slice() });
          if (kind === "drop") drop(world, at, many);
          for (let n = 0; kind === "push" && n < many; n += 1) push(world, ++count);
        }
        for (const { list, model } of worlds) {
          expect(list.length).toBe(model.length);
          expect(model.map((_, position) => list.at(position))).toEqual(model);
          expect(list.at(model.length)).toBeUndefined();
          expect(list.at(-1)).toBeUndefined();
        }
      }),
      { numRuns: 60 },
    );
  });

  it("does not mix what two clones append behind the end they shared, whatever one of them drops", () => {
    const list = new SharedList<number>();
    const copy = list.clone();
    for (let n = 0; n < 1025; n += 1) list.push(n);
    for (let n = 0; n < 1024; n += 1) list.drop(n);
    for (let n = 0; n < 1030; n += 1) copy.push(-n);
    expect(list.at(5)).toBeUndefined();
    expect(list.at(1024)).toBe(1024);
    expect(copy.at(5)).toBe(-5);
    expect(copy.at(1029)).toBe(-1029);
  });
});
