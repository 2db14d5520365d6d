/** Both panels in every theme: nothing for axe to find, no trouble in the console, pictures to look at. */
import { describe, expect, test } from "vitest";
import { soundInEveryTheme } from "./every-theme.js";
import { FakeHost } from "./fake-host.js";
import { openPanel, seeCursorsEvent, settled } from "./page.js";
import { rig, useRig } from "./stage.js";

useRig();

const panels = ["cluster", "diagram"] as const;

describe.each(panels)("%s panel", (panel) => {
  test("full, with a selection and a why; axe finds nothing in any theme", async () => {
    const host = new FakeHost({ session: { cursor: 190 } });
    const open = await openPanel(rig, host, { panel, width: 1280, height: 1000 });
    const { page } = open;
    if (panel === "cluster") {
      await page.click("[data-server=s1]");
      await page.click(".words-links .link:last-child");
      await page.waitForSelector(".causes");
      await seeCursorsEvent(page);
    } else {
      await page.waitForSelector(".block .row");
      await page.click(".row.here");
      await page.click(".details vscode-button");
      await page.waitForSelector(".causes");
      await page.keyboard.press("f");
    }
    await settled(page);
    await soundInEveryTheme(open, `${panel}-full`, { full: panel === "cluster" });
    await page.context().close();
  });

  test("empty; axe finds nothing in any theme", async () => {
    const open = await openPanel(rig, new FakeHost({ session: null }), { panel, width: 700, height: 600 });
    await open.page.waitForSelector(".empty");
    await soundInEveryTheme(open, `${panel}-empty`);
    await open.page.context().close();
  });

  test.each([300, 700, 2000])("at a width of %i pixels nothing sticks out sideways", async (width) => {
    const host = new FakeHost({ session: { cursor: 190 } });
    const { page, trouble, shot } = await openPanel(rig, host, { panel, width, height: 900 });
    await page.waitForSelector(panel === "cluster" ? ".logs" : ".block .row");
    await settled(page);
    await shot(`${panel}-wide-${width}`, { full: panel === "cluster" });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over).toBeLessThanOrEqual(0);
    expect(trouble).toEqual([]);
    await page.context().close();
  });

  test("starts a live cluster from the empty state", async () => {
    const host = new FakeHost({ session: null });
    const { page } = await openPanel(rig, host, { panel });
    await page.click(".empty vscode-button");
    await page.waitForSelector(".head h1");
    expect(host.asked).toContain("raftlab/live/start");
    await page.context().close();
  });

  test("says that the server stopped, keeps its picture, offers the log and a restart, and comes back", async () => {
    const host = new FakeHost({ session: { cursor: 20 } });
    const { page, shot } = await openPanel(rig, host, { panel });
    const picture = panel === "cluster" ? "[data-server=s1]" : ".block .row";
    await page.waitForSelector(picture);
    host.send({ kind: "server", status: "stopped", message: "It was killed." });
    await page.waitForSelector("text=The server stopped");
    expect(await page.isVisible(picture)).toBe(true);
    await shot(`${panel}-stopped`);
    await page.click("text=Restart server");
    expect(host.told).toContainEqual({ kind: "restartServer" });
    const before = host.asked.length;
    host.send({ kind: "server", status: "running", message: "" });
    await page.waitForSelector("text=The server stopped", { state: "detached" });
    await expect.poll(() => host.asked.length).toBeGreaterThan(before);
    await page.context().close();
  });

  test("keeps the session for the next reload, and restores it", async () => {
    const host = new FakeHost({ session: { cursor: 20 } });
    const { page } = await openPanel(rig, host, { panel });
    await page.waitForSelector(".head h1");
    const kept = await page.evaluate(() => Reflect.get(window, "keptState"));
    expect(kept).toMatchObject({ sessionId: "run-1" });
    await page.context().close();
  });
});
