/** The comparison of two runs, with the real lab behind it. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { axeFindings } from "./axe.js";
import { buildPanels } from "./build.js";
import { buildLab, LabHost } from "./lab-host.js";
import { type OpenOptions, type OpenPanel, openPanel, type Rig, settled, startRig } from "./page.js";
import { THEMES } from "./themes.js";

const TEXT = `cluster {
  nodes s1..s5
  clients alice bob
  seed 3
}

scenario "leader is cut off" {
  await leader
  alice put color "red"
  let old = leader
  partition old | others
  bob put color "blue" => ok
  await leader != old
  wait 400ms
  heal
  bob get color => "blue"
  crash leader
  await leader
}
`;
const TITLE = "leader is cut off";

let rig: Rig;
let host: LabHost;

beforeAll(async () => {
  await buildPanels();
  await buildLab();
  rig = await startRig();
});

beforeEach(async () => {
  host = await LabHost.start();
});

afterEach(async () => host.dispose());

afterAll(async () => rig.close());

async function open(options: Partial<OpenOptions> = {}): Promise<OpenPanel> {
  const panel = await openPanel(rig, host, { panel: "compare", width: 1400, height: 1000, ...options });
  await settled(panel.page);
  return panel;
}

async function pair(left: Parameters<LabHost["run"]>[2], right: Parameters<LabHost["run"]>[2], text = TEXT) {
  const a = await host.run({ text: TEXT }, TITLE, left);
  const b = await host.run({ text }, TITLE, right);
  host.pair = { left: a.id, right: b.id };
  return { a, b };
}

describe("two seeds", () => {
  for (const { name: theme } of THEMES) {
    for (const width of [1400, 360]) {
      test(`${theme}, ${width} pixels wide`, async () => {
        await pair({}, { seed: 4 });
        const { page, trouble, shot } = await open({ theme, width, height: width === 360 ? 1600 : 1100 });
        await page.waitForSelector(".milestones tbody tr");
        await page.waitForSelector(".servers tbody tr");
        await page.click(".whys > summary");
        await page.waitForSelector(".whys .cause");
        await settled(page);
        await shot(`compare-seeds-${theme}-${width}`, { full: true });
        expect(await axeFindings(page)).toEqual([]);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow).toBeLessThanOrEqual(0);
        expect(trouble).toEqual([]);
        await page.context().close();
      });
    }
  }
});

test("one knob flipped", async () => {
  await pair({}, { settings: ["pre-vote off"] });
  const { page, trouble, shot } = await open();
  await page.waitForSelector(".milestones tbody tr");
  await page.waitForSelector(".input-chip:has-text('pre-vote')");
  await page.waitForSelector(".side-card:has-text('asks whether it could win term 1')");
  await page.waitForSelector(".side-card:has-text('becomes candidate in term 1')");
  await shot("compare-knob", { full: true });
  expect(trouble).toEqual([]);
  await page.context().close();
});
