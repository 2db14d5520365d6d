/** The history panel with the real lab behind it: violated and passing runs, 10,000 operations, every theme and width. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { axeFindings } from "./axe.js";
import { soundInEveryTheme } from "./every-theme.js";
import { type OpenPanel, openPanel } from "./page.js";
import { host, rig, useLab, useRig } from "./stage.js";

useRig();
useLab();

/** A leader that commits alone is cut off: reads and watches that it answered contradict what the others did. */
const BROKEN = `cluster {
  nodes s1..s3
  clients alice bob carol
  election-timeout 1s..2s
  pre-vote off
  check-quorum off
  client-timeout 400ms
  rule majority-commit off
}

scenario "two truths" {
  seed 1
  timeout s1
  await leader == s1
  bob watch color at s1 as w
  carol watch color prev-kv as w2
  alice put color "grey"        => ok
  alice put size "large"        => ok
  wait 100ms
  isolate s1
  alice put color "red" at s1   => ok
  bob get color at s1           => "red"
  await leader != s1 within 10s
  bob put color "blue"          => ok
  async carol get color serializable at s1
  bob cas color "red" -> "pink" => failed
  bob get nothing               => none
  heal
  wait 3s
  bob put color "green"         => ok
  bob put color "black"         => ok
  bob get color                 => "black"
  wait 1s
}
`;

/** About 10,000 operations by eight clients. */
const LOAD = `cluster {
  nodes s1..s3
  clients alice
}

scenario "ten thousand" {
  seed 3
  await leader within 2s
  workload load for 51s { clients 8; keys k1..k6; rate 200/s; mix put 40% get 40% cas 15% delete 5% }
  await load
}
`;

async function checked({ page }: OpenPanel, verdict: string): Promise<void> {
  await page.waitForSelector(`[data-verdict=${verdict}]`);
  await page.waitForSelector(".bar, .density, .watch");
  await page.evaluate(async () => document.fonts.ready);
}

/** How many pixels the page is wider than its window. */
async function excess(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

test("a stale read: the conflicting bars are outlined, and the words beside say why", async () => {
  await host.run({ file: "4-clients/stale-read.raftlab" }, "local reads lie");
  const panel = await openPanel(rig, host, { panel: "history", width: 1400 });
  const { page, trouble, shot } = panel;
  await checked(panel, "violation");
  expect(await page.locator(".bar.stuck").count()).toBe(1);
  expect(await page.locator(".bar.part").count()).toBe(2);
  expect(await page.textContent("[data-explanation='1'] .reason")).toContain(
    'put color "blue" by alice had returned before it began',
  );
  await page.keyboard.press("x");
  await page.waitForSelector("[data-detail='3']");
  await page.keyboard.press("z");
  await page.waitForSelector(".range:has-text('of 3 operations')");
  await shot("history-stale");
  await page.keyboard.press("0");
  await page.click("[data-explanation='1'] .others .link >> nth=1");
  await page.waitForSelector("[data-detail='2'] .step.appended:has-text('entry 4 of term 2')");
  await page.click(".step.applied .link");
  await page.waitForSelector(".step.applied.here");
  await page.click("vscode-button:text-is('Why this outcome?')");
  await page.waitForSelector(".why .cause");
  // The question that there is about an operation everywhere.
  await page.click(".questions .question:has-text('Why did')");
  await page.waitForSelector(".why h3:has-text('Why did')");
  expect(trouble).toEqual([]);
  await page.context().close();
});

test.each([1400, 360])(
  "%i pixels: watches and operations that contradict each other; axe finds nothing in any theme",
  async (width) => {
    await host.run({ text: BROKEN }, "two truths");
    const state = { sessionId: null, view: { filtersOpen: true } };
    const panel = await openPanel(rig, host, { panel: "history", width, state });
    const { page } = panel;
    await checked(panel, "violation");
    await page.waitForSelector(".watch.broken .breach");
    await page.keyboard.press("j");
    await page.waitForSelector("[data-detail]");
    await soundInEveryTheme(panel, `history-${width}`, { full: true });
    expect(await excess(page)).toBe(0);
    await page.context().close();
  },
);

test("a run under load: every operation has a place, filters and keys narrow it, and a reload keeps them", async () => {
  await host.run({ file: "5-load/churn.raftlab" }, "churn");
  const panel = await openPanel(rig, host, { panel: "history", width: 1400 });
  const { page, trouble, shot } = panel;
  await checked(panel, "ok");
  await page.waitForSelector("path.order");
  await shot("history-load");
  await page.click(".key-chip:has-text('k2')");
  await page.waitForSelector(".range:has-text(' of ')");
  for (let at = 0; at < 3; at += 1) await page.keyboard.press("+");
  await page.waitForSelector("button[aria-label='Show all of it']:not([disabled])");
  await expect.poll(() => page.locator(".bar:not(.term-3)").count()).toBe(0);
  await shot("history-load-key");
  const kept: { view: { filter: { key: string }; span: object | null } } = await page.evaluate(() =>
    Reflect.get(window, "keptState"),
  );
  expect(kept.view.filter.key).toBe("k2");
  expect(kept.view.span).not.toBeNull();
  expect(await axeFindings(page)).toEqual([]);
  expect(trouble).toEqual([]);
  await page.context().close();
});

test("ten thousand operations: areas from afar, bars from near, and a table of which only what is in sight exists", async () => {
  const { events } = await host.run({ text: LOAD }, "ten thousand");
  expect(events).toBeGreaterThan(50_000);
  const panel = await openPanel(rig, host, { panel: "history", width: 1400 });
  const { page, trouble, shot } = panel;
  await checked(panel, "ok");
  await page.waitForSelector("path.density");
  expect(await page.locator(".bar").count()).toBe(0);
  await shot("history-many");
  expect(await page.locator(".table-row").count()).toBeLessThan(80);
  await page.evaluate(() => document.querySelector("[data-table]")?.scrollTo(0, 24 * 5000));
  await page.waitForSelector(".row-button[data-row='5001']");
  await page.click(".row-button[data-row='5001']");
  await page.waitForSelector("[data-detail='5001']");
  await page.keyboard.press("z");
  await page.waitForSelector("[data-operation='5001'].picked");
  await shot("history-many-near");
  // A hand's turn of the wheel: each picture is asked for, drawn and put on the screen before the next.
  const frames = await page.evaluate(async () => {
    const picture = document.querySelector("[data-picture]");
    const began = performance.now();
    for (let at = 0; at < 20; at += 1) {
      picture?.dispatchEvent(
        new WheelEvent("wheel", {
          deltaY: at < 10 ? 60 : -60,
          altKey: true,
          clientX: 600,
          bubbles: true,
          cancelable: true,
        }),
      );
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return (performance.now() - began) / 20;
  });
  expect(frames).toBeLessThan(150);
  expect(trouble).toEqual([]);
  await page.context().close();
});

test("nobody asked for anything: the panel says so; and no session at all", async () => {
  await host.run({ file: "1-elections/first-election.raftlab" }, "first election");
  const first = await openPanel(rig, host, { panel: "history" });
  await first.page.waitForSelector(".empty:has-text('No operations')");
  await first.shot("history-empty");
  expect(await axeFindings(first.page)).toEqual([]);
  await first.page.context().close();
  host.session = null;
  const second = await openPanel(rig, host, { panel: "history" });
  await second.page.waitForSelector(".empty:has-text('No history yet')");
  expect(await axeFindings(second.page)).toEqual([]);
  expect([...first.trouble, ...second.trouble]).toEqual([]);
  await second.page.context().close();
});

test("a live cluster: what it did is checked when asked for", async () => {
  await host.live();
  const { page, trouble } = await openPanel(rig, host, { panel: "history" });
  await page.waitForSelector(".empty:has-text('No operations'), .bar");
  await host.act("await leader");
  await host.act('client put color "red"');
  await page.waitForSelector(".bar.writes");
  await page.click("vscode-button:text-is('Check now')");
  await page.waitForSelector("[data-verdict=ok]");
  await page.waitForSelector(".point-number");
  expect(trouble).toEqual([]);
  await page.context().close();
});
