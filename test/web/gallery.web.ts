/**
 * Every panel in three themes and two widths, in English and Chinese, as a person without colours sees it, and standing still:
 * nothing for axe to find, no violation of the policy, hostile texts as texts; pictures and ARIA trees kept as references.
 */
import path from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { axeFindings } from "./axe.js";
import { compareWithReference } from "./gallery/reference.js";
import { SCENES, type Scene } from "./gallery/scenes.js";
import { LabHost } from "./lab-host.js";
import { changeTheme, type OpenOptions, type OpenPanel, openPanel, picture as pictureOf, settled } from "./page.js";
import { rig, useRig } from "./stage.js";
import { THEMES, type Theme } from "./themes.js";

useRig();

/** A scene that stays open from test to test; what a failed test leaves is not used again. */
class Stage {
  readonly #scene: Scene;
  readonly #options: Omit<OpenOptions, "panel">;
  #shown: { readonly open: OpenPanel; readonly host: LabHost } | null = null;

  constructor(scene: Scene, options: Omit<OpenOptions, "panel">) {
    this.#scene = scene;
    this.#options = options;
  }

  /** The scene as it stands, opened unless it is. */
  async show(): Promise<OpenPanel> {
    if (this.#shown === null) {
      const host = await LabHost.start();
      await this.#scene.prepare(host);
      const open = await openPanel(rig, host, { panel: this.#scene.panel, height: 900, ...this.#options });
      this.#shown = { open, host };
      await this.#scene.act(open.page);
      await open.page.mouse.move(0, 0);
      await settled(open.page);
    }
    return this.#shown.open;
  }

  /** Closes it. */
  async close(): Promise<void> {
    const shown = this.#shown;
    this.#shown = null;
    await shown?.open.page.context().close();
    await shown?.host.dispose();
  }
}

/** A stage for the tests of the `describe` that it is called in. */
function useStage(scene: Scene, options: Omit<OpenOptions, "panel">): Stage {
  const stage = new Stage(scene, options);
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") await stage.close();
  });
  afterAll(async () => stage.close());
  return stage;
}

async function isSound({ page, trouble }: OpenPanel, scene: Scene): Promise<void> {
  expect(trouble).toEqual([]);
  expect(await page.title()).toBe(scene.panel);
}

async function picture({ page }: OpenPanel, scene: Scene, name: string): Promise<void> {
  const shot = await pictureOf(page, { full: scene.full === true });
  const compared = compareWithReference(name, shot);
  expect(compared.kind === "different" ? compared.message : null).toBeNull();
}

const sideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** The theme that a scene is opened in comes first. */
const ALL = THEMES.map(({ name }) => name);

describe.each(SCENES)("$name", (scene) => {
  describe("1280 pixels wide, with less motion", () => {
    const themes = scene.main === true ? ALL : (["dark"] as const);
    const [first = "dark"] = themes;
    const stage = useStage(scene, { theme: first, width: 1280, reducedMotion: true });

    test.each(themes)("in %s", async (theme) => inTheme(await stage.show(), scene, theme, 1280, theme === first));

    test("as a screen reader hears it, and nothing moves", async () => {
      const open = await stage.show();
      // What is announced is said a moment after it is shown; an empty panel has nothing to say.
      if (scene.silent !== true)
        await open.page.waitForSelector("body > [role=status]:not(:empty)", { state: "attached" });
      const moving = await open.page.evaluate(() => document.getAnimations().map((each) => each.playState));
      expect(moving.filter((state) => state === "running")).toEqual([]);
      const tree = await open.page.locator("body").ariaSnapshot();
      await expect(`${tree}\n`).toMatchFileSnapshot(path.join(import.meta.dirname, `aria/${scene.name}.yml`));
      await isSound(open, scene);
    });
  });

  describe("360 pixels wide", () => {
    const themes = scene.main === true ? ALL : (["light"] as const);
    const [first = "light"] = themes;
    const stage = useStage(scene, { theme: first, width: 360 });

    test.each(themes)("in %s", async (theme) => inTheme(await stage.show(), scene, theme, 360, theme === first));
  });

  describe.runIf(scene.main)("in Chinese", () => {
    const stage = useStage(scene, { theme: "light", width: 1280, language: "zh-cn" });

    test("and without colours", async () => {
      const open = await stage.show();
      await picture(open, scene, `${scene.name}-chinese`);
      expect(await sideways(open.page)).toBeLessThanOrEqual(0);
      const session = await open.page.context().newCDPSession(open.page);
      await session.send("Emulation.setEmulatedVisionDeficiency", { type: "achromatopsia" });
      await picture(open, scene, `${scene.name}-without-colours`);
      await isSound(open, scene);
    });
  });
});

async function inTheme(
  open: OpenPanel,
  scene: Scene,
  theme: Theme["name"],
  width: number,
  isFirst: boolean,
): Promise<void> {
  await changeTheme(open.page, theme);
  await picture(open, scene, `${scene.name}-${theme}-${width}`);
  expect(await sideways(open.page)).toBeLessThanOrEqual(0);
  expect(await axeFindings(open.page, isFirst ? "all" : "colours")).toEqual([]);
  await isSound(open, scene);
}
