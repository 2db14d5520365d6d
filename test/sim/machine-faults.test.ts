import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NO_DISK_FAULTS } from "../../server/src/sim/machine-fault.js";
import type { World } from "../../server/src/sim/world.js";
import { sufferingText, TOLERATED } from "../support/machine-faults.js";
import { runText } from "../support/scenarios.js";

/** What faults change about a world, apart from what they did while they lasted. */
function parameters(world: World): unknown {
  return {
    network: world.network.faults,
    machines: world.machineFaults,
    servers: world.servers.flatMap((server) =>
      server === undefined
        ? []
        : [{ up: server.status, rate: server.clock.rate, disk: server.disk.faults, points: server.crashPoints }],
    ),
  };
}

const IN_ORDER = {
  network: [],
  machines: [],
  servers: [1, 2, 3].map(() => ({ up: "up", rate: 1_000_000, disk: NO_DISK_FAULTS, points: [] })),
};

const durations = fc.integer({ min: 1, max: 400 }).map((ms) => `${ms}ms`);
const servers = fc.constantFrom("s1", "s2", "s3", "{s1 s3}", "all");
const faults = fc.oneof(
  fc.integer({ min: -90, max: 100 }).map((percent) => ({ word: "clock", what: `drift ${percent}%` })),
  fc.integer({ min: -500, max: 500 }).map((ms) => ({ word: "clock", what: `jump ${ms}ms` })),
  fc.integer({ min: 0, max: 100 }).map((ms) => ({ word: "disk", what: `slow ${ms}ms` })),
  fc.constantFrom("ignore fsync", "fail", "tear").map((what) => ({ word: "disk", what })),
  fc.constantFrom("pause", "crash", "isolate").map((word) => ({ word, what: "" })),
);
const step = fc.tuple(faults, servers, durations, fc.integer({ min: 0, max: 100 }));

describe("faults of machines", () => {
  it("are undone exactly: when all have ended, the world is as it was", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.array(step, { maxLength: 25 }), (seed, chosen) => {
        const lines = chosen.flatMap(([{ word, what }, server, lasting, gap]) => [
          `        ${word} ${server} ${what} for ${lasting}`,
          `        wait ${gap}ms`,
        ]);
        const steps = `every 1ms for 1ms {\n${lines.join("\n")}\n}`;
        const text = `cluster { nodes s1..s3 }\nscenario "x" {\n  seed ${seed}\n  wait 500ms\n${steps}\n  wait 500ms\n  restart down\n  wait 1ms\n}\n`;
        const { world } = runText(text).recording;
        expect(parameters(world)).toEqual(IN_ORDER);
        for (const server of world.servers) {
          // A clock that only jumped, with `for`, shows the time again; one that drifted goes on from where it is.
          if (server !== undefined && !text.includes("drift")) {
            expect(server.clock.localAt(world.nowUs)).toBe(world.nowUs);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it("of clocks reach what Raft reads, also after a pause", () => {
    const { recording } = runText(`cluster { nodes s1..s3 }
scenario "x" {
  await leader
  clock s2 jump 10s
  clock s3 jump -10s
  pause s1 for 500ms
  wait 1s
}`);
    const { world } = recording;
    const behind = [1, 2, 3].map((id) => world.nowUs - (world.server(id).raft?.localTime ?? 0));
    const least = [0, -10_000_000, 10_000_000];
    behind.forEach((us, position) => {
      // Since the last input, which a heartbeat interval does not exceed.
      expect(us - (least[position] ?? 0)).toBeGreaterThanOrEqual(0);
      expect(us - (least[position] ?? 0)).toBeLessThan(60_000);
    });
  });

  it("excuse a cluster that does not get on, as long as they last", () => {
    const stuck = (faults: string): readonly string[] => {
      const run = runText(`cluster { nodes s1..s3 }
scenario "x" {
${faults}
  wait 20s
  heal
  await leader within 10s
}`);
      return run.report?.violations.map(({ property, message }) => `${property}: ${message}`) ?? [];
    };
    expect(stuck("  disk all slow 10s")).toEqual([]);
    expect(stuck("  clock all drift -90%\n  disk {s1 s2} slow 1s")).toEqual([]);
    expect(stuck("  latency 10s")).toContainEqual(expect.stringContaining("progress"));
  });

  it("end with heal, wherever they are", () => {
    const text = `cluster { nodes s1..s3 }
scenario "x" {
  await leader
  clock all drift 50%
  clock s1 jump 300ms for 1min
  disk all slow 5ms
  disk s2 ignore fsync
  disk s3 tear
  crash s2 after send RequestVote
  isolate s3
  heal
}`;
    expect(parameters(runText(text).recording.world)).toEqual(IN_ORDER);
  });

  it("break nothing that Raft promises, as long as disks keep what they report", () => {
    const met = new Set<string>();
    for (let seed = 1; seed <= 12; seed += 1) {
      const run = runText(sufferingText(seed, TOLERATED));
      const { log } = run.recording;
      for (const id of log.landmarks) met.add(log.kind(id));
      const failed = run.steps.filter(({ ok }) => !ok).map(({ line, result }) => `${line} ${result}`);
      expect([seed, run.report?.violations.map(({ message }) => message), failed]).toEqual([seed, [], []]);
    }
    expect([...met]).toEqual(expect.arrayContaining(["struck", "disk-error", "undo"]));
  });
});
