import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { bundleWorker, failure, LONG, never, ok, QUIET, SHORT, TestLab, type WorkerBundle } from "./lab.js";

const SOURCE = { uri: "file:///a.raftlab", text: LONG };

describe("runs in the lab", () => {
  let bundle: WorkerBundle;
  let mortal: WorkerBundle;
  const labs: TestLab[] = [];
  const start = async (...args: Parameters<typeof TestLab.start>): Promise<TestLab> => {
    const lab = await TestLab.start(...args);
    labs.push(lab);
    return lab;
  };

  beforeAll(async () => {
    bundle = await bundleWorker();
    // A worker that can be made to die: an event that no session has is asked for.
    const entry = path.join(bundle.folder, "mortal.ts");
    await writeFile(
      entry,
      `import { parentPort } from "node:worker_threads";
       import ${JSON.stringify(path.resolve("server/src/lab/worker.ts"))};
       parentPort?.on("message", ({ params }) => { if (params?.eventId === 666_666_666) process.exit(3); });`,
    );
    mortal = await bundleWorker(entry);
  });
  afterAll(async () => {
    await bundle.remove();
    await mortal.remove();
  });
  afterEach(async () => {
    for (const { lab } of labs.splice(0)) await lab.dispose();
  });

  it("keeps a run from its first moment to its end, and lists it as it stands", async () => {
    const test = await start(bundle.script);
    const { session, result } = await test.run(SHORT, "short");
    expect(result).toMatchObject({ verdict: "pass", file: "/a.raftlab", traceHash: session.traceHash });
    expect(session).toMatchObject({
      state: { kind: "finished", verdict: "pass" },
      cursor: null,
      events: result.events,
    });
    expect(await test.listed(session.id)).toEqual(session);
    const states = test.told.flatMap((e) => (e.kind === "session-changed" ? [e.session.state.kind] : []));
    expect(states[0]).toBe("running");
    expect(states.at(-1)).toBe("finished");
    expect(test.told.filter(({ kind }) => kind === "run-ended")).toHaveLength(1);
  });

  it("says at once, with the line, why a scenario cannot run; and keeps nothing of it", async () => {
    const test = await start(bundle.script);
    const run = (text: string, scenario: string) =>
      test.lab.run({ source: { uri: "file:///a.raftlab", text }, scenario }, never());
    expect(failure(await run(SHORT, "shrot"))).toBe('The file has no scenario "shrot": it has "short".');
    expect(failure(await run(SHORT.replace("await", "awiat"), "short"))).toMatch(
      /^"short" cannot run, line 3: .*RL\d+/,
    );
    expect((await test.lab.sessions()).sessions).toEqual([]);
    expect(test.told).toEqual([]);
  });

  it("opens an open run without running it again, and twice at once only once", async () => {
    const test = await start(bundle.script, bundle.folder);
    const { session, result } = await test.run(SHORT, "short");
    const again = ok(await test.lab.openSession({ sessionId: session.id }, never()));
    expect(again).toMatchObject({ session, result });
    expect(test.told.filter(({ kind }) => kind === "run-ended")).toHaveLength(1);
    await test.lab.dispose();

    const next = await start(bundle.script, bundle.folder);
    expect(await next.listed(session.id)).toEqual(session);
    const both = await Promise.all([1, 2].map(() => next.lab.openSession({ sessionId: session.id }, never())));
    for (const answer of both) expect(ok(answer)).toMatchObject({ session, result });
    expect(next.told.filter(({ kind }) => kind === "run-ended")).toHaveLength(1);
    expect(next.messages).toEqual([]);
    await next.lab.deleteSession({ sessionId: session.id });
  });

  it("cancels a run within a slice, keeps it as cancelled, and brings it back to where it was", async () => {
    const test = await start(bundle.script, bundle.folder);
    const control = new AbortController();
    const running = test.lab.run(
      { source: SOURCE, scenario: "long" },
      { signal: control.signal, onProgress: () => control.abort() },
    );
    expect(failure(await running)).toBe("The run was cancelled.");
    const [session] = (await test.lab.sessions()).sessions;
    if (session === undefined) throw new Error("the run was not kept");
    expect(session.state).toEqual({ kind: "cancelled" });
    expect(session.events).toBeGreaterThan(0);
    const view = ok(await test.lab.clusterView({ sessionId: session.id, eventId: null }, QUIET)).view;
    await test.lab.dispose();

    const next = await start(bundle.script, bundle.folder);
    const opened = ok(await next.lab.openSession({ sessionId: session.id }, never()));
    expect(opened.result).toBe(null);
    expect(opened.session.events).toBe(session.events);
    expect(opened.session.state).toEqual({ kind: "cancelled" });
    expect(ok(await next.lab.clusterView({ sessionId: session.id, eventId: null }, QUIET)).view).toEqual(view);
    await next.lab.deleteSession({ sessionId: session.id });
  });

  it("cancels a run that still waits for its turn, and lets views of it know", async () => {
    const test = await start(bundle.script);
    const first = new AbortController();
    const second = new AbortController();
    const long = test.lab.run({ source: SOURCE, scenario: "long" }, { ...never(), signal: first.signal });
    const queued = test.lab.run({ source: SOURCE, scenario: "long" }, { ...never(), signal: second.signal });
    const waiting = (await test.lab.sessions()).sessions[0];
    if (waiting === undefined) throw new Error("the run is not listed");
    const view = await test.lab.clusterView({ sessionId: waiting.id, eventId: null }, QUIET);
    expect(failure(view)).toBe("This run has not begun yet: another one is under way.");
    second.abort();
    first.abort();
    expect(failure(await queued)).toBe("The run was cancelled.");
    expect(failure(await long)).toBe("The run was cancelled.");
    expect((await test.lab.sessions()).sessions.map(({ state }) => state.kind)).toEqual(["cancelled", "cancelled"]);
  });

  it("does not bring a run back that was deleted while it ran", async () => {
    const test = await start(bundle.script);
    const long = test.lab.run({ source: SOURCE, scenario: "long" }, never());
    const [session] = (await test.lab.sessions()).sessions;
    if (session === undefined) throw new Error("the run is not listed");
    await test.event((e) => e.kind === "session-changed" && e.session.events > 0);
    ok(await test.lab.deleteSession({ sessionId: session.id }));
    expect(failure(await long)).toMatch(/cancelled/);
    expect((await test.lab.sessions()).sessions).toEqual([]);
    expect(test.told.at(-1)).toEqual({ kind: "session-deleted", sessionId: session.id });
    expect(failure(await test.lab.deleteSession({ sessionId: session.id }))).toMatch(/no such session/);
    expect(failure(await test.lab.openSession({ sessionId: session.id }, never()))).toMatch(/no such session/);
    expect(failure(await test.lab.why({ sessionId: session.id, eventId: 0 }, QUIET))).toMatch(/no such session/);
  });

  it("shows a run as interrupted when the server died during it", async () => {
    const folder = path.join(bundle.folder, "died");
    const test = await start(bundle.script, folder);
    void test.lab.run({ source: SOURCE, scenario: "long" }, never());
    const [session] = (await test.lab.sessions()).sessions;
    if (session === undefined) throw new Error("the run is not listed");
    await test.lab.controlLive({ sessionId: "none", control: { kind: "pause" } });
    // What the disk holds at this moment, without the owner that is still alive.
    const [name = ""] = (await readdir(folder)).filter((file) => !file.startsWith("."));
    await mkdir(path.join(folder, "after"));
    await copyFile(path.join(folder, name), path.join(folder, "after", "sessions.json"));
    const next = await start(bundle.script, path.join(folder, "after"));
    const state = { kind: "failed", message: "Raft Lab ended during this run. Run the scenario again." };
    expect((await next.listed(session.id))?.state).toEqual(state);
    expect(failure(await next.lab.openSession({ sessionId: session.id }, never()))).toBe(state.message);
    expect(failure(await next.lab.clusterView({ sessionId: session.id, eventId: 0 }, QUIET))).toBe(state.message);
  });

  it("survives the death of its worker: the next call opens the session again, with the same trace", async () => {
    const test = await start(mortal.script);
    const { session } = await test.run(SHORT, "short");
    const { id: sessionId } = session;
    const { view } = ok(await test.lab.clusterView({ sessionId, eventId: 40 }, QUIET));
    const long = test.lab.run({ source: SOURCE, scenario: "long" }, never());
    const fatal = await test.lab.why({ sessionId, eventId: 666_666_666 }, QUIET);
    expect(failure(fatal)).toMatch(/^The simulation stopped unexpectedly/);
    expect(failure(await long)).toMatch(/^The simulation stopped unexpectedly/);
    expect((await test.lab.sessions()).sessions[0]?.state.kind).toBe("failed");
    expect(ok(await test.lab.clusterView({ sessionId, eventId: 40 }, QUIET)).view).toEqual(view);
    expect(ok(await test.lab.openSession({ sessionId }, never())).session.traceHash).toBe(session.traceHash);
    expect(test.logged.join("\n")).toMatch(/the simulation worker died: it ended with code 3/);
    expect(test.messages).toEqual([]);
  });

  it("answers calls that are under way when it is closed, and later ones", async () => {
    const test = await start(bundle.script);
    const long = test.lab.run({ source: SOURCE, scenario: "long" }, never());
    const closed = Promise.all([test.lab.dispose(), test.lab.dispose()]);
    expect(failure(await long)).toMatch(/shutting down/);
    await closed;
    expect(failure(await test.lab.run({ source: SOURCE, scenario: "long" }, never()))).toMatch(/shutting down/);
    expect(failure(await test.lab.startLive({ source: null }))).toMatch(/shutting down/);
  });

  it("moves a cursor, tells it, and keeps it", async () => {
    const test = await start(bundle.script);
    const { session } = await test.run(SHORT, "short");
    const { id: sessionId } = session;
    const moved = ok(await test.lab.moveCursor({ sessionId, move: { kind: "event", eventId: 12 } }));
    expect(moved).toMatchObject({ cursor: 12, event: { id: 12 } });
    expect((await test.listed(sessionId))?.cursor).toBe(12);
    expect(test.told.at(-1)).toMatchObject({ kind: "cursor-changed", sessionId, cursor: 12 });
    expect(ok(await test.lab.clusterView({ sessionId, eventId: null }, QUIET)).event?.id).toBe(12);
    const beyond = await test.lab.moveCursor({ sessionId, move: { kind: "event", eventId: 1_000_000 } });
    expect(failure(beyond)).toMatch(/There is no event 1000000/);
    ok(await test.lab.moveCursor({ sessionId, move: { kind: "event", eventId: null } }));
    expect(ok(await test.lab.clusterView({ sessionId, eventId: null }, QUIET)).event?.id).toBe(session.events - 1);
  });

  it("leaves out views that nobody wants any more", async () => {
    const test = await start(bundle.script);
    const { session } = await test.run(SHORT, "short");
    const stale = new AbortController();
    const views = [1, 2, 3].map((eventId) => test.lab.clusterView({ sessionId: session.id, eventId }, stale.signal));
    stale.abort();
    const last = test.lab.clusterView({ sessionId: session.id, eventId: 4 }, QUIET);
    for (const view of views) expect(failure(await view)).toMatch(/cancelled/);
    expect(ok(await last).event?.id).toBe(4);
  });

  it("lets runs go that nobody looked at for longest, and runs them anew when somebody does", async () => {
    const test = await start(bundle.script);
    const first = (await test.run(SHORT, "short")).session;
    const { view } = ok(await test.lab.clusterView({ sessionId: first.id, eventId: 30 }, QUIET));
    for (let count = 0; count < 52; count += 1) await test.run(SHORT, "short");
    const ends = (): number => test.told.filter(({ kind }) => kind === "run-ended").length;
    expect(ends()).toBe(53);
    const again = await Promise.all(
      [1, 2].map(() => test.lab.clusterView({ sessionId: first.id, eventId: 30 }, QUIET)),
    );
    for (const answer of again) expect(ok(answer).view).toEqual(view);
    // An older run of the scenario does not take the newest one's place in the editor.
    expect(ends()).toBe(53);
    expect(ok(await test.lab.openSession({ sessionId: first.id }, never())).session.traceHash).toBe(first.traceHash);
  });

  it("tells whoever listens first that the store was damaged, and works on", async () => {
    const folder = path.join(bundle.folder, "damaged");
    await mkdir(folder);
    await writeFile(path.join(folder, "sessions.json"), '{"version":1,"sess');
    const test = await start(bundle.script, folder);
    await test.event(({ kind }) => kind === "store-message");
    expect(test.messages).toEqual([expect.stringMatching(/^The kept runs could not be read \(it is not JSON\)/)]);
    const { session } = await test.run(SHORT, "short");
    await test.lab.dispose();
    const next = await start(bundle.script, folder);
    expect(await next.listed(session.id)).toEqual(session);
    expect(next.messages).toEqual([]);
  });

  it("says when a kept run or cluster does not run as it did", async () => {
    const folder = path.join(bundle.folder, "changed");
    const test = await start(bundle.script, folder);
    const run = (await test.run(SHORT, "short")).session;
    const live = ok(await test.lab.startLive({ source: null })).session;
    ok(await test.lab.act({ sessionId: live.id, step: "await leader" }, QUIET));
    await test.lab.dispose();
    const file = path.join(folder, "sessions.json");
    const text = await readFile(file, "utf8");
    const changed = text.replace(run.traceHash ?? "", "0000000000000000").replace(/"hash":"[0-9a-f]+"/, '"hash":"0"');
    await writeFile(file, changed);
    const next = await start(bundle.script, folder);
    ok(await next.lab.openSession({ sessionId: run.id }, never()));
    ok(await next.lab.openSession({ sessionId: live.id }, never()));
    expect(next.messages).toEqual([
      expect.stringMatching(/^“short” does not run as it did when it was kept/),
      expect.stringMatching(/^“Live cluster” does not run as it did/),
    ]);
    expect((await next.listed(run.id))?.traceHash).toBe(run.traceHash);
  });

  it("hears of no listener's exception", async () => {
    const test = await start(bundle.script);
    test.lab.onEvent(() => {
      throw new Error("bad listener");
    });
    await test.run(SHORT, "short", {
      onProgress: () => {
        throw new Error("bad progress");
      },
    });
    expect(test.logged.join("\n")).toMatch(/a listener of the lab failed at session-changed: Error: bad listener/);
  });
});
