/** How smoothly the diagram scrolls over a run of a million events of seven servers, with the real lab: prints what it measured. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildPanels } from "../build.js";
import { buildLab, LabHost } from "../lab-host.js";
import { openPanel, type Rig, startRig } from "../page.js";

let rig: Rig;
let host: LabHost;

const LONG = `cluster {
  nodes s1..s7
  clients alice
}

scenario "a million events" {
  await leader within 2s
  wait 2000s
  alice put color "red" => ok
}
`;

beforeAll(async () => {
  await buildPanels();
  await buildLab();
  rig = await startRig();
  host = await LabHost.start();
});

afterAll(async () => {
  await host.dispose();
  await rig.close();
});

/** Scrolls for three seconds by so many pixels a frame; frame times and long tasks in milliseconds. */
function scrollFor(step: number): Promise<{
  readonly frames: number[];
  readonly longTasks: number[];
  /** Frames that had no rows at their top yet. */
  readonly waiting: number;
}> {
  const frame = document.querySelector("[data-frame]");
  if (frame === null) throw new Error("no diagram");
  return new Promise((resolve) => {
    const frames: number[] = [];
    const longTasks: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) longTasks.push(entry.duration);
    });
    observer.observe({ type: "longtask" });
    const begin = performance.now();
    let last = begin;
    let waiting = 0;
    const tick = (now: number) => {
      if (now > last) frames.push(now - last);
      if (frame.getAttribute("aria-busy") === "true") waiting += 1;
      last = now;
      frame.scrollTop += step;
      if (now - begin < 3000) requestAnimationFrame(tick);
      else {
        observer.disconnect();
        resolve({ frames, longTasks, waiting });
      }
    };
    requestAnimationFrame(tick);
  });
}

/** Milliseconds until requests are answered, by method. */
function timed(on: LabHost): ReadonlyMap<string, number[]> {
  const times = new Map<string, number[]>();
  const begun = new Map<number, readonly [string, number]>();
  const [receive, send] = [on.receive.bind(on), on.send];
  on.receive = (message) => {
    if (message.kind === "request") begun.set(message.id, [message.method, performance.now()]);
    receive(message);
  };
  on.send = (message) => {
    const [method, since] = (message.kind === "response" && begun.get(message.id)) || [];
    if (method !== undefined && since !== undefined)
      times.set(method, [...(times.get(method) ?? []), performance.now() - since]);
    send(message);
  };
  return times;
}

function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round((sorted[Math.floor(sorted.length * part)] ?? 0) * 10) / 10;
}

test("a million events", async () => {
  const session = await host.run({ text: LONG }, "a million events");
  expect(session.events).toBeGreaterThan(1_000_000);
  await host.goTo(/becomes leader/);
  const state = { sessionId: null, view: { filter: { foldHeartbeats: false } } };
  const started = performance.now();
  const first = await openPanel(rig, host, { panel: "diagram", width: 1400, height: 900, state });
  await first.page.waitForSelector(".block .row");
  const openedMs = performance.now() - started;
  await expect.poll(() => first.page.textContent(".count"), { timeout: 120_000 }).not.toContain("%");
  await first.page.context().close();
  const again = performance.now();
  const { page, trouble, shot } = await openPanel(rig, host, { panel: "diagram", width: 1400, height: 900, state });
  await page.waitForSelector(".block .row");
  const sinceStart = await page.evaluate(() => performance.now());
  const openedAgainMs = performance.now() - again;
  const measured: Record<string, unknown> = {
    events: session.events,
    rows: await page.textContent(".count"),
    openedMs: Math.round(openedMs),
    openedAgainMs: Math.round(openedAgainMs),
    ofThatInThePage: Math.round(sinceStart),
  };
  const times = timed(host);
  for (const step of [60, 150, 600]) {
    const { frames, longTasks, waiting } = await page.evaluate(scrollFor, step);
    const top = await page.locator("[data-frame]").evaluate((frame) => frame.scrollTop);
    expect(top).toBeGreaterThan(1000);
    measured[`${step} px a frame`] = {
      frames: frames.length,
      waiting,
      p50: percentile(frames, 0.5),
      p95: percentile(frames, 0.95),
      p99: percentile(frames, 0.99),
      longTasks: longTasks.length,
      longest: Math.round(Math.max(0, ...longTasks)),
    };
  }
  await page.waitForSelector("[data-frame][aria-busy=false]");
  const rowsMs = times.get("raftlab/view/diagramRows") ?? [];
  measured["diagramRows"] = { asked: rowsMs.length, p50: percentile(rowsMs, 0.5), p95: percentile(rowsMs, 0.95) };
  process.stdout.write(`${JSON.stringify(measured)}\n`);
  await shot("diagram-million");
  expect(await page.locator(".block").count()).toBeLessThan(12);
  expect(trouble).toEqual([]);
  await page.context().close();
});
