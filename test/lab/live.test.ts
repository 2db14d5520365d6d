import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { LiveControl } from "../../server/src/protocol/requests.js";
import type { SessionInfo } from "../../server/src/protocol/session.js";
import { bundleWorker, failure, never, ok, QUIET, TestLab, type WorkerBundle } from "./lab.js";

const CLUSTER = `cluster {
  nodes s1..s3
  clients alice bob
  seed 5
}
`;

describe("live clusters in the lab", () => {
  let bundle: WorkerBundle;
  const labs: TestLab[] = [];

  beforeAll(async () => {
    const folder = (await bundleWorker()).folder;
    const entry = path.join(folder, "mortal.ts");
    await writeFile(
      entry,
      `import { parentPort } from "node:worker_threads";
       import ${JSON.stringify(path.resolve("server/src/lab/worker.ts"))};
       parentPort?.on("message", ({ params }) => { if (params?.eventId === 666_666_666) process.exit(3); });`,
    );
    bundle = await bundleWorker(entry);
  });
  afterAll(async () => bundle.remove());
  afterEach(async () => {
    for (const { lab } of labs.splice(0)) await lab.dispose();
  });

  async function start(storage: string | null = null): Promise<TestLab> {
    const lab = await TestLab.start(bundle.script, storage);
    labs.push(lab);
    return lab;
  }

  /** A cluster of the file, paused at its beginning. */
  async function paused(test: TestLab, text = CLUSTER, scenario?: string): Promise<SessionInfo> {
    const source = { uri: "file:///a.raftlab", text };
    const started = ok(await test.lab.startLive({ source, ...(scenario === undefined ? {} : { scenario }) }));
    return control(test, started.session.id, { kind: "pause" });
  }

  async function control(test: TestLab, sessionId: string, how: LiveControl): Promise<SessionInfo> {
    return ok(await test.lab.controlLive({ sessionId, control: how })).session;
  }

  async function act(test: TestLab, sessionId: string, step: string): Promise<string> {
    const { outcome } = ok(await test.lab.act({ sessionId, step }, QUIET));
    return `${outcome.ok ? "" : "failed: "}${outcome.result}`;
  }

  it("starts running, in slow motion, from nothing or from a file's cluster and seed", async () => {
    const test = await start();
    const { session } = ok(await test.lab.startLive({ source: null }));
    expect(session).toMatchObject({ kind: "live", state: { kind: "running" }, pace: 0.1, servers: ["s1", "s2", "s3"] });
    const own = await paused(test);
    expect(own).toMatchObject({ seed: 5, clients: ["alice", "bob"], state: { kind: "paused" } });
    expect((await test.lab.sessions()).sessions.map(({ id }) => id)).toEqual([own.id, session.id]);
    const wrong = await test.lab.startLive({ source: { uri: "file:///a.raftlab", text: "cluster { nodes s1 s1 }" } });
    expect(failure(wrong)).toMatch(/cannot start, line 1: .*RL\d+/);
    expect((await test.lab.sessions()).sessions).toHaveLength(2);
  });

  it("steps one event at a time, and shows each message that is delivered", async () => {
    const test = await start();
    const { id } = await paused(test);
    let session = await control(test, id, { kind: "step", events: 1 });
    const delivered: number[] = [];
    for (let count = 0; count < 40; count += 1) {
      const from = session.events;
      session = await control(test, id, { kind: "step", events: 1 });
      expect(session.state).toEqual({ kind: "paused" });
      expect(session.events).toBeGreaterThan(from);
      const { events } = ok(await test.lab.events({ sessionId: id, from, count: session.events - from }, QUIET));
      delivered.push(events.filter(({ title }) => / receives .* from /.test(title)).length);
    }
    expect(Math.max(...delivered)).toBe(1);
    expect(failure(await test.lab.controlLive({ sessionId: id, control: { kind: "step", events: 0 } }))).toMatch(
      /1 to/,
    );
    expect(failure(await test.lab.controlLive({ sessionId: id, control: { kind: "pace", pace: 0 } }))).toMatch(
      /greater/,
    );
  });

  it("acts while paused, going on only as far as the result needs", async () => {
    const test = await start();
    const { id } = await paused(test);
    expect(await act(test, id, "await leader")).toMatch(/leader/);
    expect(await act(test, id, 'alice put color "red"')).toMatch(/^ok/);
    const before = await test.listed(id);
    expect(await act(test, id, "alice get color")).toMatch(/^"red"/);
    const after = await test.listed(id);
    expect(after?.state).toEqual({ kind: "paused" });
    expect((after?.timeUs ?? 0) - (before?.timeUs ?? 0)).toBeLessThan(1_000_000);
    expect(await act(test, id, "wait 250ms")).toMatch(/^done/);
    expect((await test.listed(id))?.timeUs).toBe((after?.timeUs ?? 0) + 250_000);
    expect(await act(test, id, "expect no leader")).toMatch(/^failed: /);
    const unknown = await test.lab.act({ sessionId: id, step: "crash s9" }, QUIET);
    expect(failure(unknown)).toMatch(/s9.*RL\d+/);
    expect((await test.listed(id))?.timeUs).toBe((after?.timeUs ?? 0) + 250_000);
  });

  it("does not wait for ever where nothing will happen any more", async () => {
    const test = await start();
    const { id } = await paused(test);
    expect(await act(test, id, "crash all")).not.toBe("");
    const outcome = await act(test, id, "await leader");
    expect(outcome).toMatch(/^failed: /);
  });

  it("acts while running, tells each watch event once, and ends a wait when cancelled", async () => {
    const test = await start();
    const { session } = ok(await test.lab.startLive({ source: { uri: "file:///a.raftlab", text: CLUSTER } }));
    await control(test, session.id, { kind: "pace", pace: null });
    expect(await act(test, session.id, "await leader")).toMatch(/leader/);
    await act(test, session.id, "bob watch c prefix as w");
    await act(test, session.id, 'alice put color "red"');
    await act(test, session.id, 'alice put cut "blue"');
    await control(test, session.id, { kind: "pause" });
    await act(test, session.id, "wait 500ms");
    const lines = test.told.flatMap((e) => (e.kind === "watch-event" ? [`${e.watch}: ${e.text}`] : []));
    expect(lines).toEqual(['w: put color "red" rev 2', 'w: put cut "blue" rev 3']);
    await control(test, session.id, { kind: "pace", pace: 0.001 });
    await control(test, session.id, { kind: "run" });
    const stop = new AbortController();
    const waiting = test.lab.act({ sessionId: session.id, step: "wait 60min" }, stop.signal);
    // The worker has the step when it has answered what was asked after it.
    await test.lab.events({ sessionId: session.id, from: 0, count: 1 }, QUIET);
    stop.abort();
    expect(ok(await waiting).outcome.result).toBe("no result yet");
  });

  it("stops for good with a verdict, and says so to whoever goes on acting", async () => {
    const test = await start(bundle.folder);
    const { id } = await paused(test);
    await act(test, id, 'alice put color "red"');
    const waiting = test.lab.act({ sessionId: id, step: "wait 600min" }, QUIET);
    const stopped = await control(test, id, { kind: "stop" });
    expect(stopped.state).toEqual({ kind: "finished", verdict: "pass" });
    expect(stopped.traceHash).toMatch(/^[0-9a-f]{16}$/);
    expect((await waiting).ok).toBe(true);
    expect(failure(await test.lab.act({ sessionId: id, step: "heal" }, QUIET))).toMatch(/has been stopped/);
    expect(failure(await test.lab.controlLive({ sessionId: id, control: { kind: "run" } }))).toMatch(
      /has been stopped/,
    );
    await test.lab.dispose();
    const next = await start(bundle.folder);
    expect(ok(await next.lab.openSession({ sessionId: id }, never())).session).toMatchObject({
      state: stopped.state,
      traceHash: stopped.traceHash,
      events: stopped.events,
    });
    expect(failure(await next.lab.act({ sessionId: id, step: "heal" }, QUIET))).toMatch(/has been stopped/);
    expect(next.messages).toEqual([]);
    await next.lab.deleteSession({ sessionId: id });
  });

  it("comes back after a restart with the same trace, and goes on running when it was", async () => {
    const test = await start(bundle.folder);
    const { id } = await paused(test);
    for (const step of ["await leader", 'async alice put a "1" as p', "crash leader", "let old = s1", "isolate s2"]) {
      await act(test, id, step);
    }
    await test.lab.act({ sessionId: id, step: "crash nobody" }, QUIET);
    await control(test, id, { kind: "step", events: 7 });
    ok(await test.lab.moveCursor({ sessionId: id, move: { kind: "event", eventId: 5 } }));
    const { view } = ok(await test.lab.clusterView({ sessionId: id, eventId: null }, QUIET));
    const before = await test.listed(id);
    await test.lab.dispose();

    const next = await start(bundle.folder);
    expect(await next.listed(id)).toEqual(before);
    const opened = await Promise.all([
      next.lab.openSession({ sessionId: id }, never()),
      next.lab.clusterView({ sessionId: id, eventId: null }, QUIET),
      next.lab.openSession({ sessionId: id }, never()),
    ]);
    expect(ok(opened[0]).session).toEqual(before);
    expect(ok(opened[1]).view).toEqual(view);
    expect(ok(opened[2]).session).toEqual(before);
    expect(next.messages).toEqual([]);
    await control(next, id, { kind: "run" });
    await next.lab.dispose();

    const last = await start(bundle.folder);
    expect((await last.listed(id))?.state).toEqual({ kind: "paused" });
    expect(ok(await last.lab.openSession({ sessionId: id }, never())).session.state).toEqual({ kind: "running" });
    expect(last.messages).toEqual([]);
    await last.lab.deleteSession({ sessionId: id });
  });

  it("goes on by itself when the worker died, where it was last kept", async () => {
    const test = await start();
    const { session } = ok(await test.lab.startLive({ source: null }));
    await control(test, session.id, { kind: "pace", pace: 20 });
    await act(test, session.id, "await leader");
    await act(test, session.id, 'put color "red"');
    const kept = await test.listed(session.id);
    test.told.length = 0;
    expect(failure(await test.lab.why({ sessionId: session.id, eventId: 666_666_666 }, QUIET))).toMatch(/unexpectedly/);
    await test.session(session.id, ({ state }) => state.kind === "running");
    expect(await act(test, session.id, "get color")).toMatch(/^"red"/);
    expect((await test.listed(session.id))?.events).toBeGreaterThan(kept?.events ?? 0);
    expect(test.messages).toEqual([]);
  });

  it("pauses when a safety property breaks, and says which", async () => {
    const test = await start();
    const text = await readFile("samples/3-replication/figure-8.raftlab", "utf8");
    const { id } = await paused(test, text, "without the rule a committed entry is lost");
    const told = text.slice(text.indexOf("without the rule a committed entry is lost"));
    const lines = told
      .slice(told.indexOf("crash s1"), told.indexOf("expect leader == s5 and s5.term == 5"))
      .split("\n");
    const steps = lines.map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("note"));
    expect(steps.length).toBeGreaterThan(20);
    for (const step of steps) await act(test, id, step);
    expect((await test.listed(id))?.state).toMatchObject({
      kind: "paused",
      because: expect.stringMatching(/violated/),
    });
    expect(await control(test, id, { kind: "run" })).toMatchObject({ state: { kind: "running" } });
    const stopped = await control(test, id, { kind: "stop" });
    expect(stopped.state).toEqual({ kind: "finished", verdict: "fail" });
  });

  it("says its steps in their own words on the timeline", async () => {
    const test = await start();
    const { id } = await paused(test);
    for (const step of ["await leader within 2s", 'alice put color "red"', "crash leader", "async {\n  wait 1ms\n}"])
      await act(test, id, step);
    const { view } = ok(await test.lab.timeline({ sessionId: id, buckets: 10 }, QUIET));
    const said = view.marks.filter(({ kind }) => kind === "step").map(({ text }) => text);
    expect(said).toEqual(["await leader within 2s", 'alice put color "red"', "crash leader", "async {", "wait 1ms"]);
  });

  it("is deleted while it runs, and stays deleted", async () => {
    const test = await start();
    const { session } = ok(await test.lab.startLive({ source: null }));
    await control(test, session.id, { kind: "pace", pace: 5 });
    const waiting = test.lab.act({ sessionId: session.id, step: "wait 60min" }, QUIET);
    await test.session(session.id, ({ events }) => events > 5);
    ok(await test.lab.deleteSession({ sessionId: session.id }));
    await waiting;
    expect(test.told.at(-1)).toEqual({ kind: "session-deleted", sessionId: session.id });
    expect((await test.lab.sessions()).sessions).toEqual([]);
    expect(failure(await test.lab.act({ sessionId: session.id, step: "heal" }, QUIET))).toMatch(/no such session/);
  });
});
