/** The comparison of two runs, with the real lab behind it. */
import { describe, expect, test } from "vitest";
import { axeFindings } from "./axe.js";
import { soundInEveryTheme } from "./every-theme.js";
import type { LabHost } from "./lab-host.js";
import { type OpenOptions, type OpenPanel, openPanel, settled } from "./page.js";
import { host, rig, useLab, useRig } from "./stage.js";

const TEXT = `cluster {
  nodes s1..s5
  clients alice bob
  seed 3
}

scenario "leader is cut off" {
  await leader
  alice put color "red"
  let old = leader
  partition old | others
  bob put color "blue" => ok
  await leader != old
  wait 400ms
  heal
  bob get color => "blue"
  crash leader
  await leader
}
`;
const TITLE = "leader is cut off";

useRig();
useLab();

async function open(options: Partial<OpenOptions> = {}): Promise<OpenPanel> {
  const panel = await openPanel(rig, host, { panel: "compare", width: 1400, height: 1000, ...options });
  await settled(panel.page);
  return panel;
}

async function pair(left: Parameters<LabHost["run"]>[2], right: Parameters<LabHost["run"]>[2], text = TEXT) {
  const a = await host.run({ text: TEXT }, TITLE, left);
  const b = await host.run({ text }, TITLE, right);
  host.pair = { left: a.id, right: b.id };
  return { a, b };
}

describe("two seeds", () => {
  test.each([1400, 360])("%i pixels wide, in every theme", async (width) => {
    await pair({}, { seed: 4 });
    const panel = await open({ width, height: width === 360 ? 1600 : 1100 });
    const { page } = panel;
    await page.waitForSelector(".milestones tbody tr");
    await page.waitForSelector(".servers tbody tr");
    await page.click(".whys > summary");
    await page.waitForSelector(".whys .cause");
    await settled(page);
    await soundInEveryTheme(panel, `compare-seeds-${width}`, { full: true });
    await page.context().close();
  });
});

test("one knob flipped", async () => {
  await pair({}, { settings: ["pre-vote off"] });
  const { page, trouble, shot } = await open();
  await page.waitForSelector(".milestones tbody tr");
  await page.waitForSelector(".input-chip:has-text('pre-vote')");
  await page.waitForSelector(".side-card:has-text('asks whether it could win term 1')");
  await page.waitForSelector(".side-card:has-text('becomes candidate in term 1')");
  await shot("compare-knob", { full: true });
  expect(trouble).toEqual([]);
  await page.context().close();
});

test("an edit of the scenario: its lines stand beside the difference", async () => {
  await pair({}, {}, TEXT.replace("  wait 400ms\n", "  wait 500ms\n  pause s5\n").replace("crash leader", "crash s2"));
  const { page, trouble, shot } = await open();
  await page.waitForSelector(".milestones tbody tr");
  const edits = await page.locator(".edit").allInnerTexts();
  expect(edits.map((text) => text.replace(/\s+/g, " "))).toEqual([
    "− line 14 wait 400ms",
    "+ line 14 wait 500ms",
    "+ line 15 pause s5",
    "− line 17 crash leader",
    "+ line 18 crash s2",
  ]);
  await page.click(".edit.right .edit-line >> nth=1");
  await expect.poll(() => host.told.find(({ kind }) => kind === "reveal")).toMatchObject({ kind: "reveal", line: 15 });
  await shot("compare-edit", { full: true });
  expect(await axeFindings(page)).toEqual([]);
  expect(trouble).toEqual([]);
  await page.context().close();
});

test("the same run twice says so, with the hash", async () => {
  const { a } = await pair({}, {});
  const { page, trouble, shot } = await open();
  await page.waitForSelector(`.headline:has-text("The two runs are the same: 636 events, trace ${a.traceHash}.")`);
  expect(await page.locator("#heading-first").count()).toBe(0);
  expect(await page.locator(".part").count()).toBe(0);
  expect(await page.getByRole("radio", { checked: true }).innerText()).toMatch(/^All/);
  await page.waitForSelector(".common rect");
  await shot("compare-equal", { full: true });
  expect(trouble).toEqual([]);
  await page.context().close();
});

test("faults are spans from their beginning to their end, the left run's above the right one's, and lead to where they began", async () => {
  await pair({}, { seed: 4 });
  const { page, trouble } = await open();
  await page.waitForSelector(".servers tbody tr");
  const bars = page.locator(".fault-bar");
  const words = await bars.locator("title").allTextContents();
  expect(words.map((text) => text.replace(/(, from|, since) .*/, ""))).toEqual([
    "left: partition s1 | {s2 s3 s4 s5}",
    "left: s2 is down",
    "right: partition s2 | {s1 s3 s4 s5}",
    "right: s3 is down",
  ]);
  const lanes = await page.locator(".lane").first().boundingBox();
  const tops = await Promise.all([0, 1, 2, 3].map(async (at) => (await bars.nth(at).boundingBox())?.y ?? 0));
  expect(tops[0]).toBeLessThan(lanes?.y ?? 0);
  expect(tops[2]).toBeGreaterThan(lanes?.y ?? 0);
  expect(await page.locator(".sign:is(.fault, .undone)").count()).toBe(0);
  await bars.nth(2).click();
  const began = /from (\d[\d.]* m?s) to/.exec(words[2] ?? "")?.[1] ?? "nothing";
  await page.waitForSelector(`.clock:has-text("${began}")`);
  expect(trouble).toEqual([]);
  await page.context().close();
});

describe("time", () => {
  const clock = (panel: OpenPanel) => panel.page.locator(".clock").innerText();

  test("dragging moves both sessions to one instant; keys do it too", async () => {
    const { a, b } = await pair({}, { seed: 4 });
    const panel = await open();
    const { page } = panel;
    await page.waitForSelector(".servers tbody tr");
    const box = await page.locator(".axis-slider").boundingBox();
    if (box === null) throw new Error("the axis is not in sight");
    await page.mouse.move(box.x + 300, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + 700, box.y + 60, { steps: 8 });
    await page.mouse.up();
    await settled(page);
    await page.waitForSelector(`.servers caption:has-text("${await clock(panel)}")`);
    const us = Number(await page.locator(".axis-slider").getAttribute("aria-valuenow"));
    for (const { id } of [a, b]) {
      const isThere = async () => {
        const { timeUs, nextUs } = await host.momentOf(id);
        return timeUs <= us && nextUs > us;
      };
      await expect.poll(isThere).toBe(true);
    }
    await page.waitForSelector(".servers .differs .grade:has-text('≠')");
    await page.locator(".axis-slider").press("End");
    await page.waitForSelector(".clock:has-text('1.174 s')");
    await page.locator(".axis-slider").press("Home");
    await page.waitForSelector(".clock:has-text('0 µs')");
    await page.keyboard.press("d");
    await page.waitForSelector(".clock:has-text('154.808 ms')");
    await page.context().close();
  });

  test("zooming and panning show both runs' same span, and a reload keeps it", async () => {
    await pair({}, { seed: 4 });
    const { page, shot } = await open({ width: 1200 });
    await page.waitForSelector(".milestones tbody tr");
    await page.keyboard.press("d");
    await page.waitForSelector(".tick-label:has-text('140 ms')");
    await page.keyboard.press("]");
    await page.keyboard.press("[");
    await page.click("button[aria-label='Zoom out']");
    await page.getByRole("radio", { name: /^All/ }).click();
    await page.waitForSelector(".grade-time");
    await settled(page);
    await shot("compare-zoomed");
    const kept = await page.evaluate(() => Reflect.get(window, "keptState"));
    const labels = await page.locator(".tick-label").allTextContents();
    await page.context().close();
    host.pair = null;
    const again = await open({ width: 1200, state: kept });
    await again.page.waitForSelector(".grade-time");
    await again.page.waitForSelector(`.tick-label:has-text("${labels[0]}")`);
    expect(await again.page.locator(".tick-label").allTextContents()).toEqual(labels);
    expect(await again.page.getByRole("radio", { checked: true }).innerText()).toMatch(/^All/);
    expect(again.trouble).toEqual([]);
    await again.page.context().close();
  });

  test("who moves one run's cursor elsewhere takes the other along", async () => {
    const { a } = await pair({}, { seed: 4 });
    const { page } = await open();
    await page.waitForSelector(".servers tbody tr");
    host.session = a;
    await host.goTo(/becomes leader of term 2/);
    await page.waitForSelector(".clock:has-text('407.843 ms')");
    await page.waitForSelector(".servers caption:has-text('407.843 ms')");
    await page.context().close();
  });
});

test("rows lead into both runs, and to the cluster panel", async () => {
  const { b } = await pair({}, { seed: 4 });
  const { page } = await open();
  const row = page.locator(".milestones tbody tr", { hasText: "leader of term 2" });
  await row.getByRole("button", { name: /right: go to/ }).click();
  await page.waitForSelector(".clock:has-text('517.783 ms')");
  await row.getByRole("button", { name: /right: show the cluster/ }).click();
  await expect
    .poll(() => host.told.filter(({ kind }) => kind === "openPanel"))
    .toEqual([{ kind: "openPanel", panel: "cluster", sessionId: b.id }]);
  await page.getByRole("button", { name: "another seed…" }).click();
  await page.getByRole("button", { name: "copy as text" }).click();
  await expect.poll(() => host.told.filter(({ kind }) => kind === "copy")).toHaveLength(1);
  expect(host.told.find(({ kind }) => kind === "compareWith")).toMatchObject({ how: "seed" });
  expect(host.told.find(({ kind }) => kind === "copy")).toMatchObject({
    text: expect.stringContaining("≠ leader of term 2 (differs)"),
  });
  await page.context().close();
});

test("sides are swapped and chosen; a run that is deleted meanwhile is said to be", async () => {
  const { a, b } = await pair({}, { seed: 4 });
  const third = await host.run({ text: TEXT }, TITLE, { seed: 9 });
  const { page, trouble, shot } = await open();
  await page.waitForSelector(".milestones tbody tr");
  await page.keyboard.press("s");
  await page.waitForSelector(".input-values:has-text('4│3')");
  await page.locator("select[aria-label='Which run on the left']").selectOption(third.id);
  await page.waitForSelector(".input-values:has-text('9│3')");
  await host.delete(a.id);
  await page.waitForSelector(".banner:has-text('The run on the right was deleted.')");
  await shot("compare-deleted");
  await page.locator("select[aria-label='Which run on the right']").selectOption(b.id);
  await page.waitForSelector(".input-values:has-text('9│4')");
  expect(await page.locator(".banner").count()).toBe(0);
  expect(trouble).toEqual([]);
  await page.context().close();
});

test("a pair of which one is gone when it is opened says what to do", async () => {
  const { a } = await pair({}, { seed: 4 });
  host.pair = { left: a.id, right: "nobody" };
  const { page } = await openPanel(rig, host, { panel: "compare" });
  await page.waitForSelector(".banner.error:has-text('There is no such session. It may have been deleted.')");
  await page.waitForSelector(".banner.error:has-text('Choose another run above.')");
  await page.context().close();
});

test("nothing chosen, in every theme", async () => {
  await host.run({ text: TEXT }, TITLE);
  const panel = await openPanel(rig, host, { panel: "compare", width: 900, height: 640 });
  await panel.page.waitForSelector("h2:has-text('Choose two runs')");
  await soundInEveryTheme(panel, "compare-empty");
  await panel.page.context().close();
});

test("in Chinese", async () => {
  await pair({}, { settings: ["check-quorum off"] });
  const { page, trouble, shot } = await open({ language: "zh-cn", width: 1000 });
  await page.waitForSelector(".milestones tbody tr");
  await settled(page);
  await shot("compare-chinese", { full: true });
  expect(await page.locator("h1").innerText()).toBe("两次运行并排比较");
  expect(trouble).toEqual([]);
  await page.context().close();
});

test("hostile names stay text", async () => {
  const evil = '<img src=x onerror="window.hacked=1">';
  const text = TEXT.replaceAll(TITLE, "<b>bold</b>").replace('"red"', JSON.stringify(evil));
  const a = await host.run({ text }, "<b>bold</b>");
  const b = await host.run({ text }, "<b>bold</b>", { seed: 4 });
  host.pair = { left: a.id, right: b.id };
  const { page, trouble } = await open();
  await page.getByRole("radio", { name: /^All/ }).click();
  await page.waitForSelector(".milestones tbody tr:has-text('onerror')");
  expect(await page.locator("main img, main b:text-is('bold')").count()).toBe(0);
  expect(await page.evaluate(() => Reflect.get(window, "hacked"))).toBeUndefined();
  expect(trouble).toEqual([]);
  await page.context().close();
});
