/** The message diagram's picture in every theme and width. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { axeFindings } from "./axe.js";
import { buildPanels } from "./build.js";
import { FakeHost } from "./fake-host.js";
import { openPanel, type Rig, settled, startRig } from "./page.js";
import { THEMES } from "./themes.js";

let rig: Rig;

beforeAll(async () => {
  await buildPanels();
  rig = await startRig();
});

afterAll(async () => rig.close());

const LOOKS = [
  ...THEMES.map(({ name }) => ({ theme: name, width: 1400 })),
  { theme: "dark" as const, width: 360 },
  { theme: "light" as const, width: 700 },
];

test.each(LOOKS)("in $theme, $width pixels wide", async ({ theme, width }) => {
  const host = new FakeHost({ session: { cursor: 60 } });
  const { page, trouble, shot } = await openPanel(rig, host, { panel: "diagram", theme, width, height: 900 });
  await page.waitForSelector(".block .row");
  await settled(page);
  await shot(`sequence-${theme}-${width}`);
  expect(await axeFindings(page)).toEqual([]);
  const over = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  expect(await page.evaluate(over)).toBeLessThanOrEqual(0);
  expect(trouble).toEqual([]);
  await page.context().close();
});
