import { describe, expect, it } from "vitest";
import type { WorldConfig } from "../../server/src/sim/config.js";
import { WatchBench } from "./watch-bench.js";

/** A cluster whose leader, which the client knows, does not answer it any more. */
function silenced(changes: Partial<WorldConfig>): WatchBench {
  const bench = new WatchBench(3, changes);
  bench.put("k", "a");
  bench.cut(bench.leader(), bench.client);
  return bench;
}

const PUT = { kind: "put", key: "k", value: "b" } as const;
const GET = { kind: "range", key: "k", serializable: true } as const;

describe("with `retries reads`, as etcd's clients have it,", () => {
  it("a write that stays unanswered is not asked again, and the trace says why", () => {
    const bench = silenced({ retries: "reads" });
    const record = bench.ask(PUT);
    bench.run(3000);
    expect(record).toMatchObject({ attempts: 1, outcome: { kind: "timeout" } });
    expect(bench.told("retry")).toEqual([
      expect.stringMatching(
        /^client does not ask again: put k "b": s\d has not answered, and a write may have been executed all the same: asked again it could take effect twice/,
      ),
    ]);
  });

  it("after a write that stays unanswered the next one is asked elsewhere", () => {
    const bench = silenced({ retries: "reads" });
    const silent = bench.leader();
    bench.act({ kind: "crash", server: silent, durationUs: null });
    expect(bench.ask(PUT).outcome).toBeNull();
    bench.run(3000);
    const next = bench.ask(PUT);
    bench.run(500);
    expect(next.outcome?.kind).toBe("result");
  });

  it("a read that stays unanswered is asked elsewhere", () => {
    const bench = silenced({ retries: "reads" });
    const record = bench.ask(GET);
    bench.run(3000);
    expect(record.outcome?.kind).toBe("result");
    expect(record.attempts).toBe(2);
    expect(bench.told("retry")).toEqual([
      expect.stringMatching(
        /^client tries s\d: .*has not answered for a quarter of client-timeout: the same request goes/,
      ),
    ]);
  });

  it("a write that was refused goes on to the leader: nothing was proposed", () => {
    const bench = new WatchBench(3, { retries: "reads" });
    if (bench.leader() === 1) bench.act({ kind: "transfer", server: 1, target: 2 });
    bench.run(500);
    const record = bench.ask(PUT);
    expect(record.outcome?.kind).toBe("result");
    expect(record.attempts).toBe(2);
  });

  it("a write that a server without a leader refused is asked elsewhere", () => {
    const bench = new WatchBench(3, { retries: "reads" });
    for (const server of [2, 3]) bench.act({ kind: "crash", server, durationUs: null });
    bench.run(1500);
    const record = bench.ask(PUT);
    bench.run(100);
    expect(record.attempts).toBe(2);
    expect(bench.told("retry")).toEqual([
      'client tries s2: put k "b": s1 knew no leader, so nothing was proposed: it is safe to ask the next server',
    ]);
  });
});

it("with `retries all` a write that stays unanswered is asked again, under the same session and sequence", () => {
  const bench = silenced({ retries: "all", clientTimeout: 2_000_000 });
  const record = bench.ask(PUT);
  bench.run(3000);
  expect(record.attempts).toBeGreaterThan(1);
  expect(bench.told("retry")[0]).toMatch(/the same request goes to the next server/);
});

describe("a learner's refusal", () => {
  it("sends an operation to the next server, as nothing was done", () => {
    const bench = new WatchBench(3, { learners: [1], retries: "reads" });
    const record = bench.ask(PUT);
    bench.run(200);
    expect(record.outcome?.kind).toBe("result");
    expect(bench.told("retry")[0]).toBe(
      'client tries s2: put k "b": s1 is a learner and did nothing: it is safe to ask the next server',
    );
  });

  it("is the answer to an operation that is bound to the learner", () => {
    const bench = new WatchBench(3, { learners: [1] });
    expect(bench.ask(PUT, 1).outcome).toEqual({ kind: "error", error: "learner" });
  });
});
