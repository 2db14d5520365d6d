/** The file that plays a run, as its reader gets it: from a disk, without a network. */
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { playerMessages } from "../../scripts/lib/player.mjs";
import { liveCluster } from "../../server/src/lab/live-cluster.js";
import type { RunSource } from "../../server/src/protocol/exports.js";
import { LiveRun } from "../../server/src/scenario/live-run.js";
import { axeFindings } from "./axe.js";
import { shots } from "./page.js";
import { type OpenPlayer, PlayerRig, played } from "./player-rig.js";

const root = path.resolve(import.meta.dirname, "../..");
const sample = (file: string): string => readFileSync(path.join(root, "samples", file), "utf8");
const figure8 = (): RunSource =>
  played(sample("3-replication/figure-8.raftlab"), "without the rule a committed entry is lost", "figure-8.raftlab")
    .source;

/** What the issue allows for a run of 10,000 events. */
const MOST_BYTES = 2_000_000;

/** A live cluster that a person has played with. */
function liveSource(): RunSource {
  const cluster = liveCluster({ text: null, scenario: null });
  if (typeof cluster === "string") throw new Error(cluster);
  const live = new LiveRun(cluster.config, cluster.given, 4);
  live.advance(400_000, 1_000_000);
  live.act('put color "red"');
  live.advance(600_000, 1_000_000);
  live.act("crash leader");
  live.advance(1_500_000, 1_000_000);
  live.act('put color "blue"');
  live.advance(1_700_000, 1_000_000);
  const { world, log } = live.recording;
  return {
    kind: "live",
    title: "Live cluster",
    file: null,
    text: null,
    scenario: null,
    seed: 4,
    settings: [],
    live: { storyUpTo: null, steps: live.steps, timeUs: world.nowUs, position: world.position },
    state: { kind: "paused" },
    events: log.count,
    traceHash: log.hash,
    cursor: 10,
  };
}

const HOSTILE = `</script><img src=x onerror="document.title='broken'"><!--<script>`;

describe("an exported run", () => {
  let rig: PlayerRig;
  beforeAll(async () => {
    mkdirSync(shots, { recursive: true });
    rig = await PlayerRig.start();
  });
  afterAll(async () => rig?.close());

  const shot = async ({ page }: OpenPlayer, name: string): Promise<void> => {
    await page.waitForTimeout(300);
    await page.screenshot({ path: path.join(shots, `player-${name}.png`) });
  };

  it("runs anew, gives the same trace, and moves one cursor for all views", async () => {
    const player = await rig.open(figure8());
    const { page } = player;
    await page.locator(".same").waitFor();
    const cluster = await player.panel("cluster");
    await cluster.locator(".ring").waitFor();
    await shot(player, "dark");

    // From a line of the scenario to its first event, and from the panel back to the line.
    await page.locator('[data-line="92"] button').click();
    await expect.poll(async () => page.locator(".lines .here").getAttribute("data-line")).toBe("92");
    const address = page.url();
    expect(address).toMatch(/#event=\d+$/);
    await expect.poll(async () => cluster.locator(".words").textContent()).toContain("line 92");
    await cluster.locator("[data-timeline]").press("ArrowLeft");
    await expect.poll(() => page.url()).not.toBe(address);

    const before = page.url();
    await page.locator("body").press("ArrowLeft");
    await expect.poll(() => page.url()).not.toBe(before);

    await cluster.getByRole("button", { name: "why?" }).click();
    await cluster.locator(".why .causes .cause").first().waitFor();

    await page.getByRole("tab", { name: "Messages" }).click();
    const diagram = await player.panel("diagram");
    await diagram.locator("table.rows button, [role=row], .row").first().waitFor();
    // The rendering that the player leaves out is neither offered nor tried.
    expect(await diagram.locator(".banner.error").count()).toBe(0);
    expect(await diagram.getByRole("button", { name: "Mermaid", exact: true }).isVisible()).toBe(false);
    await shot(player, "messages");
    await page.getByRole("tab", { name: "Result" }).click();
    await expect.poll(async () => page.locator(".result").textContent()).toContain("leader-completeness");
    await page.locator(".found .link").first().click();
    await page.locator(".chain summary").first().click();
    await shot(player, "result");
    expect(await axeFindings(page)).toEqual([]);
    expect(player.size).toBeLessThan(MOST_BYTES);
    expect(player.trouble).toEqual([]);
    await player.close();
  });

  it("shows what the clients did, and judges it in the page", async () => {
    const title = "no majority, no leader; a majority again, a leader again";
    const player = await rig.open(played(sample("1-elections/re-election.raftlab"), title).source);
    const { page } = player;
    await page.locator(".same").waitFor();
    await page.getByRole("tab", { name: "Client history" }).click();
    const history = await player.panel("history");
    await history.locator(".bar.outcome-ok").first().waitFor();
    await history.locator("[data-verdict=ok]").waitFor();
    const address = page.url();
    await history.locator(".bar.outcome-ok").first().click();
    await expect.poll(() => page.url()).not.toBe(address);
    await history.locator("vscode-button", { hasText: "Why this outcome?" }).click();
    await history.locator(".causes .cause").first().waitFor();
    await shot(player, "history");
    await page.setViewportSize({ width: 360, height: 800 });
    for (const tab of await page.getByRole("tab").all()) {
      const box = await tab.boundingBox();
      expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(360);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await shot(player, "history-narrow");
    expect(player.trouble).toEqual([]);
    await player.close();
  });

  it("opens at the moment that its address names", async () => {
    const player = await rig.open(figure8(), { hash: "#event=17" });
    const cluster = await player.panel("cluster");
    await expect.poll(async () => cluster.locator(".figures").textContent()).toContain("18 of");
    await player.close();
  });

  it("says loudly when the run is not the one that was exported", async () => {
    const player = await rig.open({ ...figure8(), seed: 2, traceHash: "0123456789abcdef" });
    const alert = player.page.getByRole("alert");
    await alert.waitFor();
    expect(await alert.textContent()).toContain("0123456789abcdef");
    expect(await player.page.locator(".same").count()).toBe(0);
    await shot(player, "differs");
    await player.close();
  });

  it("says what is wrong with a file that cannot be played", async () => {
    const broken = { ...figure8(), text: "scenario {" };
    const player = await rig.open(broken);
    await expect
      .poll(async () => player.page.getByRole("alert").textContent())
      .toContain('The file has no scenario "without the rule a committed entry is lost"');
    await player.close();
  });

  it("plays a long run from as small a file", async () => {
    const text = `cluster { nodes s1..s5; clients alice bob }
scenario "long" {
  seed 3
  await leader within 2s
  workload load for 20s { clients 4; keys k1..k4; rate 120/s; mix put 50% get 50% }
}
`;
    const { source, run } = played(text, "long");
    expect(run.recording.log.count).toBeGreaterThan(10_000);
    const player = await rig.open(source);
    expect(player.size).toBeLessThan(MOST_BYTES);
    await player.page.locator(".same").waitFor();
    const cluster = await player.panel("cluster");
    await cluster.locator(".ring").waitFor();
    await shot(player, "long");
    expect(player.trouble).toEqual([]);
    await player.close();
  });

  it("plays a live session, without offering to change it", async () => {
    const player = await rig.open(liveSource(), { colorScheme: "light" });
    const { page } = player;
    await page.locator(".same").waitFor();
    const cluster = await player.panel("cluster");
    await cluster.locator(".ring").waitFor();
    await expect.poll(async () => cluster.locator(".figures").textContent()).toContain("11 of");
    await page.getByRole("button", { name: /crash leader/ }).click();
    await expect.poll(async () => page.locator(".hand-steps .here").textContent()).toContain("crash leader");
    expect(await cluster.getByText("Start a live cluster").isVisible()).toBe(false);
    expect(await cluster.locator(".section-faults").isVisible()).toBe(false);
    await shot(player, "live");
    expect(await axeFindings(page)).toEqual([]);
    expect(player.trouble).toEqual([]);
    await player.close();
  });

  it("lets a hostile scenario be no more than text", async () => {
    const text = `cluster { nodes s1..s3; clients alice }
# ${HOSTILE}
scenario ${JSON.stringify(HOSTILE)} {
  await leader within 2s
  alice put ${JSON.stringify(HOSTILE)} ${JSON.stringify(HOSTILE)}
  note ${JSON.stringify(`raftlab-slot:messages ${HOSTILE}`)}
  alice get ${JSON.stringify(HOSTILE)} => "nothing of the kind"
}
`;
    const { source } = played(text, HOSTILE, `${HOSTILE}.raftlab`);
    const player = await rig.open(source);
    const { page } = player;
    await page.locator(".same").waitFor();
    expect(await page.locator("h1").textContent()).toBe(HOSTILE);
    const cluster = await player.panel("cluster");
    await cluster.locator(".ring").waitFor();
    await page.getByRole("tab", { name: "Scenario" }).click();
    expect(await page.locator(".lines").textContent()).toContain(`raftlab-slot:messages ${HOSTILE.slice(0, 8)}`);
    await shot(player, "hostile");
    for (const frame of page.frames()) expect(await frame.locator("img").count()).toBe(0);
    expect(await page.title()).toBe(`${HOSTILE} – Raft Lab`);
    expect(player.trouble).toEqual([]);
    await player.close();
  });

  it("fits a narrow window, forced colours, and speaks Chinese", async () => {
    const narrow = await rig.open(figure8(), { width: 380, height: 780, colorScheme: "light" });
    await (await narrow.panel("cluster")).locator(".ring").waitFor();
    await shot(narrow, "narrow");
    await narrow.page.getByRole("tab", { name: "Scenario" }).click();
    await narrow.page.locator(".lines").waitFor();
    await shot(narrow, "narrow-scenario");
    expect(await axeFindings(narrow.page)).toEqual([]);
    await narrow.close();

    const forced = await rig.open(figure8(), { forcedColors: "active" });
    await (await forced.panel("cluster")).locator(".ring").waitFor();
    await shot(forced, "forced");
    expect(forced.trouble).toEqual([]);
    await forced.close();

    const translation = { language: "zh-cn", messages: playerMessages("zh-cn") };
    const chinese = await rig.open(figure8(), { translation, colorScheme: "light" });
    // The engine speaks Chinese as well, and the trace is the same.
    await chinese.page.locator(".same").waitFor();
    expect(await chinese.page.locator(".same").textContent()).toContain("与导出一致");
    const panel = await chinese.page.waitForSelector("iframe");
    await (await panel.contentFrame())?.locator(".ring").waitFor();
    await shot(chinese, "chinese");
    expect(chinese.size).toBeLessThan(MOST_BYTES);
    expect(chinese.trouble).toEqual([]);
    await chinese.close();
  });
});
