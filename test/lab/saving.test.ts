/** Live sessions that become scenarios, sessions that go on from a moment of another one, and several at once. */
import { readFile } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { LiveControl } from "../../server/src/protocol/requests.js";
import type { SessionInfo } from "../../server/src/protocol/session.js";
import { RandomStream } from "../../server/src/sim/random.js";
import { runText, scenarioOf } from "../support/scenarios.js";
import { bundleWorker, failure, never, ok, QUIET, TestLab, type WorkerBundle } from "./lab.js";

let bundle: WorkerBundle;
const labs: TestLab[] = [];
beforeAll(async () => {
  bundle = await bundleWorker();
});
afterAll(() => bundle.remove());
afterEach(async () => {
  for (const { lab } of labs.splice(0)) await lab.dispose();
});

async function start(storage: string | null = null): Promise<TestLab> {
  const lab = await TestLab.start(bundle.script, storage);
  labs.push(lab);
  return lab;
}

async function control(test: TestLab, sessionId: string, how: LiveControl): Promise<SessionInfo> {
  return ok(await test.lab.controlLive({ sessionId, control: how })).session;
}

const CLUSTER = "cluster wan {\n  nodes s1..s5\n  clients alice bob\n  latency 20ms\n  seed 5\n}\n";
const SOURCE = { uri: "file:///a%20b/wide.raftlab", text: `${CLUSTER}scenario "wide" on wan { await leader }\n` };

/** A paused cluster with some steps done. */
async function session(test: TestLab): Promise<string> {
  const { id } = ok(await test.lab.startLive({ source: SOURCE, scenario: "wide" })).session;
  await control(test, id, { kind: "pause" });
  for (const step of ["await leader", 'alice put color "red"', "async bob get color as g", "crash leader"]) {
    await test.lab.act({ sessionId: id, step }, QUIET);
  }
  await control(test, id, { kind: "step", events: 9 });
  await test.lab.act({ sessionId: id, step: "isolate s2 for 100ms" }, QUIET);
  await control(test, id, { kind: "step", events: 30 });
  return id;
}

describe("a live session saved as a scenario", () => {
  it("is a file that gives the same trace, and says so", async () => {
    const test = await start();
    const id = await session(test);
    const saved = ok(await test.lab.saveLive({ sessionId: id }, QUIET));
    expect(saved).toMatchObject({ exact: true, scenario: "live session of wide" });
    expect(saved.text).toContain("# A live session of “wide” in wide.raftlab, saved as it went, with seed 5.");
    expect(saved.text).toContain(`trace ${saved.traceHash}`);
    expect(saved.text).toMatch(/alice put color "red" +=> ok\n/);
    const run = runText(saved.text);
    expect(run.report?.verdict).toBe("pass");
    expect(run.recording.log.hash).toBe(saved.traceHash);
    const ran = ok(await test.run(saved.text, saved.scenario));
    expect(ran.session.traceHash).toBe(saved.traceHash);
    expect((await test.listed(id))?.state).toEqual({ kind: "paused" });
  });

  it("can be saved while it runs, and after it was stopped", async () => {
    const test = await start();
    const { id } = ok(await test.lab.startLive({ source: null })).session;
    await control(test, id, { kind: "pace", pace: 20 });
    ok(await test.lab.act({ sessionId: id, step: "await leader" }, QUIET));
    expect(ok(await test.lab.saveLive({ sessionId: id }, QUIET)).exact).toBe(true);
    const { traceHash } = await control(test, id, { kind: "stop" });
    expect(ok(await test.lab.saveLive({ sessionId: id }, QUIET))).toMatchObject({ exact: true, traceHash });
  });

  it("tells the violations it met as expected", { timeout: 30_000 }, async () => {
    const test = await start();
    const text = await readFile("samples/3-replication/figure-8.raftlab", "utf8");
    const title = "without the rule a committed entry is lost";
    const { id } = ok(
      await test.lab.startLive({ source: { uri: "file:///a.raftlab", text }, scenario: title }),
    ).session;
    await control(test, id, { kind: "pause" });
    const told = text.slice(text.indexOf(title));
    const steps = told
      .slice(told.indexOf("crash s1"), told.indexOf("expect leader == s5 and s5.term == 5"))
      .split("\n");
    for (const step of steps.map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("note"))) {
      await test.lab.act({ sessionId: id, step }, QUIET);
    }
    const saved = ok(await test.lab.saveLive({ sessionId: id }, QUIET));
    expect(saved.exact).toBe(true);
    if (saved.text.includes("expect violation of")) expect(runText(saved.text).report?.verdict).toBe("pass");
    expect(saved.text).toContain("rule current-term-commit off");
    expect(saved.text).toContain("given {");
  });

  it("is refused for a run, and for what is not there", async () => {
    const test = await start();
    const { session: run } = ok(await test.run(SOURCE.text, "wide"));
    expect(failure(await test.lab.saveLive({ sessionId: run.id }, QUIET))).toMatch(/run of a scenario/);
    expect(failure(await test.lab.saveLive({ sessionId: "none" }, QUIET))).toMatch(/no such session/);
  });
});

describe("a session that goes on from a moment of another one", () => {
  it("has the same trace up to there, is paused, and leaves the other as it is", { timeout: 30_000 }, async () => {
    const test = await start(bundle.folder);
    const id = await session(test);
    const before = await test.listed(id);
    const random = RandomStream.of(1, "branches");
    const all = ok(await test.lab.events({ sessionId: id, from: 0, count: 500 }, QUIET)).events;
    for (let count = 0; count < 8; count += 1) {
      const eventId = random.integer(0, all.length - 1);
      const branch = ok(await test.lab.branchLive({ sessionId: id, eventId }, QUIET)).session;
      expect(branch).toMatchObject({ state: { kind: "paused" }, title: `wide, from event ${eventId}`, seed: 5 });
      expect(branch.events).toBeGreaterThan(eventId);
      const own = ok(await test.lab.events({ sessionId: branch.id, from: 0, count: 500 }, QUIET)).events;
      expect(own).toEqual(all.slice(0, own.length));
      // Nothing but what belongs to the same moment.
      expect(new Set(own.slice(eventId).map(({ timeUs }) => timeUs)).size).toBe(1);
      expect(ok(await test.lab.saveLive({ sessionId: branch.id }, QUIET)).exact).toBe(true);
      ok(await test.lab.act({ sessionId: branch.id, step: "heal" }, QUIET));
    }
    expect(await test.listed(id)).toEqual(before);
  });

  it("begins at the cursor when no event is named, or at the beginning", async () => {
    const test = await start();
    const id = await session(test);
    ok(await test.lab.moveCursor({ sessionId: id, move: { kind: "event", eventId: 20 } }));
    expect(ok(await test.lab.branchLive({ sessionId: id }, QUIET)).session.title).toBe("wide, from event 20");
    const first = ok(await test.lab.branchLive({ sessionId: id, eventId: -1 }, QUIET)).session;
    expect(first).toMatchObject({ timeUs: 0, events: 5 });
    expect(failure(await test.lab.branchLive({ sessionId: id, eventId: 99_999 }, QUIET))).toMatch(/no event 99999/);
  });

  it("comes back after a restart", async () => {
    const test = await start(bundle.folder);
    const id = await session(test);
    const { id: branch } = ok(await test.lab.branchLive({ sessionId: id, eventId: 60 }, QUIET)).session;
    ok(await test.lab.act({ sessionId: branch, step: 'bob put size "xl"' }, QUIET));
    const { view } = ok(await test.lab.clusterView({ sessionId: branch, eventId: null }, QUIET));
    await test.lab.dispose();
    const next = await start(bundle.folder);
    ok(await next.lab.openSession({ sessionId: branch }, never()));
    expect(ok(await next.lab.clusterView({ sessionId: branch, eventId: null }, QUIET)).view).toEqual(view);
    expect(next.messages).toEqual([]);
  });
});

const STORY = `${CLUSTER}scenario "story" on wan {
  await leader
  alice put color "red" => ok
  isolate leader for 2s
  workload w for 3s { clients 2; keys k1..k3; rate 40/s; mix put 60% get 40% }
  wait 1s
  crash any follower
  await w
}
`;

describe("a session that goes on from the middle of a run", () => {
  it("has the run's state at that event, and saved it gives the same trace", { timeout: 60_000 }, async () => {
    const test = await start(bundle.folder);
    const { session: run } = ok(await test.run(STORY, "story"));
    const all = ok(await test.lab.events({ sessionId: run.id, from: 0, count: 5000 }, QUIET)).events;
    const random = RandomStream.of(3, "middles");
    for (let count = 0; count < 5; count += 1) {
      const eventId = random.integer(0, all.length - 1);
      const live = ok(await test.lab.branchLive({ sessionId: run.id, eventId }, QUIET)).session;
      expect(live).toMatchObject({ kind: "live", state: { kind: "paused" }, seed: 5 });
      expect(live.title).toBe(`story, from event ${eventId}`);
      const at = { eventId: live.events - 1 };
      const { view } = ok(await test.lab.clusterView({ sessionId: live.id, ...at }, QUIET));
      const { view: was } = ok(await test.lab.clusterView({ sessionId: run.id, ...at }, QUIET));
      expect(view.servers).toEqual(was.servers);
      expect(view.faults).toEqual(was.faults);
      expect(view.timeUs).toBe(all[eventId]?.timeUs);
      for (const step of ["heal", "await leader", 'bob put color "blue"', "crash s2"])
        ok(await test.lab.act({ sessionId: live.id, step }, QUIET));
      const saved = ok(await test.lab.saveLive({ sessionId: live.id }, QUIET));
      expect(saved.exact, saved.text).toBe(true);
      if (eventId > 5) expect(saved.text).toMatch(/\n {2}until event \d+ \{\n {4}await leader\n/);
    }
    expect((await test.listed(run.id))?.traceHash).toBe(run.traceHash);
  });

  it("has the run's settings and seed, and comes back after a restart; others can go on from it", async () => {
    const test = await start(bundle.folder);
    const source = { uri: "file:///story.raftlab", text: STORY };
    const ran = ok(await test.lab.run({ source, scenario: "story", seed: 8, settings: ["heartbeat 20ms"] }, never()));
    const asked = { sessionId: ran.session.id, eventId: 300 };
    const live = ok(await test.lab.branchLive(asked, QUIET)).session;
    expect(live).toMatchObject({ seed: 8, settings: ["heartbeat 20ms"] });
    ok(await test.lab.act({ sessionId: live.id, step: "crash leader" }, QUIET));
    ok(await test.lab.act({ sessionId: live.id, step: 'bob put size "xl"' }, QUIET));
    const saved = ok(await test.lab.saveLive({ sessionId: live.id }, QUIET));
    expect(saved).toMatchObject({ exact: true });
    expect(saved.text).toContain("heartbeat 20ms");
    const { view } = ok(await test.lab.clusterView({ sessionId: live.id, eventId: null }, QUIET));
    const { source: exported } = ok(await test.lab.runSource({ sessionId: live.id }, QUIET));
    expect(exported.live).toMatchObject({ storyUpTo: 300 });
    await test.lab.dispose();

    const next = await start(bundle.folder);
    ok(await next.lab.openSession({ sessionId: live.id }, never()));
    expect(ok(await next.lab.clusterView({ sessionId: live.id, eventId: null }, QUIET)).view).toEqual(view);
    // Before the event, and after it.
    for (const eventId of [120, view.eventId - 3]) {
      const other = ok(await next.lab.branchLive({ sessionId: live.id, eventId }, QUIET)).session;
      const ofIt = ok(await next.lab.clusterView({ sessionId: other.id, eventId }, QUIET)).view;
      expect(ofIt.servers).toEqual(ok(await next.lab.clusterView({ sessionId: live.id, eventId }, QUIET)).view.servers);
      expect(ok(await next.lab.saveLive({ sessionId: other.id }, QUIET)).exact).toBe(true);
    }
    expect(next.messages).toEqual([]);
  });

  it("begins at the run's last moment where its cursor is at what is said about it as a whole", async () => {
    const test = await start();
    const text = STORY.replace("await w\n", "await w\n  expect violation of election-safety\n");
    const { session: run } = ok(await test.run(text, "story"));
    const live = ok(await test.lab.branchLive({ sessionId: run.id, eventId: run.events - 1 }, QUIET)).session;
    expect(live.events).toBe(run.events - 1);
    expect(failure(await test.lab.branchLive({ sessionId: run.id, eventId: 99_999 }, QUIET))).toMatch(/no event 99999/);
  });
});

describe("several live clusters at once", () => {
  it("all run, and requests are answered meanwhile", { timeout: 60_000 }, async () => {
    const test = await start();
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      const { id } = ok(await test.lab.startLive({ source: null, seed: count + 1 })).session;
      await control(test, id, { kind: "pace", pace: null });
      ids.push(id);
    }
    for (const id of ids)
      expect(ok(await test.lab.act({ sessionId: id, step: "await leader" }, QUIET)).outcome.ok).toBe(true);
    const before = await Promise.all(ids.map((id) => test.listed(id)));
    for (let round = 0; round < 6; round += 1) {
      for (const id of ids) {
        ok(await test.lab.clusterView({ sessionId: id, eventId: null }, QUIET));
        ok(await test.lab.act({ sessionId: id, step: `put round "${round}"` }, QUIET));
      }
    }
    for (const [position, id] of ids.entries()) {
      const { session: paused } = ok(await test.lab.controlLive({ sessionId: id, control: { kind: "pause" } }));
      expect(paused.timeUs).toBeGreaterThan(before[position]?.timeUs ?? 0);
      expect(ok(await test.lab.act({ sessionId: id, step: "get round" }, QUIET)).outcome.result).toMatch(/^"5"/);
    }
    expect(scenarioOf(ok(await test.lab.saveLive({ sessionId: ids[4] ?? "" }, QUIET)).text).scenario.config.seed).toBe(
      5,
    );
  });

  it("come back each where it was after a shutdown, running or paused", async () => {
    const test = await start(bundle.folder);
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      const { id } = ok(await test.lab.startLive({ source: null, seed: count + 1 })).session;
      ok(await test.lab.act({ sessionId: id, step: `note "${count}"` }, QUIET));
      if (count !== 1) await control(test, id, { kind: "pause" });
      ids.push(id);
    }
    await test.lab.dispose();
    const next = await start(bundle.folder);
    const states: string[] = [];
    for (const id of ids) {
      const kept = await next.listed(id);
      expect(kept?.state).toEqual({ kind: "paused" });
      const { session: back } = ok(await next.lab.openSession({ sessionId: id }, never()));
      states.push(back.state.kind);
      expect(back.timeUs).toBeGreaterThanOrEqual(kept?.timeUs ?? 0);
    }
    expect(states).toEqual(["paused", "running", "paused"]);
    expect(next.messages).toEqual([]);
    // Resume needs no opening first.
    await next.lab.dispose();
    const last = await start(bundle.folder);
    expect((await control(last, ids[0] ?? "", { kind: "run" })).state).toEqual({ kind: "running" });
    await last.session(ids[0] ?? "", ({ state, timeUs }) => state.kind === "running" && timeUs > 0);
  });
});
