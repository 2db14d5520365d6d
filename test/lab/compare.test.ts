import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { TraceComparison } from "../../server/src/protocol/runs.js";
import { bundleWorker, failure, LONG, never, ok, QUIET, SHORT, TestLab, type WorkerBundle } from "./lab.js";

/** Some ten thousand events: several slices. */
const MEDIUM = LONG.replace("60s", "15s");
const LATER = MEDIUM.replace("  await w\n", "  await w\n  crash leader\n");

describe("comparing and exporting kept runs", () => {
  let bundle: WorkerBundle;
  const labs: TestLab[] = [];
  const start = async (folder: string | null = null): Promise<TestLab> => {
    const lab = await TestLab.start(bundle.script, folder);
    labs.push(lab);
    return lab;
  };
  const runWith = async ({ lab }: TestLab, text: string, scenario: string, seed: number) =>
    ok(await lab.run({ source: { uri: "file:///a.raftlab", text }, scenario, seed }, never())).session;

  beforeAll(async () => {
    bundle = await bundleWorker();
  });
  afterAll(() => bundle.remove());
  afterEach(async () => {
    for (const { lab } of labs.splice(0)) await lab.dispose();
  });

  const compared = async ({ lab }: TestLab, left: string, right: string): Promise<TraceComparison> =>
    ok(await lab.compare({ left, right }, QUIET)).comparison;

  it("says that two runs of one seed are equal, by their hashes alone", async () => {
    const test = await start();
    const [a, b] = [await runWith(test, SHORT, "short", 3), await runWith(test, SHORT, "short", 3)];
    expect(await compared(test, a.id, b.id)).toEqual({ kind: "equal", hash: a.traceHash, events: a.events });
  });

  it("finds the first event at which two seeds part, and everything before it is the same", async () => {
    const test = await start();
    const [a, b] = [await runWith(test, SHORT, "short", 3), await runWith(test, SHORT, "short", 4)];
    const found = await compared(test, a.id, b.id);
    if (found.kind !== "different") throw new Error("two seeds gave one trace");
    const ofCluster = async (id: string): Promise<readonly string[]> => {
      const { lines } = ok(await test.lab.tracePage({ sessionId: id, from: 0, count: 20_000 }, QUIET));
      return lines.split("\n").filter((line) => !/"kind":"(step|note|result)"/.test(line));
    };
    const [ofA, ofB] = [await ofCluster(a.id), await ofCluster(b.id)];
    expect(found.same).toBe(ofA.findIndex((line, at) => line !== ofB[at]));
    expect(JSON.parse(ofA[found.same] ?? "")).toMatchObject({ id: found.left?.id });
    expect(JSON.parse(ofB[found.same] ?? "")).toMatchObject({ id: found.right?.id });
    expect(await compared(test, b.id, a.id)).toMatchObject({ left: found.right, right: found.left });
  });

  it("takes no notice of how a scenario is written", async () => {
    const test = await start();
    const wordy = SHORT.replace("  put", '  note "Somebody leads."\n  expect leader\n  put');
    const [a, b] = [await runWith(test, SHORT, "short", 3), await runWith(test, wordy, "short", 3)];
    expect(b.events).toBeGreaterThan(a.events);
    expect((await compared(test, a.id, b.id)).kind).toBe("equal");
  });

  it("finds a change late in a long run", async () => {
    const test = await start();
    const [a, b] = [await runWith(test, MEDIUM, "long", 1), await runWith(test, LATER, "long", 1)];
    const found = await compared(test, a.id, b.id);
    if (found.kind !== "different") throw new Error("a crash left no trace");
    expect(found.same).toBeGreaterThan(20_000);
    expect(found.same).toBeLessThan(a.events);
    expect(found.left).toBeNull();
    expect(found.right?.title).toMatch(/crash/);
  });

  it("brings back what is only kept, and is told when there is no such session", async () => {
    const first = await start(bundle.folder);
    const [a, b] = [await runWith(first, SHORT, "short", 3), await runWith(first, SHORT, "short", 4)];
    await first.lab.dispose();
    const next = await start(bundle.folder);
    expect((await compared(next, a.id, b.id)).kind).toBe("different");
    expect(failure(await next.lab.compare({ left: a.id, right: "nobody" }, QUIET))).toMatch(/no such session/);
  });

  it("is ended by its caller", async () => {
    const test = await start();
    const [a, b] = [await runWith(test, MEDIUM, "long", 1), await runWith(test, LATER, "long", 1)];
    const controller = new AbortController();
    const asked = test.lab.compare({ left: a.id, right: b.id }, controller.signal);
    controller.abort();
    expect(failure(await asked)).toMatch(/cancelled/);
  });

  it("hands the trace out in pages that make up the whole, as the command line writes it", async () => {
    const test = await start();
    const { id, events } = await runWith(test, SHORT, "short", 3);
    const all = ok(await test.lab.tracePage({ sessionId: id, from: 0, count: 20_000 }, QUIET));
    expect(all.next).toBeNull();
    expect(all.lines.trimEnd().split("\n")).toHaveLength(events);
    let pages = "";
    for (let from: number | null = 0; from !== null; ) {
      const page: { lines: string; next: number | null } = ok(
        await test.lab.tracePage({ sessionId: id, from, count: 7 }, QUIET),
      );
      expect(page.lines.split("\n").length).toBeLessThanOrEqual(8);
      pages += page.lines;
      from = page.next;
    }
    expect(pages).toBe(all.lines);
    const long = await runWith(test, MEDIUM, "long", 1);
    expect(ok(await test.lab.tracePage({ sessionId: long.id, from: 100, count: 1_000_000 }, QUIET)).next).toBe(5100);
    expect(ok(await test.lab.tracePage({ sessionId: id, from: events + 5, count: 7 }, QUIET))).toEqual({
      ok: true,
      lines: "",
      next: null,
    });
  });

  it("keeps how long a run took, also when it is brought back", async () => {
    const first = await start(bundle.folder);
    const { id, tookMs } = await runWith(first, SHORT, "short", 1);
    expect(tookMs).toBeTypeOf("number");
    await first.lab.dispose();
    const next = await start(bundle.folder);
    expect((await next.listed(id))?.tookMs).toBe(tookMs);
    expect(ok(await next.lab.openSession({ sessionId: id }, never())).session.tookMs).toBe(tookMs);
  });
});
