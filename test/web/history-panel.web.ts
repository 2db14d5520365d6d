/** The history panel with the real lab behind it. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { buildPanels } from "./build.js";
import { buildLab, LabHost } from "./lab-host.js";
import { openPanel, type Rig, startRig } from "./page.js";

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

test("a stale read: the conflicting bars are outlined, and the words beside say why", async () => {
  await host.run({ file: "4-clients/stale-read.raftlab" }, "local reads lie");
  const { page, trouble, shot } = await openPanel(rig, host, { panel: "history", width: 1400 });
  await page.waitForSelector("[data-verdict=violation]");
  await page.waitForSelector(".bar.stuck");
  await shot("history-stale-dark");
  await page.click("[data-operation='2']");
  await page.waitForSelector("[data-detail='2'] .step.appended");
  await shot("history-stale-picked");
  expect(trouble).toEqual([]);
  await page.context().close();
});

test("a run under load", async () => {
  await host.run({ file: "5-load/churn.raftlab" }, "churn");
  const { page, trouble, shot } = await openPanel(rig, host, { panel: "history", width: 1400 });
  await page.waitForSelector("[data-verdict=ok]");
  await page.waitForSelector(".bar");
  await shot("history-churn-dark");
  for (let at = 0; at < 4; at += 1) await page.keyboard.press("+");
  await page.waitForTimeout(500);
  await shot("history-churn-zoomed");
  expect(trouble).toEqual([]);
  await page.context().close();
});
