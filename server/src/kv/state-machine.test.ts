import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Command } from "./command.js";
import { KvStateMachine } from "./state-machine.js";

function put(client: number, sequence: number, value: string): Command {
  return { client, sequence, operation: { kind: "put", key: "k", value } };
}

describe("the state machine", () => {
  it("answers a repeated request from the session and changes nothing", () => {
    const machine = new KvStateMachine(true);
    const first = machine.apply(put(1, 1, "a"));
    expect(first).toMatchObject({ duplicate: false, result: { kind: "put", revision: 2, previous: null } });
    expect(first.events).toHaveLength(1);
    machine.apply(put(2, 1, "b"));
    expect(machine.apply(put(1, 1, "a"))).toMatchObject({ duplicate: true, result: first.result, events: [] });
    expect(machine.store.get("k")?.value).toBe("b");
    expect(machine.store.revision).toBe(3);
  });

  it("does not execute a request older than the client's newest", () => {
    const machine = new KvStateMachine(true);
    machine.apply(put(1, 2, "new"));
    expect(machine.apply(put(1, 1, "old"))).toMatchObject({
      duplicate: true,
      result: { kind: "error", revision: 2, error: "request-superseded" },
      events: [],
    });
    expect(machine.store.get("k")?.value).toBe("new");
  });

  it("executes a repeated request again when sessions are off", () => {
    const machine = new KvStateMachine(false);
    machine.apply(put(1, 1, "a"));
    machine.apply(put(2, 1, "b"));
    expect(machine.apply(put(1, 1, "a")).duplicate).toBe(false);
    expect(machine.store.get("k")).toMatchObject({ value: "a", version: 3 });
  });

  it("executes every entry of a given state", () => {
    const machine = new KvStateMachine(true);
    machine.apply(put(0, 0, "a"));
    expect(machine.apply(put(0, 0, "b")).duplicate).toBe(false);
    expect(machine.store.get("k")?.value).toBe("b");
  });

  it("remembers the answers of reads and of failed writes too", () => {
    const machine = new KvStateMachine(true);
    const read: Command = { client: 1, sequence: 1, operation: { kind: "get", key: "k", prefix: false, revision: 0 } };
    const cas: Command = { client: 2, sequence: 1, operation: { kind: "cas", key: "k", expected: "", value: "x" } };
    expect(machine.apply(read)).toMatchObject({
      duplicate: false,
      result: { kind: "get", revision: 1, kvs: [] },
      events: [],
    });
    expect(machine.apply(cas).result).toMatchObject({ succeeded: false });
    machine.apply(put(3, 1, ""));
    expect(machine.apply(read)).toMatchObject({ duplicate: true, result: { kvs: [] } });
    expect(machine.apply(cas)).toMatchObject({ duplicate: true, result: { succeeded: false } });
  });

  it("clones independently, sessions included", () => {
    const command = fc.record({ client: fc.integer({ min: 1, max: 3 }), sequence: fc.integer({ min: 1, max: 4 }) });
    fc.assert(
      fc.property(fc.array(command), fc.array(command), fc.array(command), (before, left, right) => {
        const run = (machine: KvStateMachine, commands: typeof before): unknown[] =>
          commands.map(({ client, sequence }) => machine.apply(put(client, sequence, `${client}.${sequence}`)).result);
        const original = new KvStateMachine(true);
        run(original, before);
        const copy = original.clone();
        const straight = new KvStateMachine(true);
        run(straight, before);
        expect(run(original, left)).toEqual(run(straight, left));
        const other = new KvStateMachine(true);
        run(other, before);
        expect(run(copy, right)).toEqual(run(other, right));
        expect(copy.store.entries()).toEqual(other.store.entries());
      }),
    );
  });
});
