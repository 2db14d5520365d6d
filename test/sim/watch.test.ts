import { describe, expect, it } from "vitest";
import { plainWatch } from "../../server/src/sim/watch-options.js";
import { seen, WatchBench } from "./watch-bench.js";

describe("a watch", () => {
  it("receives every change once", () => {
    const bench = new WatchBench();
    const watch = bench.watch();
    for (const value of ["a", "b", "c"]) bench.put("k", value);
    expect(seen(watch)).toEqual(["put k=a@2", "put k=b@3", "put k=c@4"]);
    expect(watch.fromRevision).toBe(2);
    expect(
      watch.connections.map(({ server, startRevision, createdRevision }) => [server, startRevision, createdRevision]),
    ).toEqual([[1, 0, 1]]);
  });

  it("asks again for what was lost on the way", () => {
    const bench = new WatchBench();
    const watch = bench.watch();
    bench.put("k", "a");
    bench.lose("WatchResponse", 1);
    bench.put("k", "b");
    bench.put("k", "c");
    bench.run(200);
    expect(seen(watch)).toEqual(["put k=a@2", "put k=b@3", "put k=c@4"]);
    expect(watch.connections.map(({ startRevision }) => startRevision)).toEqual([0, 3]);
    expect(bench.told("watch-resume")).toEqual([
      "client resumes w1 at s1, from rev 3: response 4 came where 3 was expected: the connection broke, so it asks again from what it has seen",
    ]);
  });

  it("notices that the last response was lost, when it asks whether the connection is still there", () => {
    const bench = new WatchBench();
    const watch = bench.watch();
    bench.put("k", "a");
    bench.lose("WatchResponse", 1);
    bench.put("k", "b");
    bench.run(3000);
    expect(seen(watch)).toEqual(["put k=a@2", "put k=b@3"]);
    expect(bench.told("watch-resume")[0]).toMatch(/it has seen response 2, and 3 were sent/);
  });

  it("misses nothing when the request that opened it arrives twice", () => {
    const bench = new WatchBench();
    const watch = bench.watch();
    bench.lose("WatchResponse", 1);
    bench.put("k", "a");
    const { world } = bench.recording;
    const { queue, nowUs: timeUs } = world;
    const message = {
      type: "WatchCreateRequest",
      from: bench.client,
      to: 1,
      watch: 1,
      stream: 1,
      options: plainWatch({ key: "k" }),
      revision: 0,
    } as const;
    queue.push({ kind: "deliver", timeUs, order: queue.nextOrder(), message, sendEvent: 0 });
    bench.put("k", "b");
    bench.run(200);
    expect(seen(watch)).toEqual(["put k=a@2", "put k=b@3"]);
  });

  it("goes on at a server that crashed and came back, from what it has seen", () => {
    const bench = new WatchBench();
    const watch = bench.watch();
    bench.put("k", "a");
    bench.act({ kind: "crash", server: 1, durationUs: null });
    bench.act({ kind: "restart", server: 1 });
    bench.run(600);
    bench.put("k", "b");
    bench.run(3000);
    bench.put("k", "c");
    expect(seen(watch)).toEqual(["put k=a@2", "put k=b@3", "put k=c@4"]);
    expect(watch.connections.map(({ startRevision }) => startRevision)).toEqual([0, 3]);
  });

  it("leaves a server that is silent for the next one", () => {
    const bench = new WatchBench(3);
    if (bench.leader() === 1) bench.act({ kind: "transfer", server: 1, target: 2 });
    bench.run(500);
    const watch = bench.watch({}, null);
    bench.put("k", "a");
    bench.cut(1, bench.client);
    bench.run(2500);
    bench.put("k", "b");
    bench.run(2500);
    expect(seen(watch)).toEqual(["put k=a@2", "put k=b@3"]);
    expect(watch.connections.map(({ server }) => server)).toEqual([1, 2]);
    expect(bench.told("watch-resume")).toEqual([
      "client resumes w1 at s2, from rev 3: nothing was heard from s1 for a whole client-timeout, so it is taken for lost",
    ]);
  });

  it("stays open while nothing happens: a ping is no new connection, and a compaction ends nothing that was synced", () => {
    const bench = new WatchBench();
    const watch = bench.watch();
    for (const value of ["a", "b", "c"]) bench.put("other", value);
    bench.run(3000);
    bench.ask({ kind: "compact", revision: 4 });
    bench.run(3000);
    bench.put("k", "d");
    expect(watch.connections).toHaveLength(1);
    expect(seen(watch)).toEqual(["put k=d@5"]);
  });

  it("ends when its client says so; the server answers, and answers nothing for a watch it does not know", () => {
    const bench = new WatchBench();
    const watch = bench.watch();
    bench.act({ kind: "unwatch", client: bench.client, watch: 1 });
    bench.run(30);
    bench.put("k", "a");
    expect(seen(watch)).toEqual([]);
    expect(watch.cancelled).toBe(true);
    expect(watch.cancellation).toMatchObject({ error: null, compactRevision: 0 });
    expect(bench.responses().at(-1)).toMatch(/WatchResponse w1, canceled, rev 1/);
    const sent = bench.responses().length;
    const { queue, nowUs: timeUs } = bench.recording.world;
    const message = { type: "WatchCancelRequest", from: bench.client, to: 1, watch: 1, stream: 1 } as const;
    queue.push({ kind: "deliver", timeUs, order: queue.nextOrder(), message, sendEvent: 0 });
    bench.run(30);
    expect(bench.responses()).toHaveLength(sent);
    expect(bench.told("deliver").at(-1)).toMatch(/no answer: this server has no such watch/);
  });
});
