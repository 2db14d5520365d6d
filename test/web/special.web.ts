/** What the panels show of configurations, snapshots, clocks, disks, crash points and messages that wait: samples, and stories told for it. */
import { describe, expect, test } from "vitest";
import { axeFindings } from "./axe.js";
import { type OpenOptions, type OpenPanel, openPanel, seeCursorsEvent, settled } from "./page.js";
import { LEASES, MACHINES } from "./special-stories.js";
import { host, rig, useLab, useRig } from "./stage.js";

useRig();
useLab();

/** A panel in a theme and a width; checked and closed afterwards. */
async function look(
  name: string,
  options: OpenOptions,
  body: (open: OpenPanel) => Promise<void> = async () => undefined,
): Promise<void> {
  const open = await openPanel(rig, host, options);
  if (options.panel === "cluster") await seeCursorsEvent(open.page);
  else await open.page.waitForSelector("[data-frame][aria-busy=false] .block .row");
  await body(open);
  await settled(open.page);
  await open.shot(name, { full: options.panel === "cluster" });
  const over = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  expect(await open.page.evaluate(over)).toBeLessThanOrEqual(0);
  expect(await axeFindings(open.page)).toEqual([]);
  expect(open.trouble).toEqual([]);
  await open.page.context().close();
}

/** The gallery has every panel in all themes; here it is what is special that counts. */
const LOOKS = [
  { theme: "hc", width: 1200 },
  { theme: "dark", width: 300 },
] as const;

describe.each(LOOKS)("in $theme, $width pixels wide", ({ theme, width }) => {
  const at = `${theme}-${width}`;

  test("a snapshot on its way to a follower that lags behind the compacted log", async () => {
    await host.run({ file: "8-snapshots/snapshot-catch-up.raftlab" }, "what is gone from the log comes as a snapshot");
    // While s3 is cut off a snapshot is lost on its way.
    const healed = await host.goTo(/^heal/);
    await host.goTo(/^s1 → s3 InstallSnapshot/, healed);
    await look(`special-snapshot-${at}`, { panel: "cluster", theme, width }, async ({ page }) => {
      await page.waitForSelector(".mark.snapshot");
      expect(await page.locator(".logs th .snapshot").allTextContents()).toEqual(["snapshot 20/1", "snapshot 20/1"]);
      expect(await page.locator(".logs .gone").count()).toBeGreaterThan(0);
      await page.waitForSelector(".logs tr:nth-child(3) .cue.next:text-is('snapshot on its way')");
      await page.click("[data-server=s1]");
      await page.waitForSelector("td:text-is('snapshot')");
      await page.waitForSelector(".facts dt:text-is('Snapshot')");
    });
  });

  test("two configurations at once", async () => {
    await host.run({ file: "9-membership/joint-consensus.raftlab" }, "both majorities are needed until it is left");
    await host.goTo(/s4 uses .* and /);
    await look(`special-joint-${at}`, { panel: "cluster", theme, width }, async ({ page }) => {
      await page.waitForSelector(".configuration:has-text('new {s1 s4 s5}, old {s1 s2 s3}')");
      expect(await page.locator("[data-server=s1] .special text").allTextContents()).toEqual(["old and new"]);
      expect(await page.locator("[data-server=s4] .special text").allTextContents()).toEqual(["new only"]);
      await page.waitForSelector(".sign.configuration");
      await page.click("[data-server=s4]");
      await page.waitForSelector(".facts dd:has-text('voter, new only')");
    });
  });

  test("faults of clocks and disks, crashes that wait", async () => {
    await host.run({ text: MACHINES }, "machines");
    await look(`special-machines-${at}`, { panel: "cluster", theme, width }, async ({ page }) => {
      const badges = (server: string) => page.locator(`[data-server=${server}] .special text`).allTextContents();
      expect(await badges("s2")).toEqual(["slow disk", "clock drifts; 1 more"]);
      expect(await badges("s3")).toEqual(["disk failed"]);
      expect(await badges("s4")).toEqual(["learner", "entry 1 damaged"]);
      expect(await page.textContent("[data-server=s5] .server-role")).toBe("spare");
      await page.click("[data-server=s2]");
      await page.waitForSelector(".specials .tag.crash:text-is('crash before send')");
      await page.waitForSelector(".specials:has-text('crash s2 before send AppendEntriesReply')");
    });
  });

  test("messages that wait to be delivered", async () => {
    await host.run({ file: "3-replication/figure-7.raftlab" }, "figure 7");
    const leads = await host.goTo(/s1 becomes leader/);
    await host.goTo(/AppendEntries/, leads + 4);
    await look(`special-manual-${at}`, { panel: "cluster", theme, width }, async ({ page }) => {
      expect(await page.locator(".mark.waiting").count()).toBeGreaterThan(2);
    });
  });

  test("leases that run down, a compacted history, an alarm", async () => {
    await host.run({ text: LEASES }, "leases");
    await look(`special-leases-${at}`, { panel: "cluster", theme, width }, async ({ page }) => {
      const rows = page.locator(".leases tbody tr");
      expect(await rows.count()).toBe(2);
      expect(await rows.first().locator("td").last().textContent()).toContain("session/a, session/b");
      const cells = await rows.first().locator("td").allTextContents();
      expect(cells.filter((text) => /\d s left/.test(text))).toHaveLength(1);
      expect(cells.filter((text) => text.includes("not counted"))).toHaveLength(2);
      expect(await page.locator(".kv thead .compacted").allTextContents()).toEqual(Array(3).fill(" compacted at 3"));
      await page.waitForSelector(".kv .alarm:has-text('alarm nospace at s')");
      expect(await page.locator(".kv .lease-mark").count()).toBe(6);
    });
  });

  test("a slow disk", async () => {
    await host.run({ file: "7-durability/slow-disk.raftlab" }, "a majority needs the slow disk");
    await host.goTo(/s2 receives AppendEntries .*1 entry after 1/);
    await look(`special-slow-${at}`, { panel: "cluster", theme, width }, async ({ page }) => {
      expect(await page.locator("[data-server=s1] .special text").allTextContents()).toEqual(["slow disk"]);
    });
  });

  test("a leader that hands over", async () => {
    await host.run({ file: "9-membership/transfer.raftlab" }, "to one that doesn't answer");
    await host.goTo(/transfer leadership/);
    await look(`special-transfer-${at}`, { panel: "cluster", theme, width }, async ({ page }) => {
      expect(await page.locator("[data-server=s1] .special text").allTextContents()).toEqual(["hands over to s3"]);
    });
  });

  test.each([
    [
      "snapshot",
      "8-snapshots/snapshot-catch-up.raftlab",
      "what is gone from the log comes as a snapshot",
      /InstallSnapshot/,
    ],
    ["joint", "9-membership/joint-consensus.raftlab", "in and out by itself", /uses .* and /],
    ["transfer", "9-membership/transfer.raftlab", "to a follower that is behind", /TimeoutNow/],
  ] as const)("the diagram of a %s", async (name, file, title, event) => {
    await host.run({ file }, title);
    await host.goTo(event);
    const state = { sessionId: null, view: { filtersOpen: width > 1000 } };
    await look(`special-diagram-${name}-${at}`, { panel: "diagram", theme, width, state });
  });
});
