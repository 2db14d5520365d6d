import fc from "fast-check";
import { expect, it } from "vitest";
import { inRange, prefixRange } from "../../server/src/kv/key-range.js";
import type { KvEvent } from "../../server/src/kv/response.js";
import type { ClientOperation } from "../../server/src/sim/client-operation.js";
import type { WatchRecord } from "../../server/src/sim/history.js";
import { RandomStream } from "../../server/src/sim/random.js";
import { WatchBench } from "./watch-bench.js";

const KEYS = ["p/a", "p/b", "q"] as const;

/** What a watch should have received by the store's word, up to the last revision that it did receive. */
function owed(watch: WatchRecord, changes: readonly KvEvent[], upTo: number): readonly KvEvent[] {
  const { options, fromRevision } = watch;
  return changes.filter(
    ({ type, kv }) =>
      fromRevision > 0 &&
      kv.modRevision >= fromRevision &&
      kv.modRevision <= upTo &&
      type !== options.without &&
      inRange(kv.key, options),
  );
}

/** A cluster, a client that watches, another that writes, and what the seed does to them. */
class Storm {
  readonly bench: WatchBench;
  readonly watches: WatchRecord[] = [];
  readonly #random: RandomStream;
  readonly #writer: number;
  readonly #compacts: boolean;

  constructor(seed: number, compacts: boolean) {
    this.#random = RandomStream.of(seed, "storm");
    this.#compacts = compacts;
    const chance = (): number => this.#random.fraction() * 0.2;
    this.bench = new WatchBench(3, {
      seed,
      loss: chance(),
      duplicate: chance(),
      reorder: chance(),
      watchProgress: 300_000,
      snapshot: { every: 10, keep: 3, chunk: 65536 },
    });
    this.#writer = this.bench.recording.act({ kind: "add-client", name: "writer" }, 0, -1).number;
  }

  /** Sixty turns, then a calm in which everything comes to rest. */
  run(): void {
    const { bench } = this;
    for (let turn = 0; turn < 60; turn += 1) {
      this.#turn(String(turn));
      bench.run(this.#random.integer(0, 120));
    }
    bench.heal();
    bench.run(8_000);
    for (const server of bench.recording.world.servers)
      if (server?.status === "down") bench.act({ kind: "restart", server: server.id });
    bench.run(8_000);
  }

  #turn(value: string): void {
    const random = this.#random;
    const { bench } = this;
    const server = random.integer(1, 3);
    switch (random.integer(0, 9)) {
      case 0:
        bench.act({ kind: "crash", server, durationUs: random.integer(10_000, 400_000) });
        return;
      case 1:
        bench.act({ kind: "pause", server, durationUs: random.integer(10_000, 800_000) });
        return;
      case 2:
        bench.act({ kind: "pause", server: bench.client, durationUs: random.integer(10_000, 800_000) });
        return;
      case 3: {
        const pairs = [
          [server, bench.client],
          [server, (server % 3) + 1],
        ] as const;
        const durationUs = random.integer(50_000, 900_000);
        bench.act({ kind: "fault", fault: { kind: "block", pairs }, text: "cut", durationUs });
        return;
      }
      case 4:
        this.#watch();
        return;
      case 5: {
        const revision = bench.recording.world.leader()?.machine.store.revision ?? 0;
        if (this.#compacts && revision > 2) this.#invoke({ kind: "compact", revision: random.integer(2, revision) });
        return;
      }
      default:
        if (random.chance(0.3)) this.#invoke({ kind: "delete", ...prefixRange("p/") });
        else this.#invoke({ kind: "put", key: this.#key(), value });
    }
  }

  #watch(): void {
    const random = this.#random;
    const { bench } = this;
    const range = random.chance(0.5) ? prefixRange("p/") : { key: this.#key() };
    const startRevision = random.chance(0.5) ? 0 : random.integer(1, 40);
    const options = {
      ...range,
      startRevision,
      progressNotify: random.chance(0.5),
      prevKv: random.chance(0.5),
      without: random.chance(0.2) ? "put" : null,
    } as const;
    if (bench.recording.world.client(bench.client).status === "up") this.watches.push(bench.watch(options, null, 0));
  }

  #key(): string {
    return KEYS[this.#random.integer(0, KEYS.length - 1)] ?? "q";
  }

  #invoke(body: ClientOperation): void {
    this.bench.recording.act({ kind: "invoke", client: this.#writer, body, at: null }, 0, -1);
  }
}

function text({ type, kv }: KvEvent): string {
  return `${type} ${kv.key}=${kv.value} ${kv.modRevision}`;
}

/** Runs a storm, and compares every watch with what the replicated store executed; returns how many events were received. */
function weathers(seed: number, compacts: boolean): number {
  const storm = new Storm(seed, compacts);
  storm.run();
  const servers = storm.bench.recording.world.servers.flatMap((server) => (server === undefined ? [] : [server]));
  const { changes } = storm.bench;
  const end = Math.min(...servers.map(({ machine }) => machine.store.revision));
  for (const watch of storm.watches) {
    const { cancellation, progress, fromRevision } = watch;
    const received = watch.received.map(({ event }) => event);
    const revisions = received.map(({ kv }) => kv.modRevision);
    const last = revisions.at(-1) ?? 0;
    // A server may be ahead of another for good, with messages lost until the end.
    const wanted = owed(watch, changes, cancellation === null ? Math.max(end, last) : last).map(text);
    // One that is over may have ended within what it was owed; nothing before may be missing.
    if (cancellation === null && fromRevision > 0) expect(received.map(text)).toEqual(wanted);
    else expect(received.map(text)).toEqual(wanted.slice(0, received.map(text).length));
    expect(new Set(received.map(text)).size).toBe(received.length);
    expect(revisions).toEqual([...revisions].sort((a, b) => a - b));
    if (cancellation !== null) expect(cancellation.error).toBe("compacted");
    for (const { revision, eventId } of progress) {
      const before = watch.received.filter((each) => each.eventId < eventId).map(({ event }) => event);
      expect(before.map(text)).toEqual(owed(watch, changes, revision).map(text));
    }
  }
  return storm.watches.reduce((sum, { received }) => sum + received.length, 0);
}

it("receives what its server's store has, gapless, in order and once, whatever the network and the servers do", () => {
  let received = 0;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
      received += weathers(seed, false);
    }),
    { numRuns: 40 },
  );
  expect(received).toBeGreaterThan(300);
}, 60_000);

it("misses nothing without being canceled for it where history is compacted", () => {
  let received = 0;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
      received += weathers(seed, true);
    }),
    { numRuns: 40 },
  );
  expect(received).toBeGreaterThan(200);
}, 60_000);
