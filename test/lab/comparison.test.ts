import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { parseStore } from "../../server/src/lab/store-format.js";
import { bundleWorker, failure, never, ok, QUIET, SHORT, TestLab, type WorkerBundle } from "./lab.js";

const SOURCE = { uri: "file:///a.raftlab", text: SHORT };

describe("runs with other settings, and two runs side by side", () => {
  let bundle: WorkerBundle;
  const labs: TestLab[] = [];
  const start = async (folder: string | null = null): Promise<TestLab> => {
    const lab = await TestLab.start(bundle.script, folder);
    labs.push(lab);
    return lab;
  };
  const run = async ({ lab }: TestLab, more: { readonly settings?: readonly string[]; readonly seed?: number } = {}) =>
    ok(await lab.run({ source: SOURCE, scenario: "short", ...more }, never())).session;

  beforeAll(async () => {
    bundle = await bundleWorker();
  });
  afterAll(() => bundle.remove());
  afterEach(async () => {
    for (const { lab } of labs.splice(0)) await lab.dispose();
  });

  it("are kept with their settings, and give the same trace when they are brought back", async () => {
    const first = await start(bundle.folder);
    const { id, traceHash, settings } = await run(first, { settings: ["pre-vote off", "latency 20ms"] });
    expect(settings).toEqual(["pre-vote off", "latency 20ms"]);
    expect(traceHash).not.toBe((await run(first)).traceHash);
    await first.lab.dispose();
    const next = await start(bundle.folder);
    expect((await next.listed(id))?.settings).toEqual(["pre-vote off", "latency 20ms"]);
    const { session, result } = ok(await next.lab.openSession({ sessionId: id }, never()));
    expect(session.traceHash).toBe(traceHash);
    expect(result?.reproduce).toMatch(/ --set pre-vote=off --set latency=20ms$/);
    expect(next.told.filter(({ kind }) => kind === "store-message")).toEqual([]);
  });

  it("are refused where a setting does not fit, and leave nothing behind", async () => {
    const test = await start();
    for (const setting of ["pre-vote maybe", "nodes s1", "a\nb"]) {
      const refused = await test.lab.run({ source: SOURCE, scenario: "short", settings: [setting] }, never());
      expect(failure(refused)).toMatch(/on.*off|cannot be changed|is not a setting/);
    }
    expect((await test.lab.sessions()).sessions).toEqual([]);
  });

  it("are of the text of another run, whatever became of the file", async () => {
    const test = await start();
    const before = await run(test);
    const gone = { uri: SOURCE.uri, text: "" };
    const again = ok(await test.lab.run({ source: gone, scenario: "short", textOf: before.id }, never())).session;
    expect(again.traceHash).toBe(before.traceHash);
    const nobody = await test.lab.run({ source: gone, scenario: "short", textOf: "nobody" }, never());
    expect(failure(nobody)).toMatch(/no such session/);
  });

  it("are compared: the setting is named, and every page of milestones is there", async () => {
    const test = await start();
    const [left, right] = [await run(test), await run(test, { settings: ["pre-vote off"] })];
    const pair = { left: left.id, right: right.id };
    const { view } = ok(await test.lab.comparison(pair, QUIET));
    expect(view.inputs).toEqual([{ kind: "setting", name: "pre-vote", left: "on", right: "off" }]);
    expect([view.left.id, view.right.id, view.trace.kind]).toEqual([left.id, right.id, "different"]);
    const { equal, time, outcome } = view.counts;
    const all = ok(await test.lab.milestones({ ...pair, choice: "all", from: 0, count: 500 }, QUIET));
    expect(all.total).toBe(equal + time + outcome);
    expect(all.rows).toHaveLength(all.total);
    const last = ok(await test.lab.milestones({ ...pair, choice: "all", from: all.total - 1, count: 9 }, QUIET));
    expect(last.rows).toEqual([all.rows.at(-1)]);
    expect(failure(await test.lab.comparison({ left: left.id, right: "nobody" }, QUIET))).toMatch(/no such session/);
  });

  it("are compared with a live cluster as far as that has come", async () => {
    const test = await start();
    const left = await run(test);
    const { session } = ok(await test.lab.startLive({ source: SOURCE, scenario: "short" }));
    ok(await test.lab.controlLive({ sessionId: session.id, control: { kind: "step", events: 40 } }));
    const { view } = ok(await test.lab.comparison({ left: left.id, right: session.id }, QUIET));
    expect(view.inputs.map(({ kind }) => kind)).toContain("person");
    expect(failure(await test.lab.runSettings({ sessionId: session.id }))).toMatch(/live cluster/);
  });

  it("tell which settings can be flipped, and what is wrong with one", async () => {
    const test = await start();
    const { id } = await run(test, { settings: ["pre-vote off"] });
    const asked = ok(await test.lab.runSettings({ sessionId: id }));
    expect(asked.problem).toBeNull();
    expect(asked.settings.find(({ name }) => name === "pre-vote")).toMatchObject({ now: "off", others: ["on"] });
    expect(ok(await test.lab.runSettings({ sessionId: id, setting: "loss 120%" })).problem).toMatch(/loss/);
    expect(ok(await test.lab.runSettings({ sessionId: id, setting: "loss 12%" })).problem).toBeNull();
  });
});

describe("the store", () => {
  const stored = (settings: unknown): string =>
    JSON.stringify({
      version: 1,
      sessions: [
        {
          info: {
            id: "a",
            kind: "run",
            uri: null,
            title: "a",
            seed: 1,
            ...(settings === undefined ? {} : { settings }),
            startedAt: "2026-01-01T00:00:00.000Z",
            state: { kind: "finished", verdict: "pass" },
            timeUs: 1,
            events: 2,
            traceHash: null,
            cursor: null,
            pace: null,
            leader: null,
            term: 1,
            servers: [],
            clients: [],
          },
          text: "",
          scenario: "a",
          live: null,
        },
      ],
    });

  it("reads settings of a run, does without, and sets aside what is none", () => {
    expect(parseStore(stored(["loss 1%"])).data.sessions[0]?.info.settings).toEqual(["loss 1%"]);
    expect(parseStore(stored(undefined)).data.sessions[0]?.info).not.toHaveProperty("settings");
    for (const wrong of ["loss 1%", [1], { a: 1 }, null]) {
      const { data, damaged } = parseStore(stored(wrong));
      expect([data.sessions, damaged.length]).toEqual([[], 1]);
    }
  });
});
