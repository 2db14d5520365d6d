/** The panels with the real lab behind them: samples, a live cluster, a run of a million events. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { openPanel, seeCursorsEvent } from "./page.js";
import { host, rig, useLab, useRig } from "./stage.js";

const samples = path.resolve(import.meta.dirname, "../../samples");

useRig();
useLab();

/** The first scenario of each lesson. The samples of single rules are left out: short stories of the same messages. */
async function lessons(): Promise<readonly { readonly file: string; readonly title: string }[]> {
  const files = (await readdir(samples, { recursive: true }))
    .filter((file) => file.endsWith(".raftlab") && !file.startsWith("6-rules"))
    .sort();
  const first = async (file: string) => {
    const text = await readFile(path.join(samples, file), "utf8");
    return { file, title: /^scenario "([^"]*)"/m.exec(text)?.[1] ?? "" };
  };
  return Promise.all(files.map(first));
}

test("first election: back to the votes, and why the leader leads", async () => {
  await host.run({ file: "1-elections/first-election.raftlab" }, "first election");
  const { page, trouble, shot } = await openPanel(rig, host, { panel: "cluster" });
  await page.waitForSelector(".server.leader");
  await page.keyboard.press("Shift+E");
  await page.waitForSelector(".words-title:has-text('becomes leader of term 1')");
  await page.keyboard.press("Shift+ArrowLeft");
  await page.waitForSelector(".server.candidate");
  await shot("lab-votes");
  await page.keyboard.press("e");
  await page.waitForSelector(".server.leader");
  await page.click(".server.leader");
  await page.click(".facts .link:text-is('leader')");
  await page.waitForSelector(".reason:has-text('majority'):has-text('§5.2')");
  await page.waitForSelector(".causes .cause:has-text('timer was last started')", { state: "attached" });
  await shot("lab-why", { full: true });
  expect(trouble).toEqual([]);
  await page.context().close();
});

test("one vote in a term: the refused vote says why", async () => {
  await host.run({ file: "1-elections/first-election.raftlab" }, "one vote in a term");
  await host.goTo(/RequestVoteReply.*refused/);
  const { page } = await openPanel(rig, host, { panel: "cluster" });
  await page.waitForSelector("[data-server=s1]");
  await page.waitForSelector(".mark.refused", { state: "attached" });
  await page.locator(".mark.refused").first().dispatchEvent("click");
  await page.waitForSelector(".causes .reason");
  expect(await page.textContent(".causes")).toMatch(/§5\.2/);
  await page.context().close();
});

test("every lesson's diagram is drawn, in mermaid too, each row in its place", async () => {
  const { page, trouble } = await openPanel(rig, host, { panel: "diagram" });
  for (const { file, title } of await lessons()) {
    const session = await host.run({ file }, title);
    host.send({ kind: "init", session, locale: "en" });
    await page.waitForSelector(`h1:text-is("${title}")`);
    await page.waitForSelector("[data-frame][aria-busy=false] .block .row");
    await page.keyboard.press("Home");
    await page.waitForSelector(".block [data-at='0']");
    await page.keyboard.press("m");
    await page.waitForSelector("[data-mermaid][aria-busy=false] .page svg");
    const total = Number(await page.getAttribute("[data-rows]", "aria-rowcount"));
    const drawn = await page.locator(".page .messageText, .page rect.note").count();
    // A machine that is slow just now gets fewer rows, and is told so.
    const asked = Math.min(100, total);
    const narrowed = await page.locator(".banner.info, .mermaid-note").count();
    if (narrowed === 0) expect(`${title}: ${drawn}`).toBe(`${title}: ${asked}`);
    else expect(drawn).toBeGreaterThan(0);
    expect(await page.locator(".banner.error").count()).toBe(0);
    await page.keyboard.press("m");
  }
  expect(trouble).toEqual([]);
  await page.context().close();
});

test("a live cluster: run, put, crash the leader, a new one leads, get still answers", async () => {
  await host.live();
  const { page, trouble, shot } = await openPanel(rig, host, { panel: "cluster" });
  await page.waitForSelector("[data-server=s1]");
  if (await page.isVisible("button[aria-label='Run the cluster']"))
    await page.click("button[aria-label='Run the cluster']");
  await page.waitForSelector(".server.leader");
  await page.click("vscode-button:text-is('Send')");
  await page.waitForSelector('text=put color "red" => ok');
  await page.waitForSelector(".kv .value:text-is('red')");
  const leader = await page.getAttribute(".server.leader", "data-server");
  await page.click(".server.leader");
  await page.click("vscode-button:text-is('Crash')");
  await page.waitForSelector(`.server.down[data-server=${leader}]`);
  await page.waitForSelector(`.server.leader.up:not([data-server=${leader}])`);
  await shot("lab-live");
  expect(trouble).toEqual([]);
  await page.context().close();
});

test("messages that wait in a manual network are delivered and lost from the panel, by mouse and keyboard", async () => {
  await host.live("cluster {\n  nodes s1..s3\n  network manual\n  timers manual\n}\n");
  const { page, trouble, shot } = await openPanel(rig, host, { panel: "cluster" });
  await page.waitForSelector("[data-server=s1]");
  await page.click("[data-server=s1]");
  await page.click("vscode-button:text-is('Time out now')");
  await page.waitForSelector(".banner:has-text('timeout s1 =>')");
  await page.waitForFunction(() => document.querySelectorAll(".mark.waiting").length === 2);
  await page.locator(".mark.waiting").first().dispatchEvent("click");
  await shot("lab-waiting", { full: true });
  await page.click("vscode-button:text-is('Deliver now')");
  await page.waitForSelector("text=/deliver s1 -> s2 \\w+ => /");
  // Who was asked answers, and its answer waits; the other is lost with the keyboard alone.
  await page.click(".twin > summary");
  const other = page.locator(".twin .link:has-text('s1 to s3')");
  await other.focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector("h3:has-text('s1 → s3')");
  await page.locator("vscode-button:text-is('Lose it')").focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector("text=/lose s1 -> s3 \\w+ => /");
  await page.waitForSelector("text=The picked message is not under way at this moment.");
  await expect.poll(() => other.count()).toBe(0);
  expect(trouble).toEqual([]);
  await page.context().close();
});

test("a run of a million events opens and jumps", async () => {
  const text =
    'cluster {\n  nodes s1..s5\n  clients alice\n}\n\nscenario "long" {\n  await leader within 2s\n  wait 3000s\n  alice put color "red"   => ok\n}\n';
  const session = await host.run({ text }, "long");
  const { page, trouble, shot } = await openPanel(rig, host, { panel: "cluster" });
  await page.waitForSelector(".density");
  await seeCursorsEvent(page);
  for (const fraction of [0.1, 0.9, 0.5, 0.3, 0.7]) {
    const box = await page.locator("[data-timeline]").boundingBox();
    if (box === null) throw new Error("no timeline");
    const before = await page.getAttribute("[data-timeline]", "aria-valuenow");
    await page.mouse.click(box.x + 60 + (box.width - 80) * fraction, box.y + 60);
    await page.waitForFunction(
      (old) => document.querySelector("[data-timeline]")?.getAttribute("aria-valuenow") !== old,
      before,
    );
  }
  await shot("lab-million");
  expect(session.events).toBeGreaterThan(1_000_000);
  expect(trouble).toEqual([]);
  await page.context().close();
});
