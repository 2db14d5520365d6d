/** What does not end by itself is ended: runs at their limits, a worker that does not come back from a slice. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_LAB_SETTINGS } from "../../server/src/lab/contract.js";
import { bundleWorker, failure, LONG, never, ok, QUIET, SHORT, TestLab, type WorkerBundle } from "./lab.js";

const ENDLESS = `cluster { nodes s1..s3 }
scenario "endless" {
  await leader
  repeat 1000000000 {
    put color "red"
  }
}
scenario "in no time" {
  repeat 1000000000 {
    note "again"
  }
}
`;

describe("limits of the lab", () => {
  let bundle: WorkerBundle;
  let hanging: WorkerBundle;
  const labs: TestLab[] = [];
  const start = async (
    script: string,
    settings: Partial<typeof DEFAULT_LAB_SETTINGS> = {},
    hangSeconds = 60,
  ): Promise<TestLab> => {
    const more = { settings: { ...DEFAULT_LAB_SETTINGS, ...settings }, hangSeconds };
    const lab = await TestLab.start(script, null, undefined, more);
    labs.push(lab);
    return lab;
  };

  beforeAll(async () => {
    bundle = await bundleWorker();
    // A worker that can be made to hang: when an event is asked for that no session has.
    const entry = path.join(bundle.folder, "hanging.ts");
    await writeFile(
      entry,
      `import { parentPort } from "node:worker_threads";
       import ${JSON.stringify(path.resolve("server/src/lab/worker.ts"))};
       import { inSlice } from ${JSON.stringify(path.resolve("server/src/lab/slice-mark.ts"))};
       parentPort?.on("message", ({ params }) => {
         if (params?.eventId === 666_666_666) inSlice(params.sessionId, () => { for (;;); });
       });`,
    );
    hanging = await bundleWorker(entry);
  });
  afterAll(async () => {
    await bundle.remove();
    await hanging.remove();
  });
  afterEach(async () => {
    for (const { lab } of labs.splice(0)) await lab.dispose();
  });

  const run = async (test: TestLab, text: string, scenario: string): Promise<string> =>
    failure(await test.lab.run({ source: { uri: "file:///a.raftlab", text }, scenario }, never()));

  it("stops a run at the events it may have, says where and what helps, and goes on with others", async () => {
    const test = await start(bundle.script, { maxEvents: 20_000 });
    const message = await run(test, ENDLESS, "endless");
    expect(message).toMatch(
      /^The run was stopped after 2\d\d\d\d events, at \d+\.\d s of virtual time, after line 5: it may have no more\. Shorten .* raise the setting raftlab\.simulation\.maxEvents\.$/,
    );
    const [session] = (await test.lab.sessions()).sessions;
    expect(session?.state).toEqual({ kind: "failed", message });
    expect(failure(await test.lab.openSession({ sessionId: session?.id ?? "" }, never()))).toBe(message);
    expect((await test.run(SHORT, "short")).result.verdict).toBe("pass");
  });

  it("stops a run that takes too long; one that takes no virtual time fails by itself", async () => {
    const test = await start(bundle.script, { maxSeconds: 1 });
    expect(await run(test, ENDLESS, "endless")).toMatch(/^The run was stopped after 1 s, at .* after line 5/);
    const next = await start(bundle.script);
    const { steps } = (await next.run(ENDLESS, "in no time")).result;
    expect(steps).toMatchObject([
      { line: 10, ok: false, result: expect.stringMatching(/^stopped after 500000 steps/) },
    ]);
  });

  it("goes by new settings from the next run on", async () => {
    const test = await start(bundle.script, { maxEvents: 20_000 });
    await run(test, LONG, "long");
    test.lab.configure({ ...DEFAULT_LAB_SETTINGS, maxEvents: 40_000, pace: 0.5, keep: 1 });
    expect(await run(test, LONG, "long")).toMatch(/stopped after [45]\d\d\d\d events/);
    const { session } = ok(await test.lab.startLive({ source: null }));
    expect(session.pace).toBe(0.5);
    expect((await test.lab.sessions()).sessions.map(({ id }) => id)).toEqual([session.id]);
  });

  it("pauses a live cluster at the events it may have", async () => {
    const test = await start(bundle.script, { maxEvents: 10_000 });
    const { session } = ok(await test.lab.startLive({ source: null }));
    ok(await test.lab.controlLive({ sessionId: session.id, control: { kind: "pace", pace: null } }));
    const { state } = await test.session(session.id, (info) => info.state.kind === "paused");
    expect(state).toMatchObject({ because: expect.stringMatching(/^This cluster has recorded 1\d\d\d\d events/) });
  });

  it("ends a worker that does not come back, names the session, and brings the others back", async () => {
    const test = await start(hanging.script, {}, 2);
    const other = ok(await test.lab.startLive({ source: null })).session;
    const guilty = ok(await test.lab.startLive({ source: null })).session;
    const asked = test.lab.clusterView({ sessionId: guilty.id, eventId: 666_666_666 }, QUIET);
    const message = failure(await asked);
    expect(message).toMatch(/^The simulation did not come back from one step within 2 s and was ended/);
    expect((await test.listed(guilty.id))?.state).toEqual({ kind: "failed", message });
    ok(await test.lab.act({ sessionId: other.id, step: "await leader" }, QUIET));
    expect((await test.listed(other.id))?.state).toEqual({ kind: "running" });
    expect(failure(await test.lab.openSession({ sessionId: guilty.id }, never()))).toBe(message);
    expect(test.logged.join("\n")).toMatch(/a session made the simulation hang: seed 1, text [0-9a-f]{16}/);
    const told = await test.event((event) => event.kind === "simulation" && event.trouble !== null);
    expect(told).toMatchObject({ trouble: expect.stringContaining(message) });
  });

  it("tells how busy it is", async () => {
    const test = await start(bundle.script);
    const { session } = ok(await test.lab.startLive({ source: null }));
    ok(await test.lab.controlLive({ sessionId: session.id, control: { kind: "pace", pace: null } }));
    await test.event((event) => event.kind === "simulation" && event.load > 0.2);
    ok(await test.lab.controlLive({ sessionId: session.id, control: { kind: "pause" } }));
    await test.event((event) => event.kind === "simulation" && event.load === 0);
  });
});
