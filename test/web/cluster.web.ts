/** The cluster panel under a person's hands. */
import { expect, test } from "vitest";
import { FakeHost, type HostOptions } from "./fake-host.js";
import { type OpenPanel, openPanel, seeCursorsEvent } from "./page.js";
import { rig, useRig } from "./stage.js";

useRig();

async function open(options: HostOptions = {}, more: object = {}): Promise<OpenPanel & { host: FakeHost }> {
  const host = new FakeHost(options);
  const panel = await openPanel(rig, host, { panel: "cluster", ...more });
  await panel.page.waitForSelector("[data-server=s1]");
  // The timeline comes by a request of its own.
  await panel.page.waitForSelector(".density");
  return { ...panel, host };
}

const live = { kind: "live", state: { kind: "paused" }, pace: 0.01, cursor: null, traceHash: null } as const;

test("arrow keys step, letters jump, and the words follow", async () => {
  const { page, host } = await open({ session: { cursor: 0 } });
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => host.session?.cursor).toBe(1);
  await page.keyboard.press("ArrowLeft");
  await expect.poll(() => host.session?.cursor).toBe(0);
  await page.keyboard.press("e");
  await page.waitForSelector(".words-title:text('s3 becomes leader of term 1')");
  await page.keyboard.press("e");
  await page.waitForSelector(".words-title:text('s5 becomes leader of term 2')");
  await page.keyboard.press("Shift+E");
  await page.waitForSelector(".words-title:text('s3 becomes leader of term 1')");
  await page.keyboard.press("x");
  await page.waitForSelector(".words-title:text('expect get color')");
  expect(await page.getAttribute("[data-timeline]", "aria-valuetext")).toContain("expect get color");
  await page.context().close();
});

test("every control can be reached with Tab, has a name, and shows its focus", async () => {
  const { page } = await open({ session: { ...live } });
  const names: string[] = [];
  for (let at = 0; at < 400; at += 1) {
    await page.keyboard.press("Tab");
    const name = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return null;
      return (
        element.getAttribute("aria-label") ??
        element.getAttribute("label") ??
        element.textContent?.trim().slice(0, 40) ??
        ""
      );
    });
    if (name === null) break;
    names.push(name);
  }
  expect(names.filter((name) => name === "")).toEqual([]);
  for (const wanted of [
    "Time cursor",
    "Next event",
    "Run one event",
    "Crash",
    "Events",
    "Logs",
    "Key-value state",
    "Servers",
  ]) {
    expect(names).toContain(wanted);
  }
  expect(names.filter((name) => /^s\d \w+ term/.test(name))).toHaveLength(5);
  await page.context().close();
});

test("dragging the timeline sends one request at a time and ends where the hand is", async () => {
  const { page, host } = await open({ session: { cursor: 0 }, delay: 40 });
  const box = await page.locator("[data-timeline]").boundingBox();
  if (box === null) throw new Error("no timeline");
  await page.mouse.move(box.x + 100, box.y + 60);
  await page.mouse.down();
  for (let x = 100; x < box.width * 0.8; x += 6) await page.mouse.move(box.x + x, box.y + 60);
  await page.mouse.move(box.x + box.width * 0.8, box.y + 60);
  await page.mouse.up();
  const end = (host.session?.timeUs ?? 0) * 0.8;
  await expect
    .poll(() => Math.abs(Number(host.story.events[host.session?.cursor ?? 0]?.timeUs) - end))
    .toBeLessThan(60_000);
  expect(host.mostAtOnce.get("raftlab/cursor/move")).toBe(1);
  await page.context().close();
});

test("why: a server's field, a log entry, a message and a mark lead to causes; causes lead back", async () => {
  const { page, host } = await open({ session: { cursor: 190 } });
  await page.click("[data-server=s3]");
  await page.click(".facts .link:text('follower')");
  await page.waitForSelector(".causes");
  expect(host.told).toContainEqual(
    expect.objectContaining({
      method: "raftlab/why",
      params: { sessionId: "run-1", eventId: 190, about: { kind: "server", server: "s3", field: "role" } },
    }),
  );
  await page.click(".entry >> nth=2");
  await page.click(".question:has-text('hold entry 3?')");
  const asked = () =>
    host.told.flatMap((message) =>
      message.kind === "request" && message.method === "raftlab/why" ? [message.params] : [],
    );
  await expect.poll(() => asked().at(-1)).toMatchObject({ about: { kind: "entry", index: 3, state: "here" } });
  const before = asked().length;
  await page.locator("[data-message]").first().dispatchEvent("click");
  await expect.poll(() => asked().length).toBe(before + 1);
  await page.locator(".sign.leader .sign-shape").first().click();
  await expect.poll(() => asked().length).toBe(before + 2);
  await page.waitForSelector(".why .why-headline");
  await page.locator(".cause .link").nth(0).click();
  await expect.poll(() => host.story.events[host.session?.cursor ?? -1]?.title).toContain("becomes leader");
  await page.locator(".line-link").first().click();
  await expect.poll(() => host.told.some((message) => message.kind === "reveal")).toBe(true);
  await page.context().close();
});

test("a finished run offers to start live; then faults and the client form act", async () => {
  const { page, host } = await open({ session: { cursor: 30 } });
  const acts = () =>
    host.told.flatMap((message) =>
      message.kind === "request" && message.method === "raftlab/live/act"
        ? [Reflect.get(Object(message.params), "step")]
        : [],
    );
  await page.click("vscode-button:text-is('Crash')", { force: true });
  expect(acts()).toEqual([]);
  await page.click("text=Start it as a live cluster");
  await page.waitForSelector(".verdict:has-text('live')");
  await page.click("[data-server=s2]");
  await page.click("vscode-button:text-is('Crash')");
  await page.waitForSelector("text=crash s2 => ok");
  await page.click("vscode-button:text-is('Isolate')");
  await page.click("vscode-checkbox[label=s1]");
  await page.click("vscode-checkbox[label=s2]");
  await page.click("vscode-button:text-is('Partition')");
  await page.click("vscode-button:text-is('Cut')");
  await page.click("vscode-button:text-is('Drop next')");
  await page.click("vscode-button:text-is('Send')");
  await expect
    .poll(acts)
    .toEqual([
      "crash s2",
      "isolate s2",
      "partition {s1 s2} | {s3 s4 s5}",
      "cut s1 -> s2",
      "drop next AppendEntries s1 -> s2",
      'alice put color "red"',
    ]);
  await page.context().close();
});

test("run, pause and single steps of a live cluster", async () => {
  const { page, host, shot } = await open({ session: { ...live } });
  await page.click("button[aria-label='Run the cluster']");
  await page.waitForSelector("button[aria-label='Pause the cluster']");
  await shot("cluster-live");
  await page.click("button[aria-label='Pause the cluster']");
  await page.click("button[aria-label='Run one event']");
  await expect
    .poll(() =>
      host.told.flatMap((message) =>
        message.kind === "request" && message.method === "raftlab/live/control"
          ? [Reflect.get(Object(message.params), "control").kind]
          : [],
      ),
    )
    .toEqual(["run", "pause", "step"]);
  await page.context().close();
});

test("a replay leads the cursor along", async () => {
  const { page, host } = await open({ session: { cursor: 0 } });
  await page.click("button[aria-label='Replay']");
  await expect.poll(() => host.session?.cursor ?? 0).toBeGreaterThan(10);
  await page.keyboard.press("Space");
  await page.context().close();
});

test("hostile names and values are text", async () => {
  const { page, trouble } = await open({ session: { cursor: 180 } });
  await page.waitForSelector(".kv th:has-text('<script>')");
  expect(await page.evaluate(() => Reflect.get(window, "hacked"))).toBeUndefined();
  expect(await page.locator("#app script, #app img").count()).toBe(0);
  expect(trouble).toEqual([]);
  await page.context().close();
});

test("a million events: windows only, also where steps come faster than answers", async () => {
  const { page, host, shot } = await open({ session: { cursor: 500_000 }, events: 1_000_000 });
  await seeCursorsEvent(page);
  await page.evaluate(async () => {
    for (let at = 0; at < 60; at += 1) {
      window.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  });
  await expect.poll(() => host.session?.cursor).toBe(500_060);
  await page.locator("[data-events]").evaluate((list) => {
    list.scrollTop = list.scrollHeight;
  });
  await page.waitForSelector("#event-999999 .event-title:not(:text('…'))");
  const counts = host.told.flatMap((message) =>
    message.kind === "request" && message.method === "raftlab/events"
      ? [Reflect.get(Object(message.params), "count")]
      : [],
  );
  expect(Math.max(...counts)).toBeLessThanOrEqual(500);
  expect(counts.length).toBeLessThan(40);
  await shot("cluster-million");
  await page.context().close();
});

test("more than nine servers are tiles", async () => {
  const { page, shot } = await open({ session: { cursor: 150 }, servers: 25 });
  expect(await page.locator(".tile").count()).toBe(25);
  await shot("cluster-grid");
  await page.context().close();
});

test.each([1, 2, 3, 7, 9])("%i servers on the ring", async (servers) => {
  const host = new FakeHost({ session: { cursor: 150 }, servers });
  const { page, shot, trouble } = await openPanel(rig, host, { panel: "cluster" });
  await page.waitForSelector("[data-server=s1]");
  expect(await page.locator("[data-server]").count()).toBe(servers);
  await shot(`cluster-ring-${servers}`);
  expect(trouble).toEqual([]);
  await page.context().close();
});

test("reduced motion: nothing moves by itself", async () => {
  const { page } = await open({ session: { ...live, state: { kind: "running" } } }, { reducedMotion: true });
  const places = await page.evaluate(async () => {
    const seen = new Set<string | null>();
    for (let frame = 0; frame < 20; frame += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      seen.add(document.querySelector("[data-message]")?.getAttribute("style") ?? null);
    }
    return [...seen];
  });
  expect(places).toHaveLength(1);
  expect(places[0]).toContain("translate");
  await page.context().close();
});
