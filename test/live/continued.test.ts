/** Live clusters that go on from the middle of a scenario's run: their state is the run's, and saved they are files that give it again. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LiveRun } from "../../server/src/scenario/live-run.js";
import { RandomStream } from "../../server/src/sim/random.js";
import type { EventKind } from "../../server/src/sim/recorder.js";
import type { Recording } from "../../server/src/trace/recording.js";
import { finished, runText, scenarioOf, scenariosOf, type TextedScenario } from "../support/scenarios.js";
import { continuedFrom, stateOf } from "./continued.js";
import { saved } from "./session.js";
import { randomStep } from "./steps.js";

/** Samples of every kind: elections, partitions, workloads and nemeses, by hand, disks, snapshots, membership, etcd's recipes. */
const SAMPLES = [
  "1-elections/re-election",
  "1-elections/split-vote",
  "2-partitions/two-leaders",
  "3-replication/figure-8",
  "3-replication/normal-round",
  "4-clients/lock-without-fencing",
  "4-clients/lease-across-leaders",
  "11-etcd/fair-lock",
  "11-etcd/leader-election",
  "11-etcd/service-discovery",
];

const runs = new Map<string, { readonly told: TextedScenario; readonly run: ReturnType<typeof finished> }>();

function sample(name: string) {
  const known = runs.get(name);
  if (known !== undefined) return known;
  const [told] = scenariosOf(readFileSync(`samples/${name}.raftlab`, "utf8"));
  if (told === undefined) throw new Error(`${name} has no scenario`);
  const made = { told, run: finished(told) };
  runs.set(name, made);
  return made;
}

function does(live: LiveRun, ...steps: readonly string[]): void {
  for (const step of steps) {
    const act = live.act(step);
    if (!("done" in act)) throw new Error(`${step}: ${act.map(({ message }) => message).join("; ")}`);
    while (!act.done && live.goOn());
  }
}

function randomSteps(live: LiveRun, seed: number, actions: number): void {
  const random = RandomStream.of(seed, "continued");
  const pick = <T>(values: readonly [T, ...T[]]): T => values[random.integer(0, values.length - 1)] ?? values[0];
  const { world } = live.recording;
  for (let done = 0; done < actions; done += 1) {
    live.act(randomStep(live, random, pick));
    if (random.chance(0.5)) live.advance(world.nowUs + random.integer(0, pick([10, 2000, 200_000])), 2000);
    else live.stepEvents(random.integer(1, 20));
  }
}

describe.each(SAMPLES)("from any event of %s", (name) => {
  it("the state is the run's at that event, field by field, and so is what comes of it", () => {
    const { told, run } = sample(name);
    fc.assert(
      fc.property(fc.nat({ max: run.told - 1 }), (event) => {
        const live = continuedFrom(told, event);
        const { log } = live.recording;
        expect(log.count).toBe(run.recording.stateAt(event).recorder.count);
        expect(stateOf(live.recording, log.count - 1)).toEqual(stateOf(run.recording, log.count - 1));
        expect(live.recording.world.nowUs).toBe(run.recording.log.timeUs(event));
      }),
      { numRuns: 12 },
    );
  });

  it("steps can be done, and saved it is a file that gives the same trace", { timeout: 60_000 }, () => {
    const { told, run } = sample(name);
    fc.assert(
      fc.property(fc.nat({ max: run.told - 1 }), fc.nat(), (event, seed) => {
        const live = continuedFrom(told, event);
        randomSteps(live, seed, 6);
        const { problem, text } = saved(live);
        expect(problem, text).toBeNull();
      }),
      { numRuns: 8 },
    );
  });
});

const CLUSTER = "cluster { nodes s1..s3; clients alice bob }\n";

function story(steps: string, upTo: (run: ReturnType<typeof finished>["recording"]) => number): LiveRun {
  const told = scenarioOf(`${CLUSTER}scenario "x" {\n${steps}\n}\n`);
  const { recording } = finished(told);
  const event = upTo(recording);
  expect(event).toBeGreaterThan(0);
  return continuedFrom(told, event);
}

/** The first event of a kind at or after an instant. */
function first(kind: EventKind, fromUs = 0): (recording: Recording) => number {
  return ({ log }) => {
    for (let id = 0; id < log.count; id += 1) if (log.kind(id) === kind && log.timeUs(id) >= fromUs) return id;
    return -1;
  };
}

function count(live: LiveRun, kind: EventKind): number {
  const { log } = live.recording;
  let found = 0;
  for (let id = 0; id < log.count; id += 1) if (log.kind(id) === kind) found += 1;
  return found;
}

describe("what the scenario had still to do", () => {
  it("its further steps do not happen; what was asked for is answered", () => {
    const live = story('await leader\nalice put color "red"\ncrash all\n', first("invoke"));
    live.advance(5_000_000, 1_000_000);
    expect(count(live, "crash")).toBe(0);
    expect(live.recording.history.operations.map(({ outcome }) => outcome?.kind)).toEqual(["result"]);
    expect(live.busy).toBe(false);
    does(live, "bob get color");
    expect(saved(live).text).toMatch(/await leader\n +alice put color "red"\n +\}\n/);
    expect(saved(live).problem).toBeNull();
  });

  it("workloads, nemeses, blocks and renewals do no more", () => {
    const live = story(
      `await leader
alice lease grant l ttl 2s
alice lease keepalive l every 500ms
workload w for 10s { clients 2; keys k1; rate 100/s; mix put 100% }
nemesis n for 10s { every 50ms..90ms one of { crash any follower for 20ms } }
async { wait 2s; crash s1 }
async every 100ms for 5s { alice get k1 }
wait 3s`
        .replace("async every", "async { every")
        .replace("k1 }\nwait", "k1 } }\nwait"),
      first("invoke", 1_500_000),
    );
    const [asked, crashes] = [count(live, "invoke"), count(live, "crash")];
    expect(crashes).toBeGreaterThan(3);
    live.advance(live.recording.world.nowUs + 6_000_000, 10_000_000);
    expect([count(live, "invoke"), count(live, "crash")]).toEqual([asked, crashes]);
    expect(live.recording.world.servers.every((server) => server === undefined || server.status === "up")).toBe(true);
    expect(live.names.map(({ name, over }) => [name, over])).toEqual([
      ["l", true],
      ["w", true],
      ["n", true],
    ]);
    expect(saved(live).problem).toBeNull();
  });

  it("faults with an end still end, those without last", () => {
    const live = story("await leader\nisolate s1 for 800ms\nloss 5%\npause s2 for 300ms\nwait 1s", first("pause"));
    expect(live.recording.world.network.faults).toHaveLength(2);
    expect(live.recording.world.server(2).status).toBe("paused");
    live.advance(live.recording.world.nowUs + 1_000_000, 1_000_000);
    expect(live.recording.world.network.faults.map(({ text }) => text)).toEqual(["loss 5%"]);
    expect(live.recording.world.server(2).status).toBe("up");
    expect(saved(live).problem).toBeNull();
  });

  it("names that it had bound can be used, and no others", () => {
    const live = story(
      'await leader\nlet old = leader\nalice watch color as w\ncrash old\nlet later = leader\nalice put color "red"',
      first("crash"),
    );
    expect(live.names.map(({ name }) => name)).toEqual(["w"]);
    expect(live.check("restart old")).toEqual([]);
    expect(live.check("crash later").map(({ code }) => code)).toEqual(["RL1005"]);
    does(live, "await leader", "restart old", 'bob put color "blue"', 'expect w saw [put color "blue"] within 1s');
    expect(saved(live)).toMatchObject({ problem: null, report: { verdict: "pass" } });
  });

  it("what it says about its whole run is not asked of one that goes another way", () => {
    const live = story(
      "expect violation of election-safety\nalways count(down) == 0\nreach no leader\nawait leader\nwait 1s",
      ({ log }) => log.count - 20,
    );
    does(live, "crash leader");
    const { text, report, problem } = saved(live);
    expect(problem, text).toBeNull();
    expect(report.verdict, text).toBe("pass");
  });

  it("what a cluster does is chosen as if nothing had been chosen before: how far the story got does not matter", () => {
    const told = scenarioOf(`${CLUSTER}scenario "x" {\nawait leader\ncrash any follower\nrestart down\nwait 1s\n}\n`);
    const ends = [first("crash"), first("restart")].map((event) => event(finished(told).recording));
    const chosen = ends.map((event) => {
      const live = continuedFrom(told, event);
      does(live, "restart down", "pause random");
      expect(saved(live).problem).toBeNull();
      return live.recording.world.servers.filter((server) => server?.status === "paused").map((server) => server?.name);
    });
    expect(chosen[0]).toEqual(chosen[1]);
  });

  it("one that ends with `end` goes on as well, from its last moment", () => {
    const live = story("await leader\nasync { wait 1min }\nwait 100ms\nend", ({ log }) => log.count - 1);
    does(live, 'alice put color "red"');
    expect(saved(live).problem).toBeNull();
  });
});

describe("one that goes on from another that was saved", () => {
  it("tells that one's story within its own", () => {
    const one = story("await leader\ncrash any follower\nwait 1s\nrestart down", first("crash"));
    does(one, "isolate leader", "wait 400ms");
    const told = scenarioOf(saved(one).text);
    const { recording } = finished(told);
    for (const event of [20, first("crash")(recording), recording.log.count - 40, recording.log.count - 1]) {
      const second = continuedFrom(told, event);
      expect(stateOf(second.recording, second.recording.log.count - 1)).toEqual(
        stateOf(recording, second.recording.log.count - 1),
      );
      does(second, "heal", 'alice put color "red"');
      const { problem, text } = saved(second);
      expect(problem, text).toBeNull();
      expect(text.match(/until event/g)).toHaveLength(2);
    }
  });
});

/** Whether the last step begins at the moment of this event, counted from the first step, and after it. */
function goesOnAfter({ log }: Recording, event: number): boolean {
  const steps = Array.from({ length: log.count }, (_, id) => id).filter((id) => log.kind(id) === "step");
  const [begins = 0, next = 0] = [steps[0], steps.findLast((id) => id > (steps[0] ?? 0) + event)];
  return next > begins + event && log.timeUs(next) === log.timeUs(begins + event);
}

describe("`until event` in a scenario", () => {
  it("is for scenarios: a live cluster is continued instead", () => {
    const live = story("await leader", ({ log }) => log.count - 1);
    const act = live.act("until event 5 { crash s1 }");
    expect(act).toMatchObject({ done: true, outcomes: [{ ok: false }] });
    expect(saved(live).problem).toBeNull();
  });

  it("cuts its steps off and goes on with the next ones", () => {
    const run = runText(
      `${CLUSTER}scenario "x" {\nuntil event 40 {\n  await leader\n  wait 10min\n  crash all\n}\ncrash s1\nexpect count(down) == 1\n}\n`,
    );
    expect(run.report?.verdict).toBe("pass");
    expect(goesOnAfter(run.recording, 40)).toBe(true);
    expect(run.recording.world.nowUs).toBeLessThan(1_000_000);
  });

  it("waits for the event when its steps are done before, and fails where there is none", () => {
    const far = runText(`${CLUSTER}scenario "x" {\nuntil event 400 { crash s1 }\nrestart s1\n}\n`);
    expect(far.report?.verdict).toBe("pass");
    expect(goesOnAfter(far.recording, 400)).toBe(true);
    const still = runText(
      `cluster { nodes s1..s3; network manual; timers manual }\nscenario "x" {\nuntil event 400 { timeout s1; stabilize }\n}\n`,
    );
    expect(still.report).toMatchObject({
      verdict: "fail",
      steps: [{}, { ok: true }, { ok: false, result: "nothing happened any more before event 403" }].slice(
        3 - (still.report?.steps.length ?? 0),
      ),
    });
  });

  it("with `end` in it goes on at once", () => {
    const run = runText(`${CLUSTER}scenario "x" {\nuntil event 4000 { await leader; end }\nexpect leader\n}\n`);
    expect(run.report?.verdict).toBe("pass");
    expect(run.recording.log.count).toBeLessThan(400);
  });

  it("can stand in another one: the outer cuts off both", () => {
    const run = runText(
      `${CLUSTER}scenario "x" {\nuntil event 60 {\n  until event 30 { wait 10min }\n  until event 600 { wait 10min }\n}\nexpect leader within 1s\n}\n`,
    );
    expect(run.report?.verdict).toBe("pass");
    const { log } = run.recording;
    const steps = Array.from({ length: log.count }, (_, id) => id).filter((id) => log.kind(id) === "step");
    // The inner one, its wait, the second one and its wait, and what stands behind both: each as soon as its event has happened.
    expect(steps).toHaveLength(6);
    expect(log.timeUs(steps[3] ?? 0)).toBe(log.timeUs((steps[1] ?? 0) + 30));
    expect(log.timeUs(steps[5] ?? 0)).toBe(log.timeUs((steps[0] ?? 0) + 60));
  });
});
