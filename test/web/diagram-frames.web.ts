/** How smoothly the diagram scrolls over a run of a million events of seven servers, with the real lab: prints what it measured. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildPanels } from "./build.js";
import { buildLab, LabHost } from "./lab-host.js";
import { openPanel, type Rig, startRig } from "./page.js";

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
function scrollFor(step: number): Promise<{ readonly frames: number[]; readonly longTasks: number[] }> {
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
    const tick = (now: number) => {
      if (now > last) frames.push(now - last);
      last = now;
      frame.scrollTop += step;
      if (now - begin < 3000) requestAnimationFrame(tick);
      else {
        observer.disconnect();
        resolve({ frames, longTasks });
      }
    };
    requestAnimationFrame(tick);
  });
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
  const { page, trouble, shot } = await openPanel(rig, host, { panel: "diagram", width: 1400, height: 900, state });
  await page.waitForSelector(".block .row");
  const openedMs = performance.now() - started;
  await expect.poll(() => page.textContent(".count"), { timeout: 120_000 }).not.toContain("%");
  const again = performance.now();
  const second = await openPanel(rig, host, { panel: "diagram", width: 1400, height: 900, state });
  await second.page.waitForSelector(".block .row");
  const openedAgainMs = performance.now() - again;
  await second.page.context().close();
  const measured: Record<string, unknown> = {
    events: session.events,
    rows: await page.textContent(".count"),
    openedMs: Math.round(openedMs),
    openedAgainMs: Math.round(openedAgainMs),
  };
  for (const step of [60, 150, 600]) {
    const { frames, longTasks } = await page.evaluate(scrollFor, step);
    const top = await page.locator("[data-frame]").evaluate((frame) => frame.scrollTop);
    expect(top).toBeGreaterThan(1000);
    measured[`${step} px a frame`] = {
      frames: frames.length,
      p50: percentile(frames, 0.5),
      p95: percentile(frames, 0.95),
      p99: percentile(frames, 0.99),
      longTasks: longTasks.length,
      longest: Math.round(Math.max(0, ...longTasks)),
    };
  }
  process.stdout.write(`${JSON.stringify(measured)}\n`);
  await shot("diagram-million");
  expect(await page.locator(".block").count()).toBeLessThan(12);
  expect(trouble).toEqual([]);
  await page.context().close();
});
