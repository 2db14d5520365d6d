/** The timeline with the real lab behind it: from a density to every single event, faults, notes, hand, wheel and keys. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { buildPanels } from "./build.js";
import { buildLab, LabHost } from "./lab-host.js";
import { type OpenPanel, openPanel, type Rig, settled, startRig } from "./page.js";

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

for (const theme of ["dark", "light", "hc"] as const) {
  test(`far, middle and near, ${theme}`, async () => {
    await host.run({ text: STORY }, "story");
    const panel = await openPanel(rig, host, { panel: "cluster", theme, width: 1400, height: 900 });
    const { page, shot, trouble } = panel;
    await settled(page);
    await page.waitForSelector(".fault-text:has-text('partition')", { state: "attached" });
    await page.waitForSelector(".script-text.note", { state: "attached" });
    await shot(`timeline-far-${theme}`);
    await zoomIn(panel, 3, 0.3);
    await page.waitForSelector("[data-overview]");
    await settled(page);
    await shot(`timeline-middle-${theme}`);
    await zoomIn(panel, 4, 0.3);
    await page.waitForSelector(".event-sign.deliver", { state: "attached" });
    await settled(page);
    await shot(`timeline-near-${theme}`);
    expect(trouble).toEqual([]);
    await page.context().close();
  });
}

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

test("a million events of seven servers: a drag, a zoom and a pan keep up with the hand", async () => {
  const text =
    'cluster {\n  nodes s1..s7\n  clients alice\n}\n\nscenario "long" {\n  await leader within 2s\n  wait 2200s\n  alice put color "red"   => ok\n}\n';
  const session = await host.run({ text }, "long");
  expect(session.events).toBeGreaterThan(1_000_000);
  const panel = await openPanel(rig, host, { panel: "cluster", width: 1400, height: 900 });
  const { page } = panel;
  await settled(page);
  await page.waitForSelector(".server.leader");
  const { x, y, width } = await box(panel);
  const frames = async (work: () => Promise<void>): Promise<number> => {
    await page.evaluate(() => {
      const times: number[] = [];
      Object.assign(window, { frameTimes: times, frameGoing: true });
      let last = performance.now();
      const tick = (now: number) => {
        times.push(now - last);
        last = now;
        if (Reflect.get(window, "frameGoing") === true) requestAnimationFrame(tick);
      };
      requestAnimationFrame(tick);
    });
    await work();
    const times = await page.evaluate(() => {
      Object.assign(window, { frameGoing: false });
      return (Reflect.get(window, "frameTimes") as number[]).slice(2).sort((a, b) => a - b);
    });
    expect(times.length).toBeGreaterThan(30);
    return times[Math.floor(times.length * 0.95)] ?? Number.POSITIVE_INFINITY;
  };
  const drag = await frames(async () => {
    await page.mouse.move(x + 60, y + 90);
    await page.mouse.down();
    for (let at = 0; at < 150; at += 1) {
      await page.mouse.move(x + 60 + ((width - 80) * at) / 150, y + 90);
      await page.waitForTimeout(8);
    }
    await page.mouse.up();
  });
  const zoom = await frames(async () => {
    await page.mouse.move(x + width * 0.4, y + 60);
    await page.keyboard.down("Alt");
    for (let at = 0; at < 60; at += 1) {
      await page.mouse.wheel(0, at < 40 ? -100 : 60);
      await page.waitForTimeout(12);
    }
    await page.keyboard.up("Alt");
  });
  const axis = await page.locator("[data-axis]").boundingBox();
  if (axis === null) throw new Error("no axis");
  const pan = await frames(async () => {
    await page.mouse.move(axis.x + 900, axis.y + 10);
    await page.mouse.down();
    for (let at = 0; at < 100; at += 1) {
      await page.mouse.move(axis.x + 900 - at * 7, axis.y + 10);
      await page.waitForTimeout(8);
    }
    await page.mouse.up();
  });
  process.stdout.write(
    `95th percentile of a frame, ms: drag ${drag.toFixed(1)}, zoom ${zoom.toFixed(1)}, pan ${pan.toFixed(1)}\n`,
  );
  await panel.shot("timeline-million");
  // A machine that does much else besides is slow, but not by this much.
  expect(Math.max(drag, zoom, pan)).toBeLessThan(250);
  await page.context().close();
});
