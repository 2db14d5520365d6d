/** The message diagram under a person's hands. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildPanels } from "./build.js";
import { FakeHost, type HostOptions, hostileTexts } from "./fake-host.js";
import { type OpenPanel, openPanel, type Rig, startRig } from "./page.js";

/** A picture that is complete: drawn, fitted, its rows known. */
const DRAWN = ".frame[aria-busy=false] .page svg";

let rig: Rig;
let sizes: ReadonlyMap<string, number>;

beforeAll(async () => {
  sizes = await buildPanels();
  rig = await startRig();
});

afterAll(async () => rig.close());

async function open(options: HostOptions = {}, more: object = {}): Promise<OpenPanel & { host: FakeHost }> {
  const host = new FakeHost(options);
  const panel = await openPanel(rig, host, { panel: "diagram", ...more });
  await panel.page.waitForSelector(DRAWN);
  return { ...panel, host };
}

test("both panels with mermaid fit into one megabyte", () => {
  const total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
  process.stdout.write(`webviews: ${Math.round(total / 1024)} KiB\n`);
  expect(total).toBeLessThan(1_000_000);
});

test("every row of the view is one line or note of the picture", async () => {
  const { page, host } = await open();
  const messages = host.story.rows.filter((row) => row.kind === "message").length;
  expect(await page.locator(".page .messageText").count()).toBe(messages);
  expect(await page.locator(".page rect.note").count()).toBe(host.story.rows.length - messages);
  expect(await page.locator(".row-button").count()).toBe(host.story.rows.length);
  await page.context().close();
});

test("a click in the picture picks the row, moves the cursor and shows the details; the line leads to the scenario", async () => {
  const { page, host, shot } = await open({ session: { cursor: 0 } });
  const row = host.story.rows.findIndex((each) => each.kind === "event" && each.category === "violation");
  await page.locator(".page rect.row-violation").scrollIntoViewIfNeeded();
  await page.locator(".page rect.row-violation").click();
  await page.waitForSelector(`[data-row="${row}"][aria-pressed=true]`);
  await expect.poll(() => host.session?.cursor).toBe(host.story.rows[row]?.eventId);
  await page.click(".details .line-link");
  await expect.poll(() => host.told.find((message) => message.kind === "reveal")).toMatchObject({ line: 23 });
  await page.click(".details vscode-button");
  await page.waitForSelector(".causes");
  await shot("diagram-picked");
  await page.context().close();
});

test("the cursor's row is marked when another view moves it", async () => {
  const { page, host } = await open({ session: { cursor: 0 } });
  const cursor = () => page.locator(".cursor-band").evaluate((band) => Number(band.getAttribute("y")));
  const before = await cursor();
  host.moveTo(150);
  await expect.poll(cursor).toBeGreaterThan(before);
  expect(await page.locator("tr.here").count()).toBe(1);
  const height = await page.locator(".cursor-band").evaluate((band) => Number(band.getAttribute("height")));
  expect(height).toBeGreaterThan(5);
  await page.context().close();
});

test("rows can be walked with the keyboard alone", async () => {
  const { page, host } = await open({ session: { cursor: 3 } });
  await page.locator(".row-button[tabindex='0']").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  const last = host.story.rows.length - 1;
  await page.waitForSelector(`[data-row="${last}"]:focus`);
  await page.context().close();
});

test("filters ask the server, and are kept", async () => {
  const { page, host } = await open();
  await page.keyboard.press("f");
  await page.click("vscode-checkbox[label='Clients']");
  await page.click("vscode-checkbox[label='AppendEntries']");
  await expect
    .poll(() => host.told.at(-1))
    .toMatchObject({
      method: "raftlab/view/diagram",
      params: { filter: { clients: false, foldHeartbeats: true } },
    });
  await expect.poll(() => page.locator(".type-AppendEntries").count()).toBe(0);
  const kept = await page.evaluate(() => Reflect.get(window, "keptState"));
  expect(kept).toMatchObject({ view: { filter: { clients: false } } });
  await page.context().close();
});

test("a cut window says so, and offers the next page and less", async () => {
  const { page, host, shot } = await open({}, { state: { sessionId: "run-1", view: { limit: 100 } } });
  await page.waitForSelector("text=more row");
  await shot("diagram-cut");
  await page.click("vscode-button:text-is('Next page')");
  await expect.poll(() => host.told.at(-1)).toMatchObject({ params: { window: { kind: "events" } } });
  await page.context().close();
});

test("copy and save hand over mermaid and a picture without anything active", async () => {
  const { page, host } = await open();
  await page.click("button[aria-label='Copy as mermaid']");
  await page.click("vscode-button:text-is('.mmd')");
  await page.click("vscode-button:text-is('.svg')");
  await expect.poll(() => host.told.filter((message) => message.kind === "save").length).toBe(2);
  const saved = host.told.flatMap((message) => (message.kind === "save" ? [message] : []));
  expect(saved.map((message) => message.name)).toEqual([
    "an-old-leader-cannot-commit.mmd",
    "an-old-leader-cannot-commit.svg",
  ]);
  expect(saved[0]?.text).toMatch(/^sequenceDiagram\n/);
  expect(saved[1]?.text).toMatch(/^<svg /);
  expect(saved[1]?.text).not.toMatch(/<script|<foreignObject|<img|<[^>]*\son\w+=/i);
  expect(host.told.some((message) => message.kind === "copy")).toBe(true);
  await page.context().close();
});

test("hostile text stays text", async () => {
  const { page, trouble } = await open();
  const words = await page.locator(".page svg").textContent();
  expect(words).toContain(hostileTexts[0]);
  expect(await page.locator(".page script, .page foreignObject, .page img, .page a").count()).toBe(0);
  expect(await page.evaluate(() => Reflect.get(window, "hacked"))).toBeUndefined();
  expect(trouble).toEqual([]);
  await page.context().close();
});

test("even mermaid text that was never escaped cannot act", async () => {
  const host = new FakeHost();
  const { page, trouble } = await openPanel(rig, host, { panel: "diagram" });
  await page.waitForSelector(DRAWN);
  const evil = [
    "%%{init: {'securityLevel': 'loose', 'themeCSS': 'body{display:none}', 'htmlLabels': true}}%%",
    "sequenceDiagram",
    "  participant s1",
    "  link s1: Go @ javascript:window.hacked=1",
    "  s1->>s1: <img src=x onerror=window.hacked=1><script>window.hacked=1</script>",
    "  Note over s1: <iframe srcdoc='<script>parent.hacked=1</script>'></iframe>",
  ].join("\n");
  host.session = host.session === null ? null : { ...host.session, events: host.session.events + 1 };
  const answered = host.told.length;
  const receive = host.receive.bind(host);
  host.receive = (message) => {
    if (message.kind !== "request" || message.method !== "raftlab/view/diagram") return receive(message);
    host.told.push(message);
    const row = host.story.rows.find((each) => each.kind === "message");
    host.send({
      kind: "response",
      id: message.id,
      result: {
        ok: true,
        view: {
          sessionId: "run-1",
          fromEvent: 0,
          toEvent: 1,
          fromUs: 0,
          toUs: 1,
          lifelines: [],
          rows: row === undefined ? [] : [row],
          moreRows: 0,
          mermaid: evil,
        },
      },
    });
  };
  const drawn = await page.locator(".page svg").elementHandle();
  if (host.session !== null) host.send({ kind: "session", session: host.session });
  await expect.poll(() => host.told.length).toBeGreaterThan(answered);
  // The evil text was drawn in place of the picture, or refused.
  await page.waitForFunction(
    (old) => document.querySelector(".banner.error") !== null || document.querySelector(".page svg") !== old,
    drawn,
  );
  expect(await page.evaluate(() => Reflect.get(window, "hacked"))).toBeUndefined();
  expect(await page.locator(".page script, .page foreignObject, .page img, .page iframe, .page a").count()).toBe(0);
  expect(await page.evaluate(() => getComputedStyle(document.body).display)).toBe("block");
  expect(trouble.filter((line) => !line.includes("Content Security Policy"))).toEqual([]);
  await page.context().close();
});

test("the picture follows the theme, and no scratch element stays behind", async () => {
  const { page } = await open({}, { theme: "dark" });
  const fill = () =>
    page
      .locator(".page rect.actor")
      .first()
      .evaluate((rect) => getComputedStyle(rect).fill);
  const dark = await fill();
  await page.evaluate(() => {
    document.documentElement.style.setProperty("--vscode-editor-background", "#ffffff");
    document.documentElement.style.setProperty("--vscode-editor-foreground", "#202020");
    document.body.className = "vscode-light";
  });
  await expect.poll(fill).not.toBe(dark);
  expect(await page.locator(".workshop").count()).toBe(0);
  expect(await page.locator("body > [id^=d]").count()).toBe(0);
  await page.context().close();
});

test("Alt and wheel zooms, the wheel alone scrolls", async () => {
  const { page } = await open();
  await page.hover(".frame");
  const zoom = () => page.textContent(".zoom-value");
  const before = await zoom();
  await page.mouse.wheel(0, 300);
  expect(await zoom()).toBe(before);
  await expect.poll(() => page.locator(".frame").evaluate((frame) => frame.scrollTop)).toBeGreaterThan(0);
  await page.keyboard.down("Alt");
  await page.mouse.wheel(0, -120);
  await page.keyboard.up("Alt");
  await expect.poll(zoom).not.toBe(before);
  await page.context().close();
});

test("a long run opens around the cursor", async () => {
  const { page, host } = await open({ session: { cursor: 120 }, events: 1_000_000 });
  expect(host.told.find((message) => message.kind === "request")).toMatchObject({
    params: { window: { kind: "around", eventId: 120 } },
  });
  await page.context().close();
});
