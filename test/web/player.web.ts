/** The file that plays a run, as its reader gets it. */
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shots } from "./page.js";
import { PlayerRig, played } from "./player-rig.js";

const root = path.resolve(import.meta.dirname, "../..");
const sample = (file: string): string => readFileSync(path.join(root, "samples", file), "utf8");

describe("an exported run", () => {
  let rig: PlayerRig;
  beforeAll(async () => {
    mkdirSync(shots, { recursive: true });
    rig = await PlayerRig.start();
  });
  afterAll(async () => rig?.close());

  it("runs anew in the browser, gives the same trace, and shows it", async () => {
    const text = sample("3-replication/figure-8.raftlab");
    const { source } = played(text, "without the rule a committed entry is lost", "figure-8.raftlab");
    const player = await rig.open(source);
    const { page } = player;
    await page.getByText("as exported").waitFor();
    const cluster = await player.panel("cluster");
    await cluster.locator(".ring").waitFor();
    await page.waitForTimeout(500);
    await page.screenshot({ path: path.join(shots, "player-dark.png") });
    await page.getByRole("tab", { name: "Messages" }).click();
    await page.getByRole("tab", { name: "Scenario" }).click();
    await page.waitForTimeout(500);
    await page.screenshot({ path: path.join(shots, "player-diagram.png") });
    expect(player.trouble).toEqual([]);
    await player.close();
    const light = await rig.open(source, { colorScheme: "light" });
    await (await light.panel("cluster")).locator(".ring").waitFor();
    await light.page.waitForTimeout(300);
    await light.page.screenshot({ path: path.join(shots, "player-light.png") });
    await light.close();
  });
});
