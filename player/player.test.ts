/** What of the player needs no page. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { liveCluster } from "../server/src/lab/live-cluster.js";
import { findRunnable } from "../server/src/lab/runnable.js";
import { overrideSettings } from "../server/src/language/override.js";
import type { RunSource } from "../server/src/protocol/exports.js";
import { LiveRun } from "../server/src/scenario/live-run.js";
import { ScenarioRun } from "../server/src/scenario/run.js";
import { cursorOfHash, hashOfCursor } from "./address.js";
import { highlighted } from "./highlight.js";
import { PanelHost } from "./panel-host.js";
import { PlayedRun } from "./played-run.js";
import { readSource } from "./source.js";

const TEXT = readFileSync("samples/1-elections/re-election.raftlab", "utf8");
const TITLE = /scenario "([^"]+)"/.exec(TEXT)?.[1] ?? "";

function sourceOf(settings: readonly string[] = [], stopAt = Number.POSITIVE_INFINITY): RunSource {
  const found = findRunnable(TEXT, TITLE);
  if (typeof found === "string") throw new Error(found);
  const config = overrideSettings(found.config, settings);
  if (!("nodes" in config)) throw new Error("the settings do not check");
  const run = new ScenarioRun({ ...found, config }, TEXT, { seed: 7 });
  const { log } = run.recording;
  let ended = false;
  while (!ended && log.count < stopAt) ended = run.advance(1);
  return {
    kind: "run",
    title: TITLE,
    file: "re-election.raftlab",
    text: TEXT,
    scenario: TITLE,
    seed: 7,
    settings,
    live: null,
    state: run.report === null ? { kind: "cancelled" } : { kind: "finished", verdict: run.report.verdict },
    events: log.count,
    traceHash: log.hash,
    cursor: null,
  };
}

function play(source: RunSource): PlayedRun {
  const run = PlayedRun.create(source);
  if (typeof run === "string") throw new Error(run);
  expect(run.exact).toBeNull();
  for (const _ of run.play()) expect(run.exact).toBeNull();
  return run;
}

describe("a run from its source", () => {
  it("is the same run, with other settings too, and when it was cancelled", () => {
    const whole = sourceOf();
    for (const source of [whole, sourceOf(["heartbeat 20ms"]), sourceOf([], 200)]) {
      const run = play(source);
      expect(run.exact).toBe(true);
      expect(run.info()).toMatchObject({ events: source.events, traceHash: source.traceHash, state: source.state });
    }
    expect(play({ ...whole, seed: 8 }).exact).toBe(false);
    expect(sourceOf(["heartbeat 20ms"]).traceHash).not.toBe(whole.traceHash);
  });

  it("of a live session that goes on from the middle of a run tells that first", () => {
    const beginning = liveCluster({ text: TEXT, scenario: TITLE }, { settings: ["heartbeat 20ms"], storyUpTo: 150 });
    if (typeof beginning === "string") throw new Error(beginning);
    const live = new LiveRun(beginning.config, beginning.given, 7, beginning.story);
    for (const _ of live.begin());
    live.act("crash leader");
    live.stepEvents(40);
    const { world, log } = live.recording;
    const source: RunSource = {
      ...sourceOf(["heartbeat 20ms"]),
      kind: "live",
      live: { storyUpTo: 150, steps: live.steps, timeUs: world.nowUs, position: world.position },
      state: { kind: "paused" },
      events: log.count,
      traceHash: log.hash,
    };
    expect(play(source).exact).toBe(true);
    expect(play({ ...source, settings: [] }).exact).toBe(false);
  });

  it("of a live session does the steps again", () => {
    const cluster = liveCluster({ text: null, scenario: null });
    if (typeof cluster === "string") throw new Error(cluster);
    const live = new LiveRun(cluster.config, cluster.given, 3);
    live.advance(500_000, 1_000_000);
    live.act("crash leader");
    live.advance(1_200_000, 1_000_000);
    const { world, log } = live.recording;
    const source: RunSource = {
      ...sourceOf(),
      kind: "live",
      file: null,
      text: null,
      scenario: null,
      seed: 3,
      live: { storyUpTo: null, steps: live.steps, timeUs: world.nowUs, position: world.position },
      state: { kind: "paused" },
      events: log.count,
      traceHash: log.hash,
      cursor: 5,
    };
    const run = play(source);
    expect(run.exact).toBe(true);
    // Nothing can be done to it any more.
    expect(run.info()).toMatchObject({ kind: "live", state: { kind: "cancelled" }, cursor: 5 });
  });

  it("that cannot run says why", () => {
    expect(PlayedRun.create({ ...sourceOf(), text: "" })).toMatch(/it has none/);
    expect(PlayedRun.create({ ...sourceOf(), settings: ["heartbeat soon"] })).toMatch(/duration/);
    expect(PlayedRun.create({ ...sourceOf(), kind: "live" })).toMatch(/does not say how far/);
  });

  it("is read from data that may be anything", () => {
    const source = sourceOf();
    expect(readSource(JSON.stringify(source))).toEqual(source);
    expect(readSource(JSON.stringify({ ...source, seed: "7" }))).toBeNull();
    expect(readSource("{")).toBeNull();
    fc.assert(fc.property(fc.json(), (json) => void readSource(json)));
  });
});

describe("the panels' host", () => {
  it("answers as the lab does, checks what it is asked, and refuses what would change the run", async () => {
    const run = play(sourceOf());
    const moved: (number | null)[] = [];
    const host = new PanelHost(run, (cursor) => void moved.push(cursor));
    const ask = (method: string, params: object): Promise<unknown> =>
      host.answer(method, { sessionId: run.id, ...params });
    const move = { kind: "event", eventId: 12 };
    expect(await ask("raftlab/cursor/move", { move })).toMatchObject({ ok: true, cursor: 12, event: { id: 12 } });
    expect(moved).toEqual([12]);
    expect(await ask("raftlab/view/cluster", { eventId: null })).toMatchObject({ ok: true, view: { eventId: 12 } });
    expect(await ask("raftlab/why", { eventId: 30 })).toMatchObject({ ok: true, why: { eventId: 30 } });
    const rows = await ask("raftlab/view/diagramRows", { selection: {}, from: 0, count: 5 });
    expect(rows).toMatchObject({ ok: true, view: { rows: { length: 5 } } });
    const history = { filter: {}, limit: 100, buckets: 10 };
    expect(await ask("raftlab/view/history", history)).toMatchObject({
      ok: true,
      view: { matching: expect.any(Number) },
    });
    expect(await ask("raftlab/view/historyRows", { filter: {}, from: 0, count: 5 })).toMatchObject({ ok: true });
    expect(await ask("raftlab/view/historyCheck", {})).toMatchObject({ ok: true, check: { kind: "ok" } });
    expect(await ask("raftlab/view/historyOperation", { number: 9_999 })).toMatchObject({ ok: false });
    expect(await ask("raftlab/why", { eventId: "30" })).toMatchObject({ ok: false });
    expect(await ask("raftlab/live/act", { step: "crash s1" })).toMatchObject({ ok: false });
    expect(await ask("raftlab/session/delete", {})).toMatchObject({ ok: false });
  });

  it("leads from a line to its first event and back", () => {
    const host = new PanelHost(play(sourceOf()), () => undefined);
    const line = TEXT.split("\n").findIndex((each) => each.includes("isolate first")) + 1;
    expect(host.goToLine(line)).toBe(true);
    expect(host.line).toBe(line);
    expect(host.goToLine(1)).toBe(false);
  });
});

describe("the page's parts", () => {
  it("colours a text without changing it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const lines = highlighted(text).map((line) => line.map((stretch) => stretch.text).join(""));
        expect(lines.join("\n")).toBe(text.replace(/\r\n?/g, "\n"));
      }),
    );
    const [first = []] = highlighted('  alice put color "red" # why\n');
    const looks = first.filter(({ look }) => look !== "").map(({ text, look }) => `${look}: ${text}`);
    expect(looks).toEqual(["keyword: alice", "keyword: put", 'string: "red"', "comment: # why"]);
  });

  it("keeps the cursor in the address", () => {
    expect(cursorOfHash(hashOfCursor(12), 100)).toBe(12);
    for (const hash of ["", "#", "#event=", "#event=100", "#event=-1", "#event=1e3", "#x"]) {
      expect(cursorOfHash(hash, 100)).toBeNull();
    }
  });
});
