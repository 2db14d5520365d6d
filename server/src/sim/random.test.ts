import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runText } from "../../../test/support/scenarios.js";
import { RandomStream } from "./random.js";

function numbers(stream: RandomStream): number[] {
  return Array.from({ length: 8 }, () => stream.integer(0, 1_000_000));
}

describe("streams", () => {
  it("are decided by seed and name", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.string(), (seed, name) => {
        expect(numbers(RandomStream.of(seed, name))).toEqual(numbers(RandomStream.of(seed, name)));
        expect(numbers(RandomStream.of(seed, name))).not.toEqual(numbers(RandomStream.of(seed, `${name}2`)));
        expect(numbers(RandomStream.of(seed, name))).not.toEqual(numbers(RandomStream.of(seed ^ 1, name)));
      }),
    );
  });

  it("keep to their range, both ends included", () => {
    const stream = RandomStream.of(1, "dice");
    const seen = new Set(Array.from({ length: 300 }, () => stream.integer(1, 6)));
    expect([...seen].sort()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(stream.integer(4, 4)).toBe(4);
    expect([stream.chance(0), stream.chance(1)]).toEqual([false, true]);
  });

  it("draw nothing where there is nothing to choose", () => {
    const one = RandomStream.of(1, "s");
    const two = RandomStream.of(1, "s");
    one.integer(7, 7);
    one.chance(0);
    expect(numbers(one)).toEqual(numbers(two));
  });
});

/** When each server's first election timer is due. */
function firstTimers(nodes: string, clients: string, steps = ""): number[] {
  const run = runText(`cluster { nodes ${nodes}; clients ${clients} }\nscenario "x" {\n${steps}\n  wait 1us\n}\n`);
  return run.recording.world.servers.flatMap((server) => (server ? [server.timers.election.deadlineUs ?? 0] : []));
}

describe("who is added to a cluster shifts nobody else's numbers", () => {
  const three = firstTimers("s1..s3", "alice");

  it("more servers", () => expect(firstTimers("s1..s5", "alice").slice(0, 3)).toEqual(three));
  it("more clients", () => expect(firstTimers("s1..s3", "alice bob carol")).toEqual(three));
  it("a nemesis", () => {
    const load = "nemesis n for 1ms { every 200us one of { heal } }";
    const run = firstTimers("s1..s3", "alice", load);
    expect(run).toEqual(three);
  });
  it("another order of the same servers goes by their names", () => {
    expect(firstTimers("s3 s2 s1", "alice")).toEqual(three.toReversed());
  });
});
