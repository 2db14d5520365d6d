import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  isDiagramFind,
  isDiagramOverview,
  isDiagramPlace,
  isDiagramRowsView,
} from "../../media/shared/diagram-guards.js";
import type { DiagramRowsView, DiagramSelection } from "../../server/src/protocol/diagram-rows.js";
import { bundleWorker, failure, LONG, never, ok, QUIET, SHORT, TestLab, type WorkerBundle } from "./lab.js";

describe("the message diagram of a whole run", () => {
  let bundle: WorkerBundle;
  const labs: TestLab[] = [];
  const start = async (): Promise<TestLab> => {
    const lab = await TestLab.start(bundle.script);
    labs.push(lab);
    return lab;
  };
  const runOf = async ({ lab }: TestLab, text: string, scenario: string) =>
    ok(await lab.run({ source: { uri: "file:///a.raftlab", text }, scenario, seed: 3 }, never())).session;

  beforeAll(async () => {
    bundle = await bundleWorker();
  });
  afterAll(() => bundle.remove());
  afterEach(async () => {
    for (const { lab } of labs.splice(0)) await lab.dispose();
  });

  /** Rows, when all of the run has been taken in. */
  const rowsOf = async (
    { lab }: TestLab,
    sessionId: string,
    selection: DiagramSelection,
    from: number,
    count: number,
  ): Promise<DiagramRowsView> => {
    for (;;) {
      const { view } = ok(await lab.diagramRows({ sessionId, selection, from, count }, QUIET));
      expect(isDiagramRowsView(view)).toBe(true);
      const { events } = (await lab.sessions()).sessions.find(({ id }) => id === sessionId) ?? { events: 0 };
      if (view.events >= events) return view;
    }
  };

  it("gives the rows by number, the same as the diagram of a window", async () => {
    const test = await start();
    const { id, events } = await runOf(test, SHORT, "short");
    const { rows, totalRows, sessionId, lifelines } = await rowsOf(test, id, {}, 0, 500);
    expect([sessionId, totalRows]).toEqual([id, rows.length]);
    const window = { kind: "events", from: 0, to: events } as const;
    const { view } = ok(await test.lab.diagram({ sessionId: id, window, limit: 400 }, QUIET));
    expect(rows.map(({ row: _row, arrivesRow: _arrives, copiesArrive: _copies, ...row }) => row)).toEqual(view.rows);
    expect(lifelines).toEqual(view.lifelines);
    expect((await rowsOf(test, id, {}, 5, 3)).rows).toEqual(rows.slice(5, 8));
    const text = { text: "RequestVote" };
    const votes = ok(await test.lab.diagram({ sessionId: id, window, filter: text, limit: 400 }, QUIET)).view;
    expect((await rowsOf(test, id, text, 0, 500)).totalRows).toBe(votes.rows.length);
    expect(votes.rows.length).toBeLessThan(view.rows.length);
  });

  it("finds places, lines and texts, and sees all from far away", async () => {
    const test = await start();
    const { id: sessionId } = await runOf(test, SHORT, "short");
    const { rows } = await rowsOf(test, sessionId, {}, 0, 500);
    const selection = {};
    const put = rows.find((row) => row.kind === "message" && row.label.startsWith("put color"));
    if (put === undefined) throw new Error("nobody puts the color");
    const place = ok(await test.lab.diagramPlace({ sessionId, selection, at: { eventId: put.eventId } }, QUIET));
    expect(place).toEqual({ ok: true, row: put.row, exact: true, rows: [put.row] });
    expect(isDiagramPlace(place)).toBe(true);
    const ofLine = ok(await test.lab.diagramPlace({ sessionId, selection, at: { line: 4 } }, QUIET));
    expect(ofLine.rows).toEqual(rows.flatMap((row) => (row.kind !== "term" && row.line === 4 ? [row.row] : [])));
    expect([ofLine.row, ofLine.exact]).toEqual([put.row, true]);
    const nothing = ok(await test.lab.diagramPlace({ sessionId, selection, at: { line: 99 } }, QUIET));
    expect(nothing).toEqual({ ok: true, row: -1, exact: false, rows: [] });
    const end = ok(await test.lab.diagramPlace({ sessionId, selection, at: { timeUs: 1e12 } }, QUIET));
    expect(end.row).toBe(rows.length - 1);
    const first = ok(await test.lab.diagramPlace({ sessionId, selection, at: { eventId: -1 } }, QUIET));
    expect(first).toEqual({ ok: true, row: -1, exact: false, rows: [] });
    expect(failure(await test.lab.diagramPlace({ sessionId, selection, at: { eventId: 1e9 } }, QUIET))).toMatch(
      /There is no event/,
    );

    const find = async (text: string, row: number, direction: "next" | "previous") =>
      ok(await test.lab.diagramFind({ sessionId, selection, text, row, direction }, QUIET));
    const color = rows.filter((row) => row.kind === "message" && /color/.test(row.label)).map(({ row }) => row);
    expect(await find("COLOR", -1, "next")).toEqual({ ok: true, row: color[0], matches: color.length });
    expect((await find("color", color[0] ?? 0, "next")).row).toBe(color[1]);
    expect((await find("color", rows.length, "previous")).row).toBe(color.at(-1));
    expect((await find("color", color[0] ?? 0, "previous")).row).toBeNull();
    expect(await find("no such words", 0, "next")).toEqual({ ok: true, row: null, matches: 0 });
    expect(isDiagramFind(await find("", 0, "next"))).toBe(true);

    const seen = ok(await test.lab.diagramOverview({ sessionId, selection, buckets: 7 }, QUIET));
    expect(isDiagramOverview(seen)).toBe(true);
    expect([seen.overview.totalRows, seen.overview.buckets.length]).toEqual([rows.length, 7]);
    expect(seen.overview.buckets.reduce((sum, { elections }) => sum + elections, 0)).toBe(1);
    expect(seen.overview.terms).toEqual(
      rows.flatMap((row) => (row.kind === "term" ? [{ row: row.row, term: row.term }] : [])),
    );
  });

  it("follows a live cluster, whose last heartbeats go on folding", async () => {
    const test = await start();
    const { id: sessionId } = ok(await test.lab.startLive({ source: null })).session;
    await test.lab.controlLive({ sessionId, control: { kind: "pause" } });
    let before = 0;
    for (let turn = 0; turn < 8; turn += 1) {
      ok(await test.lab.controlLive({ sessionId, control: { kind: "step", events: 150 } }));
      const { events } = (await test.listed(sessionId)) ?? { events: 0 };
      const view = await rowsOf(test, sessionId, {}, 0, 500);
      expect(view.totalRows).toBeGreaterThanOrEqual(before - 12);
      before = view.totalRows;
      const window = { kind: "events", from: 0, to: events } as const;
      const { rows } = ok(await test.lab.diagram({ sessionId, window, limit: 400 }, QUIET)).view;
      expect(view.rows.map(({ row: _row, arrivesRow: _arrives, copiesArrive: _copies, ...row }) => row)).toEqual(rows);
    }
  });

  it("answers other views while a long run is taken in and looked through, and drops a search that is overtaken", async () => {
    const test = await start();
    const { id: sessionId } = await runOf(test, LONG, "long");
    const selection = { foldHeartbeats: false };
    const early = ok(await test.lab.diagramPlace({ sessionId, selection, at: { eventId: 500 } }, QUIET));
    const part = ok(await test.lab.diagramRows({ sessionId, selection, from: 0, count: 60 }, QUIET)).view;
    expect(part.rows).toHaveLength(60);
    expect((await rowsOf(test, sessionId, selection, 0, 60)).totalRows).toBeGreaterThanOrEqual(part.totalRows);
    expect(ok(await test.lab.diagramPlace({ sessionId, selection, at: { eventId: 500 } }, QUIET))).toEqual(early);
    const first = test.lab.diagramFind({ sessionId, selection, text: "zz", row: 0, direction: "next" }, QUIET);
    const second = test.lab.diagramFind({ sessionId, selection, text: "zzz", row: 0, direction: "next" }, QUIET);
    const controller = new AbortController();
    const third = test.lab.diagramOverview(
      { sessionId, selection: { servers: ["s1"] }, buckets: 10 },
      controller.signal,
    );
    controller.abort();
    let looked = 0;
    let over = false;
    void second.then(() => {
      over = true;
    });
    while (!over) {
      ok(await test.lab.why({ sessionId, eventId: 100 }, QUIET));
      looked += 1;
    }
    // One slice at the most between two answers.
    expect(looked).toBeGreaterThan(3);
    expect(failure(await first)).toMatch(/cancelled/);
    expect(ok(await second)).toEqual({ ok: true, row: null, matches: 0 });
    expect(failure(await third)).toMatch(/cancelled/);
    expect(failure(await test.lab.diagramRows({ sessionId: "nobody", selection, from: 0, count: 60 }, QUIET))).toMatch(
      /no such session/,
    );
  });
});
