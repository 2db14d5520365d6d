/**
 * Every panel in three themes and two widths, in English and Chinese, as a person without colours sees it, and standing still:
 * nothing for axe to find, no violation of the policy, hostile texts as texts; pictures and ARIA trees kept as references.
 */
import path from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { axeFindings } from "./axe.js";
import { buildPanels } from "./build.js";
import { compareWithReference } from "./gallery/reference.js";
import { SCENES, type Scene } from "./gallery/scenes.js";
import { buildLab, LabHost } from "./lab-host.js";
import { type OpenOptions, type OpenPanel, openPanel, type Rig, settled, startRig } from "./page.js";
import { THEMES } from "./themes.js";

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

/** Opens a scene, hands it over when it stands, and closes it. */
async function look(
  scene: Scene,
  options: Omit<OpenOptions, "panel">,
  body: (open: OpenPanel) => Promise<void>,
): Promise<void> {
  await scene.prepare(host);
  const open = await openPanel(rig, host, { panel: scene.panel, height: 900, ...options });
  await scene.act(open.page);
  await open.page.mouse.move(0, 0);
  await settled(open.page);
  await body(open);
  expect(open.trouble).toEqual([]);
  expect(await open.page.title()).toBe(scene.panel);
  await open.page.context().close();
}

async function picture({ page }: OpenPanel, scene: Scene, name: string): Promise<void> {
  const shot = await page.screenshot({ fullPage: scene.full === true, animations: "disabled", caret: "hide" });
  const compared = compareWithReference(name, shot);
  expect(compared.kind === "different" ? compared.message : null).toBeNull();
}

const sideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const ALL = THEMES.flatMap(({ name: theme }) => [1280, 360].map((width) => ({ theme, width })));
const FEW = [
  { theme: "dark", width: 1280 },
  { theme: "light", width: 360 },
] as const;

describe.each(SCENES)("$name", (scene) => {
  test.each(scene.main === true ? ALL : FEW)("in $theme, $width pixels wide", async ({ theme, width }) => {
    await look(scene, { theme, width }, async (open) => {
      await picture(open, scene, `${scene.name}-${theme}-${width}`);
      expect(await sideways(open.page)).toBeLessThanOrEqual(0);
      expect(await axeFindings(open.page)).toEqual([]);
    });
  });

  test.runIf(scene.main)("in Chinese, and without colours", async () => {
    await look(scene, { theme: "light", width: 1280, language: "zh-cn" }, async (open) => {
      await picture(open, scene, `${scene.name}-chinese`);
      expect(await sideways(open.page)).toBeLessThanOrEqual(0);
      const session = await open.page.context().newCDPSession(open.page);
      await session.send("Emulation.setEmulatedVisionDeficiency", { type: "achromatopsia" });
      await picture(open, scene, `${scene.name}-without-colours`);
    });
  });

  test("as a screen reader hears it, with nothing in motion", async () => {
    await look(scene, { theme: "dark", width: 1280, reducedMotion: true }, async ({ page }) => {
      const moving = await page.evaluate(() => document.getAnimations().map((each) => each.playState));
      expect(moving.filter((state) => state === "running")).toEqual([]);
      const tree = await page.locator("body").ariaSnapshot();
      await expect(`${tree}\n`).toMatchFileSnapshot(path.join(import.meta.dirname, `aria/${scene.name}.yml`));
    });
  });
});
