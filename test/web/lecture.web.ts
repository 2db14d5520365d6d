/** Lecture mode with the real lab behind it. */
import { expect, test } from "vitest";
import { axeFindings } from "./axe.js";
import { openPanel, settled } from "./page.js";
import { host, rig, useLab, useRig } from "./stage.js";

const SAMPLE = { file: "7-durability/crash-and-recover.raftlab" };

useRig();
useLab();

for (const [theme, width, height] of [
  ["dark", 1400, 900],
  ["light", 1400, 900],
  ["hc", 1000, 800],
  ["dark", 360, 740],
] as const) {
  test(`note by note, ${theme}, ${width} wide`, async () => {
    await host.run(SAMPLE, "all crash, all come back");
    const { page, trouble, shot } = await openPanel(rig, host, { panel: "cluster", theme, width, height });
    await settled(page);
    await page.keyboard.press("Home");
    await page.keyboard.press("l");
    await page.waitForSelector(".lecture-count:has-text('0 of ')");
    await page.keyboard.press("PageDown");
    await page.waitForSelector(".lecture-count:has-text('1 of ')");
    await shot(`lecture-${theme}-${width}`);
    await page.keyboard.press("ArrowRight");
    await page.waitForSelector(".lecture-count:has-text('2 of ')");
    await page.keyboard.press("ArrowRight");
    await page.waitForSelector(".lecture-count:has-text('3 of ')");
    await page.waitForSelector(".lecture [data-spoken=yes]", { state: "attached" });
    await settled(page);
    await shot(`lecture-spoken-${theme}-${width}`);
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press("PageUp");
    await page.waitForSelector(".lecture-count:has-text('2 of ')");
    expect(trouble).toEqual([]);
    await page.context().close();
  });
}

test("plays to the next note and stops there; is still on after a reload; leaves by key", async () => {
  await host.run(SAMPLE, "all crash, all come back");
  const { page } = await openPanel(rig, host, { panel: "cluster" });
  await settled(page);
  await page.keyboard.press("Home");
  await page.click("button[aria-label='Lecture mode']");
  await page.waitForSelector(".lecture-count:has-text('0 of ')");
  await page.keyboard.press("ArrowRight");
  await page.waitForSelector(".lecture-count:has-text('1 of ')");
  await page.click("button[aria-label='Play to the next note']");
  await page.waitForSelector(".lecture-count:has-text('2 of ')");
  await page.waitForSelector("button[aria-label='Play to the next note']");
  const kept = await page.evaluate(() => Reflect.get(window, "keptState"));
  await page.keyboard.press("l");
  await page.waitForSelector(".transport");
  await page.context().close();
  const again = await openPanel(rig, host, { panel: "cluster", state: kept });
  await again.page.waitForSelector(".lecture-count:has-text('2 of ')");
  await again.page.keyboard.press("Escape");
  await again.page.waitForSelector(".transport");
  await again.page.context().close();
});

test("a run without notes says how to write them", async () => {
  await host.run(
    { text: 'cluster {\n  nodes s1..s3\n}\n\nscenario "plain" {\n  await leader within 2s\n}\n' },
    "plain",
  );
  const { page, shot } = await openPanel(rig, host, { panel: "cluster" });
  await settled(page);
  host.send({ kind: "lecture" });
  await page.waitForSelector(".lecture-empty code:text('note')");
  await shot("lecture-empty");
  // Keys step through the events as ever.
  const before = await page.getAttribute("[data-timeline]", "aria-valuenow");
  for (let time = 0; time < 20; time += 1) await page.keyboard.press("ArrowLeft");
  await page.waitForFunction(
    (old) => document.querySelector("[data-timeline]")?.getAttribute("aria-valuenow") !== old,
    before,
  );
  await page.context().close();
});
