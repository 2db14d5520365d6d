/** The cluster panel with the real lab: what is drawn of many servers, links, logs, stores and clients, and its context menus. */
import { expect, test } from "vitest";
import { axeFindings } from "./axe.js";
import { type OpenPanel, openPanel } from "./page.js";
import { host, rig, useLab, useRig } from "./stage.js";

useRig();
useLab();

const THEMES = ["light", "dark", "hc"] as const;

async function open(more: object = {}): Promise<OpenPanel> {
  const panel = await openPanel(rig, host, { panel: "cluster", ...more });
  await panel.page.waitForSelector("[data-server=s1]");
  await panel.page.waitForSelector(".density");
  return panel;
}

/** So many servers, a leader, a partition, a few writes, servers that are down or paused, rules on links. */
function crowd(servers: number): string {
  const half = Math.ceil(servers / 2) + 1;
  const side = Array.from({ length: Math.max(1, servers - half) }, (_, at) => `s${servers - at}`);
  const steps =
    servers < 3
      ? ["wait 2ms"]
      : [
          ...(servers > 4
            ? [`partition {${side.join(" ")}} | others`, `crash s${servers}`, `pause s${servers - 1}`]
            : []),
          "drop AppendEntries s1 -> s2",
          "loss 20% on s1 <-> s3",
          "cut s2 -> s3",
          "latency 5ms..9ms",
        ];
  return `cluster {\n  nodes s1..s${servers}\n  clients alice bob\n  latency 4ms..6ms\n}\n
scenario "crowd" {
  timeout s1
  await leader == s1 within 2s
  alice watch color as w1
  alice put color "red" => ok
  alice put /config/size "12" => ok
  bob put color "blue" => ok
  wait 120ms
${steps.map((step) => `  ${step}\n`).join("")}  async alice put color "green" as late
  wait 47ms
}\n`;
}

for (const servers of [1, 2, 5, 9, 101]) {
  test(`${servers} servers, wide and narrow`, async () => {
    await host.run({ text: crowd(servers) }, "crowd");
    for (const [width, theme] of [
      [1400, THEMES[servers % 3]],
      [360, THEMES[(servers + 1) % 3]],
    ] as const) {
      const { page, trouble, shot } = await open({ width, theme });
      if (servers > 9) {
        expect(await page.locator(".tile").count()).toBe(servers);
        expect(await page.locator(".matrix-table tbody tr").count()).toBe(servers);
        expect(await page.locator(".square-cut").count()).toBe(1);
        // Servers that look alike share a row of the logs.
        expect(await page.locator(".logs tbody tr").count()).toBeLessThan(servers);
      } else {
        expect(await page.locator(".card").count()).toBe(servers);
      }
      await shot(`crowd-${servers}-${width}`, { full: true });
      expect(await axeFindings(page)).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      expect(trouble).toEqual([]);
      await page.context().close();
    }
  });
}

test("the matrix is put in order by its heads, and a server is picked in it", async () => {
  await host.run({ text: crowd(25) }, "crowd");
  const { page } = await open({ width: 1400 });
  await page.click(".matrix-table .sort:text('role')");
  expect(await page.textContent(".matrix-table tbody tr:first-child th")).toContain("s1");
  expect(await page.getAttribute(".matrix-table th[aria-sort=descending]", "aria-sort")).toBe("descending");
  await page.click(".matrix-table tbody tr:nth-child(3) .link");
  await page.waitForSelector(".facts-head h3");
  await page.context().close();
});

test("a message under way is lost, doubled and delayed from its menu and its buttons; each is a step", async () => {
  await host.live("cluster {\n  nodes s1..s3\n  clients alice\n  latency 40ms\n  election-timeout 10s..11s\n}\n");
  await host.pause();
  const { page, trouble, shot } = await open({ width: 1400 });
  await page.click("[data-server=s1] .hit");
  await page.click("vscode-button:text-is('Time out now')");
  await page.waitForSelector(".banner:has-text('timeout s1 =>')");
  await host.step();
  await host.step();
  await page.waitForSelector("[data-message]");
  // By the pointer.
  await page.locator("[data-message]").first().dispatchEvent("contextmenu", { clientX: 300, clientY: 300 });
  await page.waitForSelector("[role=menu]");
  await shot("menu-message");
  expect(await axeFindings(page)).toEqual([]);
  await page.click("[role=menuitem]:has-text('Lose it')");
  await page.waitForSelector("text=/lose s\\d -> s\\d \\w+ => /");
  // By the keyboard alone.
  await page.locator(".twin > summary").first().focus();
  await page.keyboard.press("Enter");
  await page.locator(".twin .link").first().focus();
  await page.keyboard.press("Shift+F10");
  await page.waitForSelector("[role=menu]");
  await page.keyboard.press("d");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Escape");
  await page.waitForSelector("[role=menu]", { state: "detached" });
  expect(await page.evaluate(() => document.activeElement?.className)).toBe("link");
  await page.keyboard.press("Shift+F10");
  await page.click("[role=menuitem]:has-text('Delay it')");
  await page.waitForSelector("text=/delay first s\\d -> s\\d \\w+ by 20ms => /");
  await page.locator("vscode-button:text-is('Duplicate it')").click();
  await page.waitForSelector("text=/duplicate s\\d -> s\\d \\w+ => /");
  await expect.poll(() => page.locator("[data-message]").count()).toBe(2);
  expect(trouble).toEqual([]);
  // What was clicked is a scenario, and runs the same.
  const saved = await host.saved();
  expect(saved).toMatch(/lose s\d -> s\d/);
  expect(saved).toMatch(/delay first s\d -> s\d \w+ by 20ms/);
  expect(saved).toMatch(/duplicate s\d -> s\d/);
  await page.context().close();
});

test("menus of server, link, client, entry and key, and a recorded run that goes on live", async () => {
  await host.run({ text: crowd(5) }, "crowd");
  const { page, trouble, shot } = await open({ width: 1400 });
  await page.locator("[data-server=s1] .hit").focus();
  await page.keyboard.press("ContextMenu");
  await page.waitForSelector("[role=menu] .menu-note:has-text('A recorded run cannot be changed')");
  await shot("menu-run");
  await page.keyboard.press("Escape");
  for (const [selector, words] of [
    [".card.leader .card-head", "in term"],
    [".ring .client", "Why: put color"],
    [".logs .entry", "Why is entry"],
    [".kv button.value", "Copy the value"],
  ] as const) {
    await page.locator(selector).first().dispatchEvent("contextmenu", { clientX: 200, clientY: 200 });
    await page.waitForSelector(`[role=menuitem]:has-text('${words}')`);
    await page.keyboard.press("Escape");
  }
  // The menu of the timeline is that of the moment, which the cursor goes to.
  const timeline = page.locator("[data-timeline]");
  await timeline.click({ button: "right", position: { x: 300, y: 30 } });
  await page.waitForSelector("[role=menuitem]:has-text('Why: ')");
  await page.waitForSelector("[role=menuitem]:has-text('Continue live from here')");
  await shot("menu-moment");
  await page.keyboard.press("Escape");
  await timeline.focus();
  await page.keyboard.press("Shift+F10");
  await page.click("[role=menuitem]:has-text('Why: ')");
  await page.waitForSelector("text=Why:");
  await page.locator("[data-server=s1] .hit").focus();
  await page.keyboard.press("Shift+F10");
  await page.waitForSelector("[role=menuitem]:has-text('Start it as a live cluster')");
  await page.click("[role=menuitem]:has-text('Continue live from here')");
  await page.waitForSelector(".verdict.live");
  await page.locator("[data-server=s1] .hit").focus();
  await page.keyboard.press("Shift+F10");
  await page.waitForSelector("[role=menuitem]:has-text('Crash')");
  await shot("menu-server");
  expect(await axeFindings(page)).toEqual([]);
  await page.click("[role=menuitem]:has-text('Slow disk')");
  await page.waitForSelector("text=/disk s1 slow 50ms => /");
  expect(trouble).toEqual([]);
  await page.context().close();
});

test("long logs are paged, and an entry tells its story at every server", async () => {
  const text = `cluster {\n  nodes s1..s3\n  clients alice\n  snapshot off\n}\n
scenario "long" {
  timeout s1
  await leader == s1 within 2s
  repeat 150 { alice put color "red" }
  put /a/1 "x"
  repeat 120 { alice put color "blue" }
}\n`;
  await host.run({ text }, "long");
  const { page, trouble, shot } = await open({ width: 1400 });
  await page.waitForSelector("text=/entries 2\\d\\d to 2\\d\\d of 2\\d\\d/");
  await page.click("button[aria-label='Older entries']");
  await page.waitForSelector("text=/entries 2[01]\\d to 2[45]\\d of/");
  await page.locator(".pager-slider").fill("60");
  await page.waitForSelector("text=/entries 21 to 60 of/");
  await page.click(".logs .entry >> nth=3");
  await page.waitForSelector(".holders td .link");
  expect(await page.locator(".holders tbody tr").count()).toBe(3);
  expect(await page.textContent(".facts:has(dt:text('Revision it made'))")).toContain("24");
  await shot("entry-story", { full: true });
  await page.click("button[aria-label='Follow the newest entries']");
  await page.waitForSelector("text=/entries 2\\d\\d to 2\\d\\d of 2\\d\\d/");
  expect(await axeFindings(page)).toEqual([]);
  expect(trouble).toEqual([]);
  await page.context().close();
});
