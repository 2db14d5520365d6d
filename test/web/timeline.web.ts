/** The timeline with the real lab behind it: from a density to every single event, faults, notes, hand, wheel and keys. */

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { ToWebview } from "../../server/src/protocol/webview.js";
import { changeTheme, type OpenPanel, openPanel, settled } from "./page.js";
import { host, rig, useLab, useRig } from "./stage.js";

const STORY = `cluster {
  nodes s1..s5
  clients alice
}

scenario "story" {
  await leader within 2s
  note "A leader is there; alice writes through it."
  alice put color "red" => ok
  partition {s1 s2} | {s3 s4 s5} for 900ms
  wait 300ms
  crash s4 for 800ms
  note "Two faults at once: the majority has only two servers left."
  wait 1500ms
  pause s2 for 200ms
  alice put color "blue" => ok
  wait 1s
  expect s1.term > 90
}
`;

useRig();
useLab();

async function box({ page }: OpenPanel) {
  const found = await page.locator("[data-timeline] svg").first().boundingBox();
  if (found === null) throw new Error("no timeline");
  return found;
}

async function zoomIn(panel: OpenPanel, times: number, fraction = 0.5): Promise<void> {
  const { x, y, width } = await box(panel);
  await panel.page.mouse.move(x + width * fraction, y + 60);
  await panel.page.keyboard.down("Alt");
  for (let time = 0; time < times; time += 1) await panel.page.mouse.wheel(0, -240);
  await panel.page.keyboard.up("Alt");
}

test("far, middle and near, in every theme", async () => {
  await host.run({ text: STORY }, "story");
  const panel = await openPanel(rig, host, { panel: "cluster", width: 1400, height: 900 });
  const { page, shot, trouble } = panel;
  const pictures = async (name: string) => {
    for (const theme of ["dark", "light", "hc"] as const) {
      await changeTheme(page, theme);
      await shot(`timeline-${name}-${theme}`);
    }
  };
  await settled(page);
  await page.waitForSelector(".fault-text:has-text('partition')", { state: "attached" });
  await page.waitForSelector(".script-text.note", { state: "attached" });
  await pictures("far");
  await zoomIn(panel, 3, 0.3);
  await page.waitForSelector("[data-overview]");
  await pictures("middle");
  await zoomIn(panel, 4, 0.3);
  await page.waitForSelector(".event-sign.deliver", { state: "attached" });
  await pictures("near");
  expect(trouble).toEqual([]);
  await page.context().close();
});

test("narrow", async () => {
  await host.run({ text: STORY }, "story");
  const panel = await openPanel(rig, host, { panel: "cluster", width: 360, height: 800 });
  await settled(panel.page);
  await panel.shot("timeline-narrow");
  await zoomIn(panel, 6, 0.3);
  await settled(panel.page);
  await panel.shot("timeline-narrow-near");
  await panel.page.context().close();
});

const now = async ({ page }: OpenPanel) => Number(await page.getAttribute("[data-timeline]", "aria-valuenow"));
const boxWidth = ({ page }: OpenPanel) =>
  page.locator(".overview-box").evaluate((box) => Number(box.getAttribute("width")));

test("a hand and keys: scrub, pick a span, pan, zoom; a click goes to an event or a fault", async () => {
  await host.run({ text: STORY }, "story");
  const panel = await openPanel(rig, host, { panel: "cluster", width: 1200, height: 900 });
  const { page, trouble, shot } = panel;
  await settled(page);
  const { x, y, width, height } = await box(panel);
  // A drag leads the cursor.
  await page.mouse.move(x + 400, y + 70);
  await page.mouse.down();
  await page.mouse.move(x + 500, y + 70, { steps: 5 });
  await page.mouse.up();
  await expect.poll(() => now(panel)).toBeLessThan(1_400_000);
  // The wheel alone scrolls the page; with Shift a drag picks a span.
  await page.mouse.wheel(0, 100);
  expect(await page.locator(".overview-box").count()).toBe(0);
  await page.mouse.wheel(0, -100);
  await page.keyboard.down("Shift");
  await page.mouse.move(x + 300, y + 70);
  await page.mouse.down();
  await page.mouse.move(x + 600, y + 70, { steps: 5 });
  await page.waitForSelector(".picked-span");
  await page.mouse.up();
  await page.keyboard.up("Shift");
  await page.waitForSelector(".overview-box");
  const picked = await boxWidth(panel);
  expect(picked).toBeLessThan(width / 3);
  // A drag on the axis moves the span, and so do the brackets.
  const place = () => page.locator(".overview-box").evaluate((found) => Number(found.getAttribute("x")));
  const before = await place();
  await page.mouse.move(x + 800, y + height - 8);
  await page.mouse.down();
  await page.mouse.move(x + 500, y + height - 8, { steps: 5 });
  await page.mouse.up();
  await expect.poll(place).toBeGreaterThan(before);
  await page.focus("[data-timeline]");
  await page.keyboard.press("[");
  await page.keyboard.press("[");
  await page.keyboard.press("[");
  await expect.poll(place).toBeLessThanOrEqual(before + 1);
  expect(Math.abs((await boxWidth(panel)) - picked)).toBeLessThan(1);
  // Twice is closer; 0 is all of it.
  await page.mouse.dblclick(x + 500, y + 45);
  await expect.poll(() => boxWidth(panel)).toBeLessThan(picked / 2);
  await page.keyboard.press("0");
  await expect.poll(() => page.locator(".overview-box").count()).toBe(0);
  // A fault says what it is, and why.
  await page.hover(".fault-bar.down");
  await page.waitForSelector(".timeline-tip:has-text('s4 is down, from')");
  await shot("timeline-tip");
  await page.click(".fault-bar.down");
  await page.waitForSelector(".why h3:has-text('s4')");
  await page.waitForSelector(".words-title:has-text('s4 crashes')");
  // The cursor is kept in sight: zoomed in on the crash, the next election is far outside.
  await page.focus("[data-timeline]");
  for (let time = 0; time < 5; time += 1) await page.keyboard.press("+");
  await page.waitForSelector(".cursor");
  await page.keyboard.press("e");
  await page.waitForSelector(".words-title:has-text('becomes leader of term 2')");
  await page.waitForSelector(".cursor");
  // A single event near by: its words on it, and a click goes there.
  await page.keyboard.press("0");
  await page.keyboard.press("Home");
  await page.keyboard.press("e");
  for (let time = 0; time < 7; time += 1) await page.keyboard.press("+");
  const cursor = await page.locator(".cursor line").boundingBox();
  if (cursor === null) throw new Error("no cursor");
  const id = () => page.textContent(".figure:has(dt:text-is('Event')) dd");
  const was = await id();
  const lanes = await page.locator(".lane-name").all();
  for (const lane of lanes) {
    const beside = await lane.boundingBox();
    if (beside === null) continue;
    for (const dx of [18, 26, 34, 60, 90]) {
      await page.mouse.move(cursor.x + dx, beside.y + beside.height / 2);
      if ((await page.locator(".timeline-tip").count()) > 0) break;
    }
    if ((await page.locator(".timeline-tip").count()) > 0) break;
  }
  await page.waitForSelector(".timeline-tip b:not(:text-matches('^event'))");
  await shot("timeline-event-tip");
  await page.mouse.down();
  await page.mouse.up();
  await expect.poll(id).not.toBe(was);
  expect(trouble).toEqual([]);
  await page.context().close();
});

test("bookmarks: set by key and button, drawn, renamed in the list, jumped to, removed", async () => {
  const session = await host.run({ text: STORY }, "story");
  const panel = await openPanel(rig, host, { panel: "cluster", width: 1200, height: 900 });
  const { page, trouble, shot } = panel;
  await settled(page);
  await page.keyboard.press("Home");
  await page.keyboard.press("e");
  await page.waitForSelector(".words-title:has-text('becomes leader of term 1')");
  await page.keyboard.press("b");
  await page.waitForSelector(".bookmark-text:has-text('becomes leader')", { state: "attached" });
  await page.keyboard.press("e");
  await page.waitForSelector(".words-title:has-text('becomes leader of term 2')");
  await page.click("button[aria-label='Add a bookmark here']");
  await page.click("summary:has-text('2 bookmarks')");
  await page.locator("button[aria-label^='Rename the bookmark']").nth(1).click();
  await page.fill(".bookmark-name", "after the split <b>");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".bookmark-row .link:text-is('after the split <b>')");
  await shot("timeline-bookmarks");
  await page.keyboard.press("Shift+M");
  await page.waitForSelector(".words-title:has-text('becomes leader of term 1')");
  await page.keyboard.press("m");
  await page.waitForSelector(".words-title:has-text('becomes leader of term 2')");
  await page.click("button[aria-label='Remove the bookmark here']");
  await page.waitForSelector("summary:has-text('1 bookmark')");
  // Another panel of the run shows the same.
  host.session = session;
  const again = await openPanel(rig, host, { panel: "cluster" });
  await again.page.waitForSelector(".bookmark-ribbon");
  expect(trouble).toEqual([]);
  await page.context().close();
  await again.page.context().close();
});

test("a million events of seven servers: a drag, a zoom and a pan are drawn before any answer, and only the newest is asked for", async () => {
  const text =
    'cluster {\n  nodes s1..s7\n  clients alice\n}\n\nscenario "long" {\n  await leader within 2s\n  wait 2200s\n  alice put color "red"   => ok\n}\n';
  const session = await host.run({ text }, "long");
  expect(session.events).toBeGreaterThan(1_000_000);
  const panel = await openPanel(rig, host, { panel: "cluster", width: 1400, height: 900 });
  const { page, trouble } = panel;
  await settled(page);
  await page.waitForSelector(".server.leader");
  const { x, y, width } = await box(panel);
  const asked = (method: string) => host.asked.filter((each) => each === method).length;

  // A drag: the cursor's line is under the hand although nothing is answered.
  const moves = asked("raftlab/cursor/move");
  const answerDrag = holdAnswers();
  await page.mouse.move(x + 60, y + 40);
  await page.mouse.down();
  let hand = 60;
  for (let at = 1; at <= 30; at += 1) {
    hand = 60 + ((width - 200) * at) / 30;
    await page.mouse.move(x + hand, y + 40);
    if (at % 10 === 0) await expect.poll(async () => Math.abs((await cursorX(page)) - hand)).toBeLessThan(2);
  }
  expect(asked("raftlab/cursor/move")).toBe(moves + 1);
  answerDrag();
  await page.mouse.up();
  await expect.poll(() => host.session?.cursor ?? 0).toBeGreaterThan(session.events * 0.8);
  expect(Math.abs((await cursorX(page)) - hand)).toBeLessThan(2);
  expect(asked("raftlab/cursor/move")).toBeLessThanOrEqual(moves + 3);

  // A zoom and a pan: the span is drawn at once, and sharper with the answer.
  const views = asked("raftlab/view/timeline");
  const answerZoom = holdAnswers();
  await page.mouse.move(x + width * 0.4, y + 60);
  await page.keyboard.down("Alt");
  for (let at = 0; at < 10; at += 1) await page.mouse.wheel(0, at < 8 ? -100 : 60);
  await page.keyboard.up("Alt");
  await page.waitForSelector(".overview-box");
  await expect.poll(() => boxWidth(panel)).toBeLessThan(width / 4);
  const place = () => page.locator(".overview-box").evaluate((found) => Number(found.getAttribute("x")));
  const before = await place();
  const axis = await page.locator("[data-axis]").boundingBox();
  if (axis === null) throw new Error("no axis");
  await page.mouse.move(axis.x + 900, axis.y + 10);
  await page.mouse.down();
  await page.mouse.move(axis.x + 400, axis.y + 10, { steps: 30 });
  await expect.poll(place).toBeGreaterThan(before + 10);
  await page.mouse.up();
  expect(asked("raftlab/view/timeline")).toBe(views + 1);
  answerZoom();
  await expect.poll(() => asked("raftlab/view/timeline")).toBe(views + 2);
  await settled(page);
  await panel.shot("timeline-million");
  expect(asked("raftlab/view/timeline")).toBe(views + 2);
  expect(trouble).toEqual([]);
  await page.context().close();
});

/** Keeps back what the host says from now on; the function that it returns lets it be heard. */
function holdAnswers(): () => void {
  const { send } = host;
  const held: ToWebview[] = [];
  host.send = (message) => held.push(message);
  return () => {
    host.send = send;
    for (const message of held) send(message);
  };
}

/** Where the cursor's line is drawn, in pixels of the timeline. */
const cursorX = (page: Page): Promise<number> =>
  page
    .locator("[data-timeline] .cursor")
    .evaluate((line) => Number(/translate\(([\d.]+)/.exec(line.getAttribute("transform") ?? "")?.[1]));
