/** The message diagram's picture in every theme and width. */
import { expect, test } from "vitest";
import { axeFindings } from "./axe.js";
import { soundInEveryTheme } from "./every-theme.js";
import { FakeHost } from "./fake-host.js";
import { type OpenOptions, type OpenPanel, openPanel, settled } from "./page.js";
import { rig, useRig } from "./stage.js";

useRig();

test("in every theme, 1400 pixels wide", async () => {
  const panel = await open({ width: 1400 });
  await soundInEveryTheme(panel, "sequence-1400");
  await panel.page.context().close();
});

test.each([
  { theme: "dark", width: 360 },
  { theme: "light", width: 700 },
] as const)("in $theme, $width pixels wide", async ({ theme, width }) => {
  const { page, trouble, shot } = await open({ theme, width });
  await shot(`sequence-${theme}-${width}`);
  expect(await axeFindings(page)).toEqual([]);
  const over = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  expect(await page.evaluate(over)).toBeLessThanOrEqual(0);
  expect(trouble).toEqual([]);
  await page.context().close();
});

async function open(options: Partial<OpenOptions>): Promise<OpenPanel> {
  const host = new FakeHost({ session: { cursor: 60 } });
  const panel = await openPanel(rig, host, { panel: "diagram", height: 900, ...options });
  await panel.page.waitForSelector(".block .row");
  await settled(panel.page);
  return panel;
}
