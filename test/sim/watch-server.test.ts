import { describe, expect, it } from "vitest";
import { prefixRange } from "../../server/src/kv/key-range.js";
import { batches, seen, WatchBench } from "./watch-bench.js";

/** Responses without the connection's ends: `created, rev 1`. */
function answers(bench: WatchBench): readonly string[] {
  return bench.responses().map((title) => title.replace(/^.*WatchResponse w\d+, /, "").replace(/: .*$/, ""));
}

describe("a watch from the past", () => {
  it("is caught up by the loop, with many revisions in a response whose header is the store's revision", () => {
    const bench = new WatchBench();
    for (const value of ["a", "b", "c"]) bench.put("k", value);
    bench.put("other", "x");
    const watch = bench.watch({ startRevision: 3 }, 1, 200);
    expect(seen(watch)).toEqual(["put k=b@3", "put k=c@4"]);
    expect(batches(watch)).toEqual([2]);
    expect(answers(bench)).toEqual(["created, rev 5", "2 events, rev 5"]);
    expect(bench.told("watch-catch-up")).toEqual([
      "s1 catches up w1 from rev 3: 2 events: it wants what happened from revision 3 on, and this server's store is at 5: the loop that runs every 100 ms catches it up (etcd: watchable_store.go, unsynced)",
    ]);
    bench.put("k", "d");
    expect(answers(bench).at(-1)).toBe("1 event, rev 6");
    expect(seen(watch).at(-1)).toBe("put k=d@6");
  });

  it("gets at most 1000 revisions in a response, one response for each turn of the loop", () => {
    const bench = new WatchBench();
    const { client } = bench;
    for (let number = 0; number < 1500; number += 1) {
      const body = { kind: "put", key: "k", value: String(number) } as const;
      bench.recording.act({ kind: "invoke", client, body, at: null }, 0, -1);
      if (number % 50 === 49) bench.run(20);
    }
    bench.run(100);
    const watch = bench.watch({ startRevision: 2 }, 1, 500);
    expect(batches(watch)).toEqual([1000, 500]);
    expect(watch.received.map(({ event }) => event.kv.modRevision)).toEqual(
      Array.from({ length: 1500 }, (_, at) => at + 2),
    );
    const [first, second] = bench.told("watch-catch-up");
    expect(first).toMatch(/1000 events, more follow/);
    expect(second).toMatch(/from rev 1002: 500 events/);
  });

  it("is silent until its revision when that is still to come", () => {
    const bench = new WatchBench();
    const watch = bench.watch({ startRevision: 4 });
    for (const value of ["a", "b", "c"]) bench.put("k", value);
    expect(seen(watch)).toEqual(["put k=c@4"]);
    expect(answers(bench)).toEqual(["created, rev 1", "1 event, rev 4"]);
  });

  it("is created and then canceled where history was compacted, and ends for its user", () => {
    const bench = new WatchBench();
    for (const value of ["a", "b", "c", "d"]) bench.put("k", value);
    bench.ask({ kind: "compact", revision: 4 });
    const watch = bench.watch({ startRevision: 2 }, null, 300);
    expect(answers(bench)).toEqual(["created, rev 5", "canceled"]);
    expect(bench.responses().at(-1)).toMatch(
      /canceled: compacted, history begins at 4: it wants revision 2, and history begins at 4 since the compaction/,
    );
    expect(seen(watch)).toEqual([]);
    expect(watch.cancelled).toBe(true);
    expect(watch.cancellation).toMatchObject({ error: "compacted", compactRevision: 4 });
    expect(bench.told("watch-canceled")).toEqual([
      "client's w1 is ended by the server: error compacted, history begins at rev 4",
    ]);
    bench.run(3000);
    expect(watch.connections).toHaveLength(1);
  });

  it("may begin at the compacted revision itself", () => {
    const bench = new WatchBench();
    for (const value of ["a", "b", "c", "d"]) bench.put("k", value);
    bench.ask({ kind: "compact", revision: 4 });
    const watch = bench.watch({ startRevision: 4 }, 1, 300);
    expect(seen(watch)).toEqual(["put k=c@4", "put k=d@5"]);
  });

  it("that fell behind a later compaction is canceled when it comes back", () => {
    const bench = new WatchBench(3);
    if (bench.leader() === 1) bench.act({ kind: "transfer", server: 1, target: 2 });
    bench.run(500);
    const watch = bench.watch({}, 1);
    bench.put("k", "a");
    bench.cut(1, bench.client);
    for (const value of ["b", "c", "d"]) bench.put("k", value);
    bench.ask({ kind: "compact", revision: 5 });
    bench.heal();
    bench.run(3000);
    expect(seen(watch)).toEqual(["put k=a@2"]);
    expect(watch.cancellation).toMatchObject({ error: "compacted", compactRevision: 5 });
  });
});

describe("a synced watch", () => {
  it("gets the events of one revision together, and each revision by itself", () => {
    const bench = new WatchBench();
    const watch = bench.watch(prefixRange("p/"));
    const put = (key: string, value: string) => ({ kind: "put", key, value }) as const;
    bench.ask({ kind: "txn", compare: [], success: [put("p/b", "1"), put("q", "x"), put("p/a", "2")], failure: [] });
    bench.ask({ kind: "delete", ...prefixRange("p/") });
    expect(seen(watch)).toEqual(["put p/b=1@2", "put p/a=2@2", "delete p/a@3", "delete p/b@3"]);
    expect(batches(watch)).toEqual([2, 2]);
    expect(answers(bench)).toEqual(["created, rev 1", "2 events, rev 2", "2 events, rev 3"]);
  });

  it("gets no response of which everything is filtered out", () => {
    const bench = new WatchBench();
    const noPuts = bench.watch({ without: "put" });
    const noDeletes = bench.watch({ without: "delete" });
    bench.put("k", "a");
    bench.ask({ kind: "delete", key: "k" });
    expect(seen(noPuts)).toEqual(["delete k@3"]);
    expect(seen(noDeletes)).toEqual(["put k=a@2"]);
    expect(answers(bench).filter((text) => text.includes("event"))).toHaveLength(2);
  });

  it("gets the pair before only when it asks for it, and not where history has it no more", () => {
    const bench = new WatchBench();
    const plain = bench.watch();
    const wanting = bench.watch({ prevKv: true });
    for (const value of ["a", "b", "c"]) bench.put("k", value);
    bench.ask({ kind: "delete", key: "k" });
    const previous = (watch: typeof plain) => watch.received.map(({ event }) => event.previous?.value ?? null);
    expect(previous(plain)).toEqual([null, null, null, null]);
    expect(previous(wanting)).toEqual([null, "a", "b", "c"]);
    bench.ask({ kind: "compact", revision: 3 });
    const late = bench.watch({ prevKv: true, startRevision: 3 }, 1, 300);
    expect(seen(late)).toEqual(["put k=b@3", "put k=c@4", "delete k@5"]);
    expect(previous(late)).toEqual([null, "b", "c"]);
  });

  it("is refused for an empty range, as created and canceled with etcd's text", () => {
    const bench = new WatchBench();
    const watch = bench.watch({ key: "b", rangeEnd: "a" }, null);
    expect(answers(bench)).toEqual(["created, canceled"]);
    expect(watch.cancellation).toMatchObject({ error: "empty-watcher-range" });
    expect(bench.watch({ key: "b", rangeEnd: "\0" }, 1).cancellation).toBeNull();
    expect(bench.watch({ key: "" }, 1).cancellation).toBeNull();
  });

  it("costs what it concerns: of 1000 watches one response leaves for a change of one's key", () => {
    const bench = new WatchBench();
    for (let number = 0; number < 500; number += 1) {
      bench.watch({ key: `k${number}` }, 1, 0);
      bench.watch(prefixRange(`p${number}/`), 1, 0);
    }
    bench.run(100);
    const opened = bench.responses().length;
    bench.put("k7", "a");
    bench.put("p499/x", "b");
    expect(opened).toBe(1000);
    expect(bench.responses()).toHaveLength(opened + 2);
  });
});

describe("progress", () => {
  it("is told now and then to who asked for it, not right after events, at an interval of its own", () => {
    const bench = new WatchBench(1, { watchProgress: 1_000_000 });
    const watch = bench.watch({ progressNotify: true });
    const plain = bench.watch();
    bench.put("other", "a");
    bench.run(1200);
    expect(watch.progress.map(({ revision }) => revision)).toEqual([2]);
    bench.put("k", "a");
    bench.run(1000);
    expect(watch.progress).toHaveLength(1);
    bench.run(1200);
    expect(watch.progress.map(({ revision }) => revision)).toEqual([2, 3]);
    expect(plain.progress).toEqual([]);
    const [first] = watch.progress;
    const since = (first?.timeUs ?? 0) - (watch.connections[0]?.timeUs ?? 0);
    expect(since).toBeGreaterThanOrEqual(1_000_000);
    expect(since).toBeLessThan(1_120_000);
  });

  it("is where a watch resumes, so that a compaction meanwhile does not end it", () => {
    const bench = new WatchBench(1, { watchProgress: 200_000 });
    const watch = bench.watch({ progressNotify: true });
    for (const value of ["a", "b", "c"]) bench.put("other", value);
    bench.run(300);
    bench.ask({ kind: "compact", revision: 4 });
    bench.act({ kind: "crash", server: 1, durationUs: 10_000 });
    bench.run(3000);
    bench.put("k", "d");
    expect(watch.connections.map(({ startRevision }) => startRevision)).toEqual([0, 5]);
    expect(seen(watch)).toEqual(["put k=d@5"]);
  });

  it("is told when asked, if all the client's watches there are synced", () => {
    const bench = new WatchBench();
    const one = bench.watch();
    const other = bench.watch({ key: "other" });
    bench.put("x", "a");
    bench.act({ kind: "watch-progress", client: bench.client, watch: 1 });
    bench.run(30);
    expect([one.progress, other.progress].map((of) => of.map(({ revision }) => revision))).toEqual([[2], [2]]);
    const late = bench.watch({ key: "x", startRevision: 1 }, 1, 8);
    bench.act({ kind: "watch-progress", client: bench.client, watch: 1 });
    bench.run(8);
    expect(bench.told("deliver").some((title) => title.includes("no answer: watch 3 of this client"))).toBe(true);
    bench.run(200);
    expect(seen(late)).toEqual(["put x=a@2"]);
    expect(one.progress).toHaveLength(1);
  });
});

describe("a large response", () => {
  const large = "x".repeat(300_000);

  it("comes in parts to who allows it, which its client puts together", () => {
    const bench = new WatchBench(1, { maxRequestBytes: 400_000 });
    for (let number = 0; number < 6; number += 1) bench.put("k", large);
    const watch = bench.watch({ startRevision: 2, fragment: true }, 1, 300);
    const whole = bench.watch({ startRevision: 2 }, 1, 300);
    expect(batches(watch)).toEqual([6]);
    expect(batches(whole)).toEqual([6]);
    expect(answers(bench)).toEqual([
      "created, rev 7",
      "3 events, more follow, rev 7",
      "3 events, rev 7",
      "created, rev 7",
      "6 events, rev 7",
    ]);
  });

  it("is asked for again when a part is lost", () => {
    const bench = new WatchBench(1, { maxRequestBytes: 400_000 });
    for (let number = 0; number < 6; number += 1) bench.put("k", large);
    const watch = bench.watch({ startRevision: 2, fragment: true }, 1, 8);
    bench.lose("WatchResponse", 1);
    bench.run(500);
    expect(batches(watch)).toEqual([6]);
    expect(watch.connections).toHaveLength(2);
  });
});

describe("a watch that requires a leader", () => {
  it("ends at once at a server that knows none, bound to it or not", () => {
    const bench = new WatchBench(3);
    const pinned = 1;
    bench.act({ kind: "crash", server: 2, durationUs: null });
    bench.act({ kind: "crash", server: 3, durationUs: null });
    bench.run(1500);
    const bound = bench.watch({ requireLeader: true }, pinned);
    const free = bench.watch({ requireLeader: true }, null);
    const careless = bench.watch({}, pinned);
    expect(bound.cancellation).toMatchObject({ error: "no-leader" });
    expect(careless.connections[0]?.createdRevision).toBe(1);
    bench.run(3000);
    expect(free.cancellation).toMatchObject({ error: "no-leader" });
    expect(free.cancelled).toBe(true);
    expect(careless.cancelled).toBe(false);
  });

  it("ends after three election timeouts without a leader, and not before", () => {
    const bench = new WatchBench(3);
    if (bench.leader() === 1) bench.act({ kind: "transfer", server: 1, target: 2 });
    bench.run(500);
    const watch = bench.watch({ requireLeader: true }, 1);
    bench.act({ kind: "crash", server: 2, durationUs: null });
    bench.act({ kind: "crash", server: 3, durationUs: null });
    bench.run(400);
    expect(watch.cancelled).toBe(false);
    bench.run(1000);
    expect(watch.cancellation).toMatchObject({ error: "no-leader" });
    expect(bench.responses().at(-1)).toMatch(/has known none for 3 election timeouts/);
  });
});

describe("a learner", () => {
  it("serves no watches: the client goes on to a voter, and one that is bound to it ends", () => {
    const bench = new WatchBench(3, { learners: [1] });
    const free = bench.watch({}, null, 200);
    const bound = bench.watch({}, 1);
    bench.put("k", "a");
    expect(free.connections.map(({ server }) => server)).toEqual([1, 2]);
    expect(seen(free)).toEqual(["put k=a@2"]);
    expect(bound.cancellation).toMatchObject({ error: "learner" });
  });
});

describe("a receiver that does not keep up", () => {
  it("is sent no more than 16 responses, and is caught up when it takes them", () => {
    const bench = new WatchBench();
    const watch = bench.watch();
    const writer = bench.recording.act({ kind: "add-client", name: "writer" }, 0, -1).number;
    bench.act({ kind: "pause", server: bench.client, durationUs: null });
    for (let number = 0; number < 30; number += 1) {
      const body = { kind: "put", key: "k", value: String(number) } as const;
      bench.recording.act({ kind: "invoke", client: writer, body, at: null }, 0, -1);
      bench.run(20);
    }
    expect(answers(bench).filter((text) => text.includes("event"))).toHaveLength(16);
    bench.act({ kind: "resume", server: bench.client });
    bench.run(300);
    expect(watch.received.map(({ event }) => event.kv.value)).toEqual(
      Array.from({ length: 30 }, (_, at) => String(at)),
    );
    expect(batches(watch).at(-1)).toBe(14);
    expect(watch.connections).toHaveLength(1);
    expect(bench.told("watch-catch-up")[0]).toMatch(
      /16 responses were under way to it and had not arrived, so revision 18 and later waited/,
    );
  });
});

describe("a server that a snapshot brings up to date", () => {
  it("catches its watches up with what they missed, once and in order", () => {
    const bench = new WatchBench(3, { snapshot: { every: 5, keep: 0, chunk: 65536 } });
    const behind = bench.leader() === 3 ? 2 : 3;
    const watch = bench.watch({}, behind);
    bench.put("k", "0");
    for (const other of [1, 2, 3]) if (other !== behind) bench.cut(behind, other);
    for (let number = 1; number <= 20; number += 1) bench.put("k", String(number));
    expect(watch.received.length).toBeLessThan(3);
    bench.heal();
    bench.run(2000);
    expect(watch.received.map(({ event }) => event.kv.value)).toEqual(
      Array.from({ length: 21 }, (_, at) => String(at)),
    );
    expect(bench.told("watch-catch-up").join()).toMatch(/a snapshot took this server's store to revision \d+ at once/);
    expect(watch.connections).toHaveLength(1);
  });
});
