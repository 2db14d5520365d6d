/** The panels in Chinese: no English is left, axe finds nothing, nothing sticks out; pictures to look at. */
import { describe, expect, test } from "vitest";
import { axeFindings } from "./axe.js";
import { FakeHost, type HostOptions } from "./fake-host.js";
import { LabHost } from "./lab-host.js";
import { type Host, type OpenOptions, type OpenPanel, openPanel, seeCursorsEvent, settled } from "./page.js";
import { LEASES, MACHINES } from "./special-stories.js";
import { englishIn, spokenTexts } from "./spoken.js";
import { rig, useRig } from "./stage.js";
import { TranslatedHost } from "./translated-host.js";

useRig();

/** The gallery has every panel in all themes; here it is whether longer or shorter words fit. */
const SIZES = [
  { theme: "light", width: 300 },
  { theme: "dark", width: 1200 },
] as const;
const live = { kind: "live", state: { kind: "paused" }, pace: 0.01, cursor: null, traceHash: null } as const;

async function open(host: Host, options: OpenOptions): Promise<OpenPanel> {
  return openPanel(rig, new TranslatedHost(host), { language: "zh-cn", ...options });
}

async function check({ page, trouble }: OpenPanel): Promise<void> {
  await settled(page);
  expect(englishIn(await spokenTexts(page))).toEqual([]);
  const over = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  expect(await page.evaluate(over)).toBeLessThanOrEqual(0);
  expect(await page.evaluate(() => document.documentElement.lang)).toBe("zh-cn");
  expect(trouble).toEqual([]);
}

describe.each(SIZES)("in $theme, $width pixels wide", ({ theme, width }) => {
  test("the cluster panel, with a server picked and asked about", async () => {
    const panel = await open(new FakeHost({ session: { cursor: 190 } }), { panel: "cluster", theme, width });
    const { page, shot } = panel;
    await page.click("[data-server=s1]");
    await page.click(".words-links .link:last-child");
    await page.waitForSelector(".causes");
    await check(panel);
    expect(await page.textContent(".section-servers h2")).toBe("节点");
    expect(await page.getAttribute("[data-server=s5] .hit", "aria-label")).toContain("领导者");
    await shot(`chinese-cluster-${theme}-${width}`, { full: true });
    expect(await axeFindings(page)).toEqual([]);
    await page.context().close();
  });

  test("the message diagram, with filters and a row picked and asked about", async () => {
    const panel = await open(new FakeHost({ session: { cursor: 190 } }), { panel: "diagram", theme, width });
    const { page, shot } = panel;
    await settled(page);
    // The row that the cursor stands at is in sight.
    await page.click(".row.here");
    await page.click(".details vscode-button");
    await page.waitForSelector(".causes");
    await page.keyboard.press("f");
    await page.waitForSelector(".filters");
    await check(panel);
    expect(await page.textContent(".choice >> nth=0")).toBe("时序图");
    await shot(`chinese-diagram-${theme}-${width}`, { full: true });
    expect(await axeFindings(page)).toEqual([]);
    await page.context().close();
  });
});

/** What the panel shows in other states; each opened at 700 pixels, unless it says otherwise. */
const STATES: readonly {
  readonly name: string;
  readonly panel: OpenOptions["panel"];
  readonly host: HostOptions;
  readonly state?: OpenOptions["state"];
  readonly body: (open: OpenPanel, host: FakeHost) => Promise<void>;
}[] = [
  { name: "empty", panel: "cluster", host: { session: null }, body: ({ page }) => see(page.waitForSelector(".empty")) },
  { name: "empty", panel: "diagram", host: { session: null }, body: ({ page }) => see(page.waitForSelector(".empty")) },
  {
    name: "stopped",
    panel: "cluster",
    host: { session: { cursor: 20 } },
    body: async ({ page }, host) => {
      await page.waitForSelector(".density");
      host.send({ kind: "server", status: "stopped", message: "" });
      await page.waitForSelector("text=服务已停止");
    },
  },
  {
    name: "live",
    panel: "cluster",
    host: { session: live },
    body: async ({ page }) => {
      await page.click("[data-server=s2]");
      await page.click("vscode-button:text-is('崩溃')");
      await page.waitForSelector(".banner.info");
    },
  },
  {
    name: "entry",
    panel: "cluster",
    host: { session: { cursor: 190 } },
    body: async ({ page }) => {
      await page.click(".entry >> nth=2");
      await page.waitForSelector(".holders tbody tr:nth-child(5)");
      await page.keyboard.press("w");
      await page.waitForSelector(".causes");
    },
  },
  {
    name: "client",
    panel: "cluster",
    host: { session: { cursor: 190 } },
    body: ({ page }) => page.click(".client .hit >> nth=0"),
  },
  {
    name: "link",
    panel: "cluster",
    host: { session: { cursor: 190 } },
    body: ({ page }) => page.locator(".ring > .link").first().dispatchEvent("click"),
  },
  {
    name: "message",
    panel: "cluster",
    host: { session: { cursor: 190 } },
    body: async ({ page }) => {
      await page.locator("[data-message]").first().dispatchEvent("click");
      await page.waitForSelector(".causes");
    },
  },
  {
    name: "grid",
    panel: "cluster",
    host: { session: { cursor: 150 }, servers: 25 },
    body: ({ page }) => see(page.waitForSelector(".tile")),
  },
  {
    name: "mermaid",
    panel: "diagram",
    host: {},
    state: { sessionId: "run-1", view: { mode: "mermaid" } },
    body: ({ page }) => see(page.waitForSelector("text=/第 1 至 100 行/")),
  },
  {
    name: "search",
    panel: "diagram",
    host: { session: { cursor: 20 } },
    body: async ({ page }) => {
      await page.waitForSelector(".block .row");
      await page.keyboard.press("/");
      await page.waitForSelector(".search input:focus");
      await page.keyboard.type("s2");
      await page.waitForSelector("text=/处匹配/");
      await page.locator(".search input").press("Escape");
      await page.waitForSelector(".search", { state: "detached" });
      await page.keyboard.press("s");
      await page.waitForSelector(".export");
    },
  },
];

async function see(seen: Promise<unknown>): Promise<void> {
  await seen;
}

test.each(STATES)("$panel: $name", async ({ name, panel, host: options, state, body }) => {
  const host = new FakeHost(options);
  const opened = await open(host, { panel, width: 700, ...(state === undefined ? {} : { state }) });
  await body(opened, host);
  await check(opened);
  await opened.shot(`chinese-${panel}-${name}`, { full: true });
  await opened.page.context().close();
});

test.each([
  ["machines", MACHINES],
  ["leases", LEASES],
] as const)("the lab's %s", async (name, text) => {
  const host = await LabHost.start();
  await host.run({ text }, name);
  const opened = await open(host, { panel: "cluster", width: 1200 });
  await seeCursorsEvent(opened.page);
  await opened.page.click("[data-server=s2]");
  await opened.page.waitForSelector("h3:text-is('节点 s2')");
  await check(opened);
  await opened.shot(`chinese-${name}`, { full: true });
  await opened.page.context().close();
  await host.dispose();
});

test("without its messages the page speaks English", async () => {
  const { page } = await openPanel(rig, new FakeHost({ session: null }), { panel: "cluster", language: "en" });
  await page.waitForSelector("h1:text-is('No cluster yet')");
  expect(englishIn(await spokenTexts(page))).not.toEqual([]);
  await page.context().close();
});
