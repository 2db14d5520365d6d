import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { check } from "../../server/src/language/check.js";
import type { ClusterConfig } from "../../server/src/language/program.js";
import { LiveRun } from "../../server/src/scenario/live-run.js";
import { fingerprint } from "./fingerprint.js";

const SERVERS = ["s1", "s2", "s3"];

function cluster(settings: string): ClusterConfig {
  const { program } = check(
    `cluster { nodes s1..s3; clients alice; network manual; timers manual; fsync 1ms..3ms; ${settings} }\n`,
  );
  const config = program.clusters[0]?.config;
  if (config === undefined) throw new Error("there is a cluster");
  return config;
}

/** The links on which something waits, oldest message first. */
function links({ recording: { world } }: LiveRun): string[] {
  const found = new Set<string>();
  for (const { message } of world.network.waiting) {
    found.add(`${world.nameOf(message.from)} -> ${world.nameOf(message.to)}`);
  }
  return [...found];
}

/** A step that can be taken now, picked by a number. */
function pick(run: LiveRun, number: number, inOrder: boolean): string {
  const choose = <T>(items: readonly T[]): T => {
    const item = items[Math.floor(number / 64) % items.length];
    if (item === undefined) throw new Error("nothing to choose from");
    return item;
  };
  const waiting = links(run);
  const kind = number % 64;
  if (kind < 40 && waiting.length > 0) return `deliver ${choose(waiting)}`;
  if (kind < 46 && waiting.length > 0 && !inOrder) {
    return choose(waiting.flatMap((link) => [`lose ${link}`, `duplicate ${link}`, `deliver last ${link}`]));
  }
  if (kind < 52) return `timeout ${choose(SERVERS)}`;
  if (kind < 56) return choose(SERVERS.flatMap((server) => [`tick ${server}`, `tick ${server} for 300ms`]));
  if (kind < 60) return choose(SERVERS.map((server) => `async put key "v${number}" at ${server}`));
  if (kind < 61) return choose(SERVERS.map((server) => `crash ${server}`));
  if (kind < 63) return choose(SERVERS.map((server) => `restart ${server}`));
  return "wait 2ms";
}

/** A run by these numbers. After each step, what the world was after its last event. */
function tell(
  config: ClusterConfig,
  numbers: readonly number[],
  inOrder: boolean,
): { run: LiveRun; seen: [number, string][] } {
  const run = new LiveRun(config, [], 1);
  const seen: [number, string][] = [];
  for (const number of numbers) {
    expect(run.act(pick(run, number, inOrder))).toHaveProperty("outcomes");
    const { log, world } = run.recording;
    seen.push([log.count - 1, JSON.stringify(fingerprint(world))]);
    // Enough for what waits for a disk, now and then.
    if (number % 3 === 0) run.advance(world.nowUs + 1500, 10_000);
  }
  return { run, seen };
}

function finish(run: LiveRun): void {
  for (const step of [
    "restart down",
    "stabilize",
    ...SERVERS.flatMap((server) => [`timeout ${server}`, "stabilize"]),
  ]) {
    run.act(step);
    run.advance(run.recording.world.nowUs + 50_000, 10_000);
  }
}

const stories = fc.record({
  numbers: fc.array(fc.nat({ max: 64 * 60 }), { minLength: 40, maxLength: 160 }),
  inOrder: fc.boolean(),
  settings: fc.constantFrom(
    "pre-vote off; check-quorum off",
    "pre-vote on; check-quorum on",
    "append-limit 1; inflight 2; pre-vote off",
  ),
});

describe("a cluster driven by hand, in whatever order its messages arrive", () => {
  it("keeps what Raft promises, and gets on once all is delivered", { timeout: 60_000 }, () => {
    let committed = 0;
    fc.assert(
      fc.property(stories, ({ numbers, inOrder, settings }) => {
        const { run } = tell(cluster(settings), numbers, inOrder);
        finish(run);
        expect(run.violations).toEqual([]);
        const { world } = run.recording;
        if (settings.includes("check-quorum off")) expect(world.leader()).not.toBeNull();
        committed += Math.max(...world.servers.map((server) => server?.raft?.commitIndex ?? 0));
      }),
      { numRuns: 40 },
    );
    expect(committed).toBeGreaterThan(40);
  });

  it("is found again at any moment, and done again to the byte", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(stories, ({ numbers, inOrder, settings }) => {
        const config = cluster(settings);
        const { run, seen } = tell(config, numbers, inOrder);
        const { recording } = run;
        for (const [event, world] of seen.toReversed()) {
          expect(JSON.stringify(fingerprint(recording.stateAt(event)))).toBe(world);
        }
        const again = new LiveRun(config, [], 1);
        for (const _ of again.replay(run.steps, recording.world.nowUs, recording.world.position));
        expect(again.recording.log.hash).toBe(recording.log.hash);
      }),
      { numRuns: 12 },
    );
  });
});
