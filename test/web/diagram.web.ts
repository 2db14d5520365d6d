/** The message diagram under a person's hands. */
import { expect, test } from "vitest";
import { buildPanels } from "./build.js";
import { FakeHost, type HostOptions, hostileTexts } from "./fake-host.js";
import { type OpenPanel, openPanel } from "./page.js";
import { rig, useRig } from "./stage.js";

useRig();

async function open(options: HostOptions = {}, more: object = {}): Promise<OpenPanel & { host: FakeHost }> {
  const host = new FakeHost(options);
  const panel = await openPanel(rig, host, { panel: "diagram", ...more });
  await panel.page.waitForSelector("[data-frame][aria-busy=false] .block .row");
  return { ...panel, host };
}

const scrollTop = ({ page }: OpenPanel): Promise<number> => page.locator("[data-frame]").evaluate((at) => at.scrollTop);

test("all panels with mermaid fit into 1.2 megabytes", async () => {
  const sizes = await buildPanels();
  const total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
  process.stdout.write(`webviews: ${Math.round(total / 1024)} KiB\n`);
  expect(total).toBeLessThan(1_200_000);
});

test("every row is in the picture when it is scrolled to, and in the table in words", async () => {
  const { page, host } = await open({ session: { cursor: 0 } });
  const total = host.story.rows.length;
  expect(await page.getAttribute("[data-rows]", "aria-rowcount")).toBe(String(total));
  const seen = new Set<string>();
  for (let top = 0; seen.size < total && top < 4000; top += 300) {
    await page.locator("[data-frame]").evaluate((frame, to) => frame.scrollTo(0, to), top);
    const drawn = await page
      .locator(".block .row")
      .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-at")));
    for (const row of drawn) seen.add(row ?? "");
  }
  expect(seen.size).toBe(total);
  await page.context().close();
});

test("a click in the picture picks the row, moves the cursor and shows the details; the line leads to the scenario", async () => {
  const { page, host, shot } = await open({ session: { cursor: 0 } });
  const row = host.story.rows.findIndex((each) => each.kind === "event" && each.category === "violation");
  await page.locator("[data-frame]").evaluate((frame, to) => frame.scrollTo(0, to), row * 28 - 200);
  await page.locator(`.block [data-at="${row}"] text`).last().click();
  await page.waitForSelector(`[data-row="${row}"][aria-selected=true]`);
  await expect.poll(() => host.session?.cursor).toBe(host.story.rows[row]?.eventId);
  await page.click(".details .line-link");
  await expect.poll(() => host.told.find((message) => message.kind === "reveal")).toMatchObject({ line: 23 });
  await page.click(".details vscode-button");
  await page.waitForSelector(".causes");
  await shot("diagram-picked");
  await page.context().close();
});

test("a request and its reply find each other", async () => {
  const { page, host } = await open({ session: { cursor: 0 } });
  const reply = host.story.rows.findIndex((each) => each.kind === "message" && each.type === "RequestVoteReply");
  await page.locator(`[data-row="${reply}"]`).click();
  await page.waitForSelector(".facts dt:text-is('Answers')");
  await page.waitForSelector(".band.partner");
  await page.click(".facts div:has(dt:text-is('Answers')) .link");
  await page.waitForSelector(".facts dt:text-is('Answered by')");
  await page.waitForSelector(`[data-row="${reply}"].partner`);
  await page.context().close();
});

test("the cursor's row is marked and comes into sight when another view moves it", async () => {
  const panel = await open({ session: { cursor: 0 } });
  const { page, host } = panel;
  expect(await scrollTop(panel)).toBe(0);
  host.moveTo(190);
  await expect.poll(() => scrollTop(panel)).toBeGreaterThan(200);
  await page.waitForSelector(".band.cursor");
  expect(await page.locator(".row.here").count()).toBe(1);
  await page.context().close();
});

test("rows can be walked with the keyboard alone", async () => {
  const { page, host } = await open({ session: { cursor: 3 } });
  await page.locator("[data-rows]").focus();
  await page.keyboard.press("Home");
  await page.waitForSelector("[data-row='0'][aria-selected=true]");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.waitForSelector("[data-row='2'][aria-selected=true]");
  await page.keyboard.press("End");
  const last = host.story.rows.length - 1;
  await page.waitForSelector(`[data-row="${last}"][aria-selected=true]`);
  expect(await page.getAttribute("[data-rows]", "aria-activedescendant")).toBe(`row-${last}`);
  expect(await page.getAttribute(`#row-${last}`, "aria-rowindex")).toBe(String(last + 1));
  await page.keyboard.press("w");
  await page.waitForSelector(".causes");
  await page.context().close();
});

test("filters ask the server, stand as chips, and are kept; a click on a chip clears it", async () => {
  const { page, host } = await open();
  const total = await page.textContent(".count");
  await page.keyboard.press("f");
  await page.click("vscode-checkbox[label='Clients']");
  await page.click("vscode-checkbox[label='AppendEntries']");
  await page.fill(".field input >> nth=0", "s1");
  await page.keyboard.press("Enter");
  const selections = () =>
    host.told.flatMap((each) => (each.kind === "request" && each.method === "raftlab/view/diagramRows" ? [each] : []));
  await expect
    .poll(() => selections().at(-1))
    .toMatchObject({ params: { selection: { clients: false, foldHeartbeats: true, text: "s1" } } });
  await expect.poll(() => page.locator(".chip").count()).toBe(3);
  expect(await page.textContent(".count")).not.toBe(total);
  const kept = await page.evaluate(() => Reflect.get(window, "keptState"));
  expect(kept).toMatchObject({ view: { filter: { clients: false, text: "s1" } } });
  for (let chip = 0; chip < 3; chip += 1) await page.locator(".chip").first().click();
  await expect.poll(() => page.textContent(".count")).toBe(total);
  await page.context().close();
});

test("the search goes from match to match, both ways, and says how many there are", async () => {
  const { page, host } = await open({ session: { cursor: 0 } });
  const matches = host.story.rows.flatMap((row, at) =>
    row.kind === "message" && row.type === "RequestVote" && row.to === "s2" ? [at] : [],
  );
  await page.keyboard.press("Control+f");
  await page.waitForSelector(".search input:focus");
  await page.keyboard.type("s2: requestvote ");
  await page.waitForSelector(`[data-row="${matches[0]}"].found`);
  await expect.poll(() => page.textContent(".search [role=status]")).toContain(String(matches.length));
  await page.keyboard.press("Enter");
  await page.waitForSelector(`[data-row="${matches[1]}"].found`);
  await page.keyboard.press("Shift+Enter");
  await page.waitForSelector(`[data-row="${matches[0]}"].found`);
  // Before the first comes the last.
  await page.keyboard.press("Shift+Enter");
  await page.waitForSelector(".band.found");
  await expect.poll(() => page.locator(`[data-row="${matches.at(-1)}"].found`).count()).toBe(1);
  await page.keyboard.type("zzz");
  await page.waitForSelector("text=nothing found");
  await page.keyboard.press("Escape");
  await page.waitForSelector(".search", { state: "detached" });
  await page.context().close();
});

test("the caret's line marks its rows, and the chip goes through them", async () => {
  const { page, host } = await open({ session: { cursor: 0 } });
  const line = host.story.rows.flatMap((row) => (row.kind !== "term" && row.line !== null ? [row.line] : []))[0] ?? 0;
  const rows = host.story.rows.flatMap((row, at) => (row.kind !== "term" && row.line === line ? [at] : []));
  host.send({ kind: "caret", uri: "file:///another.raftlab", line });
  host.send({ kind: "caret", uri: host.session?.uri ?? "", line });
  await page.click(".chip.caret");
  await page.waitForSelector(`[data-row="${rows[0]}"].caret[aria-selected=true]`);
  expect(await page.textContent(".chip.caret")).toContain(`line ${line}: ${rows.length} row`);
  host.send({ kind: "caret", uri: "file:///another.raftlab", line });
  await page.waitForSelector(".chip.caret", { state: "detached" });
  await page.context().close();
});

test("the strip goes anywhere in a long run, and Shift and dragging chooses rows for mermaid", async () => {
  const panel = await open({ session: { cursor: 120 }, events: 1_000_000 });
  const { page, host, shot } = panel;
  const box = await page.locator("[data-minimap]").boundingBox();
  if (box === null) throw new Error("no strip");
  await page.mouse.click(box.x + 20, box.y + box.height / 2);
  await expect
    .poll(() => page.locator(".block .row").first().getAttribute("data-at").then(Number))
    .toBeGreaterThan(100_000);
  await shot("diagram-middle");
  const most = host.told.flatMap((each) =>
    each.kind === "request" && each.method === "raftlab/view/diagramRows" ? [Object(each.params).count] : [],
  );
  expect(Math.max(...most)).toBeLessThanOrEqual(500);
  await page.keyboard.down("Shift");
  await page.mouse.move(box.x + 20, box.y + 100);
  await page.mouse.down();
  await page.mouse.move(box.x + 20, box.y + 130);
  await page.mouse.up();
  await page.keyboard.up("Shift");
  await page.waitForSelector(".chip.window");
  await page.click("text=Show as mermaid");
  await page.waitForSelector("[data-mermaid][aria-busy=false] .page svg");
  await page.waitForSelector("text=rows were asked for");
  await shot("diagram-mermaid-narrowed");
  await page.context().close();
});

test("the end of a million events is reached by keys, and the rows there are the last", async () => {
  const { page } = await open({ session: { cursor: 0 }, events: 1_000_000 });
  await page.locator("[data-frame]").focus();
  await page.keyboard.press("End");
  const total = Number(await page.getAttribute("[data-rows]", "aria-rowcount"));
  expect(total).toBeGreaterThan(300_000);
  await page.waitForSelector(`.block [data-at="${total - 1}"]`);
  await page.waitForSelector(`[data-row="${total - 1}"][aria-selected=true]`);
  await page.keyboard.press("Home");
  await page.waitForSelector(".block [data-at='0']");
  await page.context().close();
});

test("mermaid draws each row once, turns its pages, and a click picks the same row", async () => {
  const { page, host, shot } = await open({ session: { cursor: 0 } });
  await page.click("button:text-is('Mermaid')");
  await page.waitForSelector("[data-mermaid][aria-busy=false] .page svg");
  const drawn = () => page.locator(".page .messageText, .page rect.note").count();
  await expect.poll(drawn).toBe(100);
  await page.locator(".page .messageText").first().click();
  await page.waitForSelector("[data-row][aria-selected=true]");
  await page.click("button[aria-label='The rows after']");
  await expect.poll(drawn).toBe(host.story.rows.length - 100);
  await shot("diagram-mermaid");
  await page.context().close();
});

test("copy and save hand over mermaid, Markdown and pictures without anything active", async () => {
  const { page, host } = await open();
  await page.keyboard.press("s");
  await page.click("vscode-button:text-is('Copy as mermaid')");
  for (const form of [".mmd", ".svg", ".png", ".md"]) {
    const before = host.told.filter((message) => message.kind === "save").length;
    await page.click(`.export vscode-button:text-is('${form}')`);
    await expect.poll(() => host.told.filter((message) => message.kind === "save").length).toBe(before + 1);
  }
  const saved = host.told.flatMap((message) => (message.kind === "save" ? [message] : []));
  expect(saved.map(({ name }) => name)).toEqual(
    ["mmd", "svg", "png", "md"].map((ending) => `an-old-leader-cannot-commit.${ending}`),
  );
  const [mmd, svg, png, md] = saved.map(({ text }) => text);
  expect(mmd).toMatch(/^sequenceDiagram\n/);
  expect(mmd?.trim().split("\n")).toHaveLength(1 + 7 + host.story.rows.length);
  expect(svg).toMatch(/^<svg /);
  expect(svg).not.toMatch(/<script|<foreignObject|<img|<[^>]*\son\w+=|var\(/i);
  const ours = svg?.match(/#[0-9a-f]{6}/g) ?? [];
  expect(new Set(ours).size).toBeGreaterThan(6);
  expect(
    Buffer.from(png ?? "", "base64")
      .subarray(1, 4)
      .toString(),
  ).toBe("PNG");
  expect(saved[2]?.encoding).toBe("base64");
  expect(md).toContain("```mermaid\nsequenceDiagram");
  expect(md).not.toContain("<script>");
  await expect.poll(() => host.told.some((message) => message.kind === "copy")).toBe(true);
  await page.context().close();
});

test("hostile text stays text", async () => {
  const { page, host, trouble } = await open();
  const row = host.story.rows.findIndex((each) => JSON.stringify(each).includes("window.hacked"));
  await page.locator("[data-frame]").evaluate((frame, to) => frame.scrollTo(0, to), row * 28 - 100);
  await expect.poll(() => page.textContent(".layer")).toContain(hostileTexts[0]?.slice(0, 20) ?? "?");
  expect(await page.locator(".space script, .space foreignObject, .space img, .space a").count()).toBe(0);
  await page.click("button:text-is('Mermaid')");
  await page.waitForSelector("[data-mermaid][aria-busy=false] .page svg");
  expect(await page.locator(".page script, .page foreignObject, .page img, .page a").count()).toBe(0);
  expect(await page.evaluate(() => Reflect.get(window, "hacked"))).toBeUndefined();
  expect(trouble).toEqual([]);
  await page.context().close();
});

test("even mermaid text that was never escaped cannot act", async () => {
  const { page, host, trouble } = await open();
  const evil = [
    "%%{init: {'securityLevel': 'loose', 'themeCSS': 'body{display:none}', 'htmlLabels': true}}%%",
    "  participant s1",
    "  link s1: Go @ javascript:window.hacked=1",
    "  s1->>s1: <img src=x onerror=window.hacked=1><script>window.hacked=1</script>",
    "  Note over s1: <iframe srcdoc='<script>parent.hacked=1</script>'></iframe>",
  ].join("\n");
  const receive = host.receive.bind(host);
  let answered = 0;
  host.receive = (message) => {
    if (message.kind !== "request" || message.method !== "raftlab/view/diagram") return receive(message);
    answered += 1;
    const rows = host.story.rows.slice(0, 1);
    const window = { fromEvent: 0, toEvent: 1, fromUs: 0, toUs: 1 };
    const view = {
      sessionId: "run-1",
      ...window,
      lifelines: [],
      rows,
      moreRows: 0,
      mermaid: `sequenceDiagram\n${evil}`,
    };
    host.send({ kind: "response", id: message.id, result: { ok: true, view: { ...view, rows: [...rows, ...rows] } } });
  };
  await page.click("button:text-is('Mermaid')");
  await expect.poll(() => answered).toBeGreaterThan(0);
  await page.waitForSelector(".banner.error, [data-mermaid] .page svg");
  expect(await page.evaluate(() => Reflect.get(window, "hacked"))).toBeUndefined();
  expect(await page.locator(".page script, .page foreignObject, .page img, .page iframe, .page a").count()).toBe(0);
  expect(await page.evaluate(() => getComputedStyle(document.body).display)).toBe("block");
  expect(trouble.filter((line) => !line.includes("Content Security Policy"))).toEqual([]);
  await page.context().close();
});

test("mermaid's picture follows the theme, and no scratch element stays behind", async () => {
  const state = { sessionId: "run-1", view: { mode: "mermaid" } };
  const { page } = await openPanel(rig, new FakeHost(), { panel: "diagram", theme: "dark", state });
  await page.waitForSelector("[data-mermaid][aria-busy=false] .page svg");
  const actor = page.locator(".page rect.actor").first();
  const fill = () => actor.evaluate((rect) => getComputedStyle(rect).fill);
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

test("Alt and wheel zooms, the wheel alone scrolls, and the row at the top stays", async () => {
  const panel = await open({ session: { cursor: 0 } });
  const { page } = panel;
  await page.hover("[data-frame]");
  const zoom = () => page.textContent(".zoom-value");
  const before = await zoom();
  await page.mouse.wheel(0, 560);
  await expect.poll(() => scrollTop(panel)).toBe(560);
  expect(await zoom()).toBe(before);
  await page.keyboard.down("Alt");
  await page.mouse.wheel(0, -120);
  await page.keyboard.up("Alt");
  await expect.poll(zoom).toBe("149 %");
  expect(Math.abs((await scrollTop(panel)) - 560 * Math.exp(0.4))).toBeLessThan(3);
  await page.context().close();
});

test("a long run opens at the cursor, and comes back to the row that was at the top", async () => {
  const { page, host } = await open({ session: { cursor: 900_000 }, events: 1_000_000 });
  await page.waitForSelector(".band.cursor");
  const first = Number(await page.locator(".block .row").first().getAttribute("data-at"));
  expect(first).toBeGreaterThan(300_000);
  await page.waitForFunction(() => Reflect.get(window, "keptState")?.view?.top > 0);
  const kept = await page.evaluate(() => Reflect.get(window, "keptState"));
  await page.context().close();
  host.session = host.session === null ? null : { ...host.session, cursor: 0 };
  const again = await openPanel(rig, host, { panel: "diagram", state: kept });
  await again.page.waitForSelector("[data-frame][aria-busy=false] .block .row");
  await expect
    .poll(() => again.page.locator(".block .row").first().getAttribute("data-at").then(Number))
    .toBeGreaterThan(first - 40);
  await again.page.context().close();
});
