/** A run of a million events while views answer. Figures are printed, none is asserted. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { bundleWorker, never, ok, QUIET, TestLab, type WorkerBundle } from "./lab.js";

const TEXT = `cluster { nodes s1..s5 }
scenario "million" {
  await leader
  workload w for 400s { clients 10; keys k1..k20; rate 400/s; mix put 50% get 50% }
  wait 20min
}
`;
const EVENTS = 1_000_000;

let bundle: WorkerBundle;
beforeAll(async () => {
  bundle = await bundleWorker();
});
afterAll(() => bundle.remove());

it("answers views and live clusters during a run of a million events, and after it", { timeout: 120_000 }, async () => {
  const test = await TestLab.start(bundle.script);
  const live = ok(await test.lab.startLive({ source: null })).session;
  const control = new AbortController();
  const started = performance.now();
  const running = test.lab.run(
    { source: { uri: "file:///a.raftlab", text: TEXT }, scenario: "million" },
    { ...never(), signal: control.signal },
  );
  const session = (await test.lab.sessions()).sessions[0];
  if (session === undefined) throw new Error("the run is not listed");
  const { id: sessionId } = session;
  await test.session(sessionId, ({ events }) => events > 0);

  const during: number[] = [];
  let events = 0;
  while (events < EVENTS) {
    const before = performance.now();
    const { view } = ok(await test.lab.clusterView({ sessionId, eventId: null }, QUIET));
    during.push(performance.now() - before);
    expect(view.servers).toHaveLength(5);
    events = (await test.listed(sessionId))?.events ?? 0;
    await test.lab.controlLive({ sessionId: live.id, control: { kind: "pace", pace: 1 } });
  }
  const ran = performance.now() - started;
  control.abort();
  await running;

  const after: number[] = [];
  const last = (await test.listed(sessionId))?.events ?? 0;
  for (let count = 0; count < 20; count += 1) {
    const before = performance.now();
    ok(await test.lab.clusterView({ sessionId, eventId: Math.floor((last * ((count * 7) % 20)) / 20) }, QUIET));
    after.push(performance.now() - before);
  }
  const lineStart = performance.now();
  ok(await test.lab.timeline({ sessionId, buckets: 1000 }, QUIET));
  const line = performance.now() - lineStart;
  const diagram = await diagramTimes(test, sessionId, last);
  expect((await test.listed(live.id))?.events).toBeGreaterThan(0);
  const memory = Math.round(process.memoryUsage().rss / 1_000_000);
  await test.lab.dispose();
  process.stdout.write(
    `${last} events in ${Math.round(ran)} ms beside views and a live cluster; views meanwhile: ${summary(during)}; ` +
      `at 20 places afterwards: ${summary(after)}; timeline: ${Math.round(line)} ms; ${diagram}; ` +
      `process: ${memory} MB\n`,
  );
});

/** Opens the diagram, waits for all of it, looks at places in it, and looks for a text. */
async function diagramTimes({ lab }: TestLab, sessionId: string, events: number): Promise<string> {
  const selection = {};
  const started = performance.now();
  const since = (): number => Math.round(performance.now() - started);
  let { view } = ok(await lab.diagramRows({ sessionId, selection, from: 0, count: 60 }, QUIET));
  const first = `${since()} ms for the first rows (of ${view.events} events)`;
  while (view.events < events)
    ({ view } = ok(await lab.diagramRows({ sessionId, selection, from: 0, count: 60 }, QUIET)));
  const all = `${since()} ms for all ${view.totalRows}`;
  const windows: number[] = [];
  for (let count = 0; count < 50; count += 1) {
    const before = performance.now();
    const from = Math.floor((view.totalRows * ((count * 7) % 50)) / 50);
    ok(await lab.diagramRows({ sessionId, selection, from, count: 60 }, QUIET));
    windows.push(performance.now() - before);
  }
  const before = since();
  ok(await lab.diagramFind({ sessionId, selection, text: "no such words", row: 0, direction: "next" }, QUIET));
  return `diagram: ${first}, ${all}, windows: ${summary(windows)}, a search: ${since() - before} ms`;
}

function summary(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1);
  return `median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms, longest ${at(1)} ms (${times.length})`;
}
