import { describe, expect, it } from "vitest";
import { RaftNode } from "../../server/src/raft/node.js";
import { Recording } from "../../server/src/trace/recording.js";
import { worldConfigOf } from "../support/worlds.js";

/** One server, one client that watches `k`, and messages that the test delivers by hand. */
class Bench {
  readonly recording = new Recording(worldConfigOf(1), (config, durable) => new RaftNode(config, durable));
  readonly client = 2;
  readonly server = 1;

  constructor() {
    this.run(1_000_000);
    const { recording, client } = this;
    recording.act({ kind: "watch", client, name: "w", key: "k", prefix: true, fromRevision: 0, at: 1 }, 0, -1);
    this.run(10_000);
  }

  run(us: number): void {
    const { world } = this.recording;
    const until = world.nowUs + us;
    for (let next = world.nextUs; next !== null && next <= until; next = world.nextUs) this.recording.step();
    this.recording.advanceTo(until);
  }

  put(value: string): void {
    const { recording, client } = this;
    recording.act({ kind: "invoke", client, body: { kind: "put", key: "k", value }, at: null }, 0, -1);
    this.run(20_000);
  }

  lose(): void {
    const { recording } = this;
    const pairs = [[this.server, this.client]] as const;
    const fault = { kind: "rule", effect: "drop", message: "WatchResponse", pairs, byUs: 0, count: 1 } as const;
    recording.act({ kind: "fault", fault, text: "drop", durationUs: null }, 0, -1);
  }

  /** The request that opened the stream arrives once more. */
  openAgain(): void {
    const { world } = this.recording;
    const message = {
      type: "WatchCreateRequest",
      from: this.client,
      to: this.server,
      watch: 1,
      stream: 1,
      key: "k",
      prefix: true,
      revision: 0,
    } as const;
    const { queue, nowUs: timeUs } = world;
    queue.push({ kind: "deliver", timeUs, order: queue.nextOrder(), message, sendEvent: 0 });
    this.run(10_000);
  }

  seen(): readonly (string | null)[] {
    return this.recording.history.watch(1)?.received.map(({ event }) => event.kv.value) ?? [];
  }
}

describe("a watch", () => {
  it("receives every change once", () => {
    const bench = new Bench();
    for (const value of ["a", "b", "c"]) bench.put(value);
    expect(bench.seen()).toEqual(["a", "b", "c"]);
  });

  it("asks again for what was lost on the way", () => {
    const bench = new Bench();
    bench.put("a");
    bench.lose();
    bench.put("b");
    bench.put("c");
    bench.run(100_000);
    expect(bench.seen()).toEqual(["a", "b", "c"]);
  });

  it("misses nothing when the request that opened it arrives twice", () => {
    const bench = new Bench();
    bench.lose();
    bench.put("a");
    bench.openAgain();
    bench.put("b");
    bench.run(100_000);
    expect(bench.seen()).toEqual(["a", "b"]);
  });

  it("misses nothing when the request arrives again at a server that has forgotten the stream", () => {
    const bench = new Bench();
    const { recording } = bench;
    bench.lose();
    bench.put("a");
    recording.act({ kind: "crash", server: 1, durationUs: null }, 0, -1);
    recording.act({ kind: "restart", server: 1 }, 0, -1);
    bench.run(400_000);
    bench.openAgain();
    bench.put("b");
    bench.run(100_000);
    expect(bench.seen()).toEqual(["a", "b"]);
  });

  it("goes on where it was when the client renews its stream", () => {
    const bench = new Bench();
    bench.put("a");
    bench.run(3_000_000);
    bench.put("b");
    expect(bench.seen()).toEqual(["a", "b"]);
  });
});
