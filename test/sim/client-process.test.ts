import { describe, expect, it } from "vitest";
import { CountingRecorder } from "../../server/src/sim/recorder.js";
import { clusterNow } from "../../server/src/trace/cluster-view.js";
import { narrate } from "../../server/src/trace/narration.js";
import { fingerprint } from "../determinism/fingerprint.js";
import { seen, WatchBench } from "./watch-bench.js";

const put = (value: string) => ({ kind: "put", key: "k", value }) as const;

function invoke(bench: WatchBench, value: string): number {
  const { client } = bench;
  return bench.recording.act({ kind: "invoke", client, body: put(value), at: null }, 0, -1).number;
}

describe("a paused client", () => {
  it("handles what reached it meanwhile when it goes on, in order", () => {
    const bench = new WatchBench();
    const watch = bench.watch();
    const first = invoke(bench, "a");
    bench.act({ kind: "pause", server: bench.client, durationUs: null });
    bench.run(100);
    expect(bench.operation(first).outcome).toBeNull();
    expect(seen(watch)).toEqual([]);
    const [client] = clusterNow(bench.recording).clients;
    expect(client).toMatchObject({ name: "client", status: "paused", pending: 'put k "a"' });
    expect(
      clusterNow(bench.recording)
        .messages.map(({ text }) => text)
        .join(),
    ).toMatch(/waits while client is paused/);
    bench.act({ kind: "resume", server: bench.client });
    expect(bench.operation(first).outcome?.kind).toBe("result");
    expect(seen(watch)).toEqual(["put k=a@2"]);
  });

  it("finds on coming back that its deadlines have passed", () => {
    const bench = new WatchBench(3);
    bench.put("k", "a");
    bench.cut(bench.leader(), bench.client);
    for (const server of [1, 2, 3]) bench.cut(server, bench.client);
    const late = invoke(bench, "b");
    bench.act({ kind: "pause", server: bench.client, durationUs: 5_000_000 });
    bench.run(4000);
    expect(bench.operation(late).outcome).toBeNull();
    bench.run(1100);
    expect(bench.operation(late)).toMatchObject({ outcome: { kind: "timeout" } });
    expect(clusterNow(bench.recording).clients[0]?.status).toBe("up");
  });

  it("does nothing that it is asked for", () => {
    const bench = new WatchBench();
    const { client } = bench;
    bench.watch();
    bench.act({ kind: "pause", server: client, durationUs: null });
    const invoked = bench.recording.act({ kind: "invoke", client, body: put("a"), at: null }, 0, -1);
    expect(invoked).toMatchObject({ number: 0, refused: "client is paused" });
    expect(bench.act({ kind: "unwatch", client, watch: 1 })).toBe("client is paused");
    expect(bench.act({ kind: "watch-progress", client, watch: 1 })).toBe("client is paused");
    expect(bench.recording.history.operations).toEqual([]);
    expect(bench.told("invoke")).toEqual(['client is asked and does not run: client put k "a"']);
    expect(bench.act({ kind: "pause", server: client, durationUs: null })).toBe("client is paused");
    expect(bench.act({ kind: "restart", server: client })).toBe("client is not down");
  });
});

describe("a client that crashes", () => {
  it("leaves its operations with an unknown outcome and its watches over, and says why", () => {
    const bench = new WatchBench();
    const watch = bench.watch();
    const number = invoke(bench, "a");
    bench.act({ kind: "crash", server: bench.client, durationUs: null });
    const { outcome, returnUs } = bench.operation(number);
    expect(outcome).toEqual({ kind: "timeout" });
    expect(returnUs).toBe(bench.recording.world.nowUs);
    expect(watch).toMatchObject({ cancelled: true, cancellation: { error: null, compactRevision: 0 } });
    bench.run(3000);
    expect(seen(watch)).toEqual([]);
    // It was proposed before the crash: unknown means that it may have happened.
    expect(bench.recording.world.server(1).machine.store.get("k")?.value).toBe("a");
    const lines = narrate(bench.recording).join("\n");
    expect(lines).toMatch(/client crashes/);
    expect(lines).toMatch(/put k "a" => timeout .*its client crashed: nobody knows whether it took effect/);
    expect(bench.told("drop").join()).toMatch(/client is down/);
    expect(bench.act({ kind: "crash", server: bench.client, durationUs: null })).toBe("client is down already");
    expect(bench.act({ kind: "resume", server: bench.client })).toBe("client is not paused");
    expect(bench.act({ kind: "wipe", server: bench.client })).toBe("client is a client: it has no disk");
  });

  it("comes back with new sessions, by hand or when its time is over", () => {
    const bench = new WatchBench();
    bench.put("k", "a");
    bench.act({ kind: "crash", server: bench.client, durationUs: 500_000 });
    bench.run(600);
    expect(bench.recording.world.client(bench.client).status).toBe("up");
    bench.put("k", "b");
    const [before, after] = bench.recording.history.operations;
    expect(after?.session).not.toBe(before?.session);
    expect(after?.outcome?.kind).toBe("result");
    bench.act({ kind: "crash", server: bench.client, durationUs: 500_000 });
    bench.act({ kind: "restart", server: bench.client });
    bench.act({ kind: "crash", server: bench.client, durationUs: null });
    bench.run(600);
    // The end of the first of these crashes is void.
    expect(bench.recording.world.client(bench.client).status).toBe("down");
  });

  it("is no concern of the server's: what it sends to nobody stops, and a new watch is a new one", () => {
    const bench = new WatchBench();
    bench.watch();
    bench.act({ kind: "crash", server: bench.client, durationUs: 10_000 });
    bench.run(50);
    const watch = bench.watch();
    bench.put("k", "a");
    bench.run(100);
    bench.put("k", "b");
    expect(seen(watch)).toEqual(["put k=a@2", "put k=b@3"]);
    // Its first response to the new life told the server that nobody knows the old watch.
    expect(bench.recording.world.server(1).watches.size).toBe(1);
    expect(bench.told("deliver").join()).toMatch(/it has given this connection to s1 up/);
  });
});

it("a copy of a world goes on as the world does, with clients that hang and watches that are behind", () => {
  const bench = new WatchBench(3, { seed: 5, loss: 0.1, watchProgress: 200_000 });
  bench.watch({ progressNotify: true, requireLeader: true }, null);
  bench.watch({ key: "\0", rangeEnd: "\0", startRevision: 1 }, null, 0);
  for (let round = 0; round < 8; round += 1) {
    invoke(bench, String(round));
    if (round % 3 === 0) bench.act({ kind: "pause", server: bench.client, durationUs: 250_000 });
    if (round === 5) bench.act({ kind: "crash", server: bench.client, durationUs: 300_000 });
    bench.run(95);
    const { world } = bench.recording;
    const copy = world.clone(new CountingRecorder(world.recorder.count));
    expect(fingerprint(copy)).toEqual(fingerprint(world));
    const until = world.nowUs + 5_000;
    for (let next = copy.nextUs; next !== null && next <= until; next = copy.nextUs) copy.step();
    copy.advanceTo(until);
    bench.run(5);
    expect(fingerprint(copy)).toEqual(fingerprint(world));
  }
});
