/** How long frames take while a live cluster of seven plays, with a trace of a million events behind it. Prints; asserts that all went well. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildPanels } from "../build.js";
import { buildLab, LabHost } from "../lab-host.js";
import { openPanel, type Rig, startRig } from "../page.js";

let rig: Rig;

beforeAll(async () => {
  await buildPanels();
  await buildLab();
  rig = await startRig();
});

afterAll(async () => rig.close());

/** Frame times in milliseconds: the 50th, 95th and 99th percentile, and the longest. */
interface Frames {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly most: number;
}

/** Watches the page's frames for a while. */
const MEASURE = (ms: number): Promise<Frames> =>
  new Promise((resolve) => {
    const times: number[] = [];
    let last = performance.now();
    const begin = last;
    const tick = (now: number) => {
      times.push(now - last);
      last = now;
      if (now - begin < ms) requestAnimationFrame(tick);
      else {
        times.sort((a, b) => a - b);
        const at = (share: number) => Math.round((times[Math.floor(times.length * share)] ?? 0) * 10) / 10;
        resolve({ count: times.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), most: at(0.9999) });
      }
    };
    requestAnimationFrame(tick);
  });

const CLUSTER = "cluster {\n  nodes s1..s7\n  clients alice bob\n}\n";

test("live play of seven servers", async () => {
  const host = await LabHost.start();
  await host.live(CLUSTER);
  // Something in the logs and stores, so that the tables have rows.
  await host.act("await leader within 2s");
  for (let at = 0; at < 40; at += 1) await host.act(`alice put k${at % 12} "${at}"`);
  if (process.env["RAFTLAB_FRAMES_EVENTS"] !== undefined)
    await host.stepTo(Number(process.env["RAFTLAB_FRAMES_EVENTS"]));
  const { page, trouble } = await openPanel(rig, host, { panel: "cluster", width: 1400 });
  await page.waitForSelector(".server.leader");
  await host.runAt(0.05);
  await page.waitForTimeout(1500);
  const play = await page.evaluate(MEASURE, 6000);
  process.stdout.write(`live play, ${host.session?.events} events: ${JSON.stringify(play)}\n`);
  expect(play.count).toBeGreaterThan(10);
  expect(trouble).toEqual([]);
  await page.context().close();
  await host.dispose();
});

test("replay of a recorded run of seven servers", async () => {
  const host = await LabHost.start();
  const text = `${CLUSTER}\nscenario "long" {\n  await leader within 2s\n  repeat 40 { alice put color "red" }\n  wait 60s\n}\n`;
  await host.run({ text }, "long");
  const { page, trouble } = await openPanel(rig, host, { panel: "cluster", width: 1400 });
  await page.waitForSelector(".server.leader");
  await page.keyboard.press("Home");
  await page.keyboard.press(" ");
  await page.waitForTimeout(1000);
  const play = await page.evaluate(MEASURE, 5000);
  process.stdout.write(`replay, ${host.session?.events} events: ${JSON.stringify(play)}\n`);
  expect(play.count).toBeGreaterThan(10);
  expect(trouble).toEqual([]);
  await page.context().close();
  await host.dispose();
});
