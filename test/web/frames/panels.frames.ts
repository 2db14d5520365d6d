/** `npm run bench:panels`: the panels on a run of a million events of seven servers; see docs/performance.md. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildPanels } from "../build.js";
import { buildLab, LabHost } from "../lab-host.js";
import { type OpenPanel, openPanel, type Rig, settled, startRig } from "../page.js";
import { keepFigures, tell, tellFrames } from "./figures.js";
import { drag, framesOf, wheel } from "./measure.js";

/** Seven servers under load for as long as it takes. */
const LONG = `cluster {
  nodes s1..s7
  clients alice bob
}

scenario "a million events" {
  seed 7
  await leader within 2s
  workload w for 400s { clients 4; keys k1..k50; rate 40/s; mix put 70% get 30% }
  wait 100s
  crash leader for 2s
  wait 100s
  partition {s1 s2 s3} | {s4 s5 s6 s7} for 5s
  await w
}
`;

const SECONDS = 3;

let rig: Rig;
let host: LabHost;

beforeAll(async () => {
  await buildPanels();
  await buildLab();
  rig = await startRig();
  host = await LabHost.start();
});

afterAll(async () => {
  keepFigures();
  await host.dispose();
  await rig.close();
});

async function memory(open: OpenPanel): Promise<number> {
  const session = await open.page.context().newCDPSession(open.page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  return usedSize / 1_048_576;
}

/** Opens a panel; how long from the start of its page until its picture stands. The page itself is VS Code's to make. */
async function opened(panel: "cluster" | "diagram", ready: string): Promise<OpenPanel> {
  // Once to have code and fonts in the browser's memory, as a person who opens a panel twice.
  const first = await openPanel(rig, host, { panel });
  await first.page.waitForSelector(ready);
  await first.page.context().close();
  const started = performance.now();
  const open = await openPanel(rig, host, { panel, width: 1400, height: 900 });
  const stood = await open.page.waitForFunction(
    (selector) => document.querySelector(selector) !== null && performance.now(),
    ready,
    { polling: "raf" },
  );
  tell(`${panel}: opens`, Number(await stood.jsonValue()), "ms", "500");
  tell(`${panel}: opens, with the browser's making of a page`, performance.now() - started, "ms");
  await settled(open.page);
  return open;
}

test("a run of a million events", async () => {
  const { events } = await host.run({ text: LONG }, "a million events");
  expect(events).toBeGreaterThan(1_000_000);
});

test("scrolling the diagram", async () => {
  const open = await opened("diagram", "[data-frame][aria-busy=false] .block .row");
  const { page } = open;
  const box = await page.locator("[data-frame]").boundingBox();
  if (box === null) throw new Error("no diagram");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  tellFrames("diagram: scrolling by the wheel", await framesOf(page, () => wheel(page, 120, SECONDS * 1000)));
  tellFrames("diagram: scrolling fast", await framesOf(page, () => wheel(page, 3000, SECONDS * 1000)));
  tell("diagram: memory of the page", await memory(open), "MiB");
  expect(open.trouble).toEqual([]);
  await page.context().close();
});

test("dragging the timeline", async () => {
  const open = await opened("cluster", ".density");
  const { page } = open;
  const box = await page.locator("[data-timeline]").boundingBox();
  if (box === null) throw new Error("no timeline");
  const y = box.y + box.height / 2;
  const [left, right] = [box.x + 80, box.x + box.width - 40];
  tellFrames(
    "timeline: dragging",
    await framesOf(page, () => drag(page, { x: left, y }, { x: right, y }, SECONDS * 1000)),
  );
  tell("cluster: memory of the page", await memory(open), "MiB");
  expect(open.trouble).toEqual([]);
  await page.context().close();
});

test("playing", async () => {
  const { page, trouble } = await opened("cluster", ".density");
  await page.keyboard.press("Home");
  await page.keyboard.press("Space");
  tellFrames("cluster: replay", await framesOf(page, () => page.waitForTimeout(SECONDS * 1000)));
  expect(trouble).toEqual([]);
  await page.context().close();
});

test("a live cluster of seven servers", async () => {
  await host.live("cluster {\n  nodes s1..s7\n  clients alice\n}\n");
  const { page, trouble } = await openPanel(rig, host, { panel: "cluster", width: 1400, height: 900 });
  await page.waitForSelector("[data-server=s7]");
  const run = page.locator("button[aria-label='Run the cluster']");
  if (await run.isVisible()) await run.click();
  await page.waitForSelector(".server.leader");
  tellFrames("cluster: live play", await framesOf(page, () => page.waitForTimeout(SECONDS * 1000)));
  expect(trouble).toEqual([]);
  await page.context().close();
});
