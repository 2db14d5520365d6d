import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HistoryOperation, HistoryView } from "../../server/src/protocol/history-view.js";
import { bundleWorker, failure, ok, QUIET, TestLab, type WorkerBundle } from "./lab.js";

const samples = path.resolve(import.meta.dirname, "../../samples");

describe("the client history of a session", () => {
  let bundle: WorkerBundle;
  let test: TestLab;

  beforeAll(async () => {
    bundle = await bundleWorker();
    test = await TestLab.start(bundle.script);
  });
  afterAll(async () => {
    await test.lab.dispose();
    await bundle.remove();
  });

  const run = async (text: string, scenario: string): Promise<string> => {
    const source = { uri: "file:///a.raftlab", text };
    const control = { signal: QUIET, onProgress: () => undefined };
    return ok(await test.lab.run({ source, scenario }, control)).session.id;
  };
  const sample = async (file: string, scenario: string): Promise<string> =>
    run(await readFile(path.join(samples, file), "utf8"), scenario);
  const view = async (sessionId: string, more: object = {}): Promise<HistoryView> =>
    ok(await test.lab.history({ sessionId, filter: {}, limit: 2000, buckets: 100, ...more }, QUIET)).view;

  it("of a stale read: the stuck place, why, and what it could have returned", async () => {
    const sessionId = await sample("4-clients/stale-read.raftlab", "local reads lie");
    expect(await view(sessionId)).toMatchObject({ total: 3, checked: false });
    const { check } = ok(await test.lab.historyCheck({ sessionId }, QUIET));
    expect(check).toMatchObject({
      kind: "violation",
      stuck: [
        {
          operation: { number: 3, text: 'bob get color => "red"' },
          keys: ["color"],
          reason:
            'get color by bob returned "red", but put color "blue" by alice had returned before it began, and had itself begun after put color "red" by alice had returned.',
          possible: ['"blue"'],
        },
      ],
    });
    const after = await view(sessionId);
    expect(after.checked).toBe(true);
    const told = after.operations.map(({ number, point, stuck, partOf }) => [number, point?.place ?? 0, stuck, partOf]);
    expect(told).toEqual([
      [1, 1, 0, [1]],
      [2, 2, 0, [1]],
      [3, 0, 1, []],
    ]);
    const { detail } = ok(await test.lab.historyOperation({ sessionId, number: 2 }, QUIET));
    const kinds = detail.steps.map(({ kind }) => kind);
    expect(kinds.slice(0, 1)).toEqual(["invoked"]);
    expect(kinds).toEqual(expect.arrayContaining(["sent", "appended", "applied", "answered", "returned"]));
    const ids = detail.steps.map(({ event }) => event.id);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    expect(failure(await test.lab.historyOperation({ sessionId, number: 9 }, QUIET))).toMatch(/no operation 9/);
  });

  it("of a run under load: points within the bars, windows, filters and pages", async () => {
    const sessionId = await sample("5-load/churn.raftlab", "churn");
    const { check } = ok(await test.lab.historyCheck({ sessionId }, QUIET));
    expect(check).toMatchObject({ kind: "ok", stuck: [], watchBreaches: 0 });
    const whole = await view(sessionId);
    expect(whole.operations).toHaveLength(whole.total);
    const placed = whole.operations.flatMap((each) => (each.point === null ? [] : [{ ...each, point: each.point }]));
    expect(placed).toHaveLength(check.placed);
    placed.sort((a, b) => a.point.place - b.point.place);
    placed.forEach(({ invokeUs, returnUs, outcome, point }, at) => {
      expect(point.timeUs).toBeGreaterThanOrEqual(Math.max(invokeUs, placed[at - 1]?.point.timeUs ?? 0));
      if (outcome !== "unknown" && outcome !== "open" && outcome !== "error") {
        expect(point.timeUs).toBeLessThanOrEqual(returnUs ?? 0);
      }
    });
    const overlaps = ({ invokeUs, returnUs }: HistoryOperation, from: number, to: number): boolean =>
      invokeUs <= to && (returnUs ?? Number.POSITIVE_INFINITY) >= from;
    const [fromUs, toUs] = [2_000_000, 2_200_000];
    const part = await view(sessionId, { fromUs, toUs });
    const numbers = new Set(part.operations.map(({ number }) => number));
    for (const each of whole.operations) if (overlaps(each, fromUs, toUs)) expect(numbers).toContain(each.number);
    const few = await view(sessionId, { limit: 10 });
    expect(few.operations).toEqual([]);
    expect(few.density?.map((row) => row.length)).toEqual(few.clients.map(() => 100));
    const filter = { key: "k1", sorts: ["read"] as const };
    const reads = await view(sessionId, { filter });
    expect(reads.matching).toBe(whole.operations.filter(({ sort, key }) => sort === "read" && key === "k1").length);
    const page = ok(await test.lab.historyRows({ sessionId, filter, from: 5, count: 3 }, QUIET));
    expect(page.operations.map(({ row }) => row)).toEqual([5, 6, 7]);
    expect(page.matching).toBe(reads.matching);
    expect(whole.watches).toMatchObject([
      { name: "w", verdicts: expect.arrayContaining([{ guarantee: "ordered", broken: 0 }]) },
    ]);
  });

  it("bars of one client never overlap in a row", async () => {
    const sessionId = await sample("5-load/churn.raftlab", "churn");
    const { operations } = await view(sessionId);
    const ends = new Map<string, number>();
    for (const { client, lane, invokeEvent, returnEvent } of operations) {
      const row = `${client} ${lane}`;
      expect(invokeEvent).toBeGreaterThan(ends.get(row) ?? -1);
      ends.set(row, returnEvent ?? Number.POSITIVE_INFINITY);
    }
  });

  it("of a live cluster: a check that was asked for stays until it is asked for again", async () => {
    const source = { uri: "file:///a.raftlab", text: "cluster { nodes s1..s3; clients alice; seed 5 }\n" };
    const sessionId = ok(await test.lab.startLive({ source })).session.id;
    ok(await test.lab.controlLive({ sessionId, control: { kind: "pause" } }));
    const act = async (step: string): Promise<unknown> => ok(await test.lab.act({ sessionId, step }, QUIET));
    expect(ok(await test.lab.historyCheck({ sessionId }, QUIET)).check.text).toMatch(/No client/);
    await act("await leader");
    await act('alice put color "red"');
    expect((await view(sessionId)).checked).toBe(false);
    expect(ok(await test.lab.historyCheck({ sessionId }, QUIET)).check.placed).toBe(1);
    expect(await view(sessionId)).toMatchObject({ checked: true, revisions: [{ revision: 2 }] });
  });

  it("a check can be cancelled, and asked for again", async () => {
    const sessionId = await sample("5-load/churn.raftlab", "churn");
    const abort = new AbortController();
    const asked = test.lab.historyCheck({ sessionId }, abort.signal);
    abort.abort();
    expect(failure(await asked)).toMatch(/cancelled/);
    expect(ok(await test.lab.historyCheck({ sessionId }, QUIET)).check.kind).toBe("ok");
  });
});
