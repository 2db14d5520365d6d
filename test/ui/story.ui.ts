import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorkbench, type Workbench } from "../rig/workbench.mjs";

// The user story that the first release ends with, as one person lives it: each step goes on where the one before ended.

const FILE = "samples/1-elections/first-election.raftlab";
const CLUSTER = "Raft Cluster";
const DIAGRAM = "Raft Messages";

/** What follows an action in its own time, on a machine that may be busy. */
const SOON = { timeout: 10_000 };

let workbench: Workbench;

beforeAll(async () => {
  workbench = await openWorkbench({ size: { width: 1600, height: 1000 } });
  workbench.page.setDefaultTimeout(12_000);
});

afterAll(async () => {
  await workbench.close();
});

const picture = (name: string): Promise<string> => workbench.screenshot(`story-${name}`);

/** Waits until the open question has this title: the widget is one and the same, and the one before may still be there. */
const asked = (title: string): Promise<void> =>
  workbench.page.locator(".quick-input-widget .quick-input-title").filter({ hasText: title }).waitFor();

/** The 1-based line of a text in the active editor. */
async function lineOf(text: string): Promise<number> {
  const all = await workbench.text();
  const at = all?.indexOf(text) ?? -1;
  if (all === undefined || at === -1) throw new Error(`no “${text}” in the editor`);
  return all.slice(0, at).split("\n").length;
}

/** The code lens above the scenario whose text matches. */
const lens = (text: RegExp) => workbench.page.locator(".codelens-decoration a").filter({ hasText: text });

describe("the user story", () => {
  it("opens a sample, in which a misspelt node is underlined and mended by the quick fix", async () => {
    await workbench.openFile(FILE);
    await lens(/Run/).first().waitFor();
    const line = await lineOf("expect leader == s1");
    await workbench.goTo(line);
    await workbench.page.keyboard.type("1");
    await workbench.page.locator(".squiggly-error").first().waitFor();
    await picture("01-misspelt");
    await workbench.evaluate((vscode) => vscode.commands.executeCommand("editor.action.quickFix"));
    await workbench.page.locator(".action-widget").first().waitFor();
    await picture("02-quick-fix");
    await workbench.page.keyboard.press("Enter");
    await expect.poll(async () => (await workbench.text())?.includes("expect leader == s11")).toBe(false);
    expect(await workbench.text()).toContain("expect leader == s1\n");
    await expect.poll(() => workbench.page.locator(".squiggly-error").count(), SOON).toBe(0);
  });

  it("runs the scenario: the verdict stands above it, and the panel shows five servers and the leader", async () => {
    const run = lens(/Run$/);
    await run.last().click();
    await lens(/pass/).first().waitFor();
    const cluster = await workbench.webview(CLUSTER);
    await cluster
      .getByRole("button", { name: /^s1 leader/ })
      .first()
      .waitFor();
    for (const server of ["s2", "s3", "s4", "s5"]) {
      await cluster
        .getByRole("button", { name: new RegExp(`^${server} follower`) })
        .first()
        .waitFor();
    }
    await picture("03-run");
  });

  it("drags back to before the election, and steps through the votes", async () => {
    const cluster = await workbench.webview(CLUSTER);
    const slider = cluster.getByRole("slider", { name: "Time cursor" });
    const box = await slider.boundingBox();
    if (box === null) throw new Error("the timeline has no place");
    const y = box.y + box.height / 2;
    await workbench.page.mouse.move(box.x + box.width * 0.9, y);
    await workbench.page.mouse.down();
    await workbench.page.mouse.move(box.x + box.width * 0.5, y, { steps: 8 });
    await workbench.page.mouse.move(box.x + 2, y, { steps: 8 });
    await workbench.page.mouse.up();
    await expect
      .poll(async () => cluster.getByRole("button", { name: /^s1 leader/ }).count(), { timeout: 10_000 })
      .toBe(0);
    await picture("04-before-the-election");
    const title = cluster.locator(".words-title");
    const seen: string[] = [];
    const refused = /refus|reject|not granted|denied/i;
    for (let step = 0; step < 120 && !seen.some((text) => refused.test(text)); step++) {
      const before = await slider.getAttribute("aria-valuetext");
      await cluster.getByRole("button", { name: "Next event" }).click();
      await expect.poll(() => slider.getAttribute("aria-valuetext"), { ...SOON, interval: 30 }).not.toBe(before);
      seen.push(`${await title.innerText()} ${await cluster.locator(".words").innerText()}`);
    }
    expect(seen.some((text) => /vote/i.test(text))).toBe(true);
    expect(seen.at(-1)).toMatch(refused);
    await picture("05-refused-vote");
  });

  it("clicks the refused vote and reads why", async () => {
    const cluster = await workbench.webview(CLUSTER);
    // Clients that wait have a question of their own.
    await cluster.locator(".words-links").getByRole("button", { name: "why?" }).click();
    const why = cluster.getByRole("region", { name: "Why", exact: true });
    await why.waitFor();
    await why.locator("li.cause").first().waitFor();
    expect(await why.innerText()).toMatch(/vote/i);
    expect(await why.locator("li.cause").count()).toBeGreaterThan(1);
    await picture("06-why");
  });

  it("opens the message diagram: RequestVote and AppendEntries as a sequence, and the same in mermaid", async () => {
    await workbench.command("Raft Lab: Open Message Diagram");
    const diagram = await workbench.webview(DIAGRAM);
    await diagram.locator("[data-frame] .block .row").first().waitFor({ timeout: 20_000 });
    await expect.poll(() => diagram.locator("[data-frame]").textContent(), SOON).toMatch(/RequestVote/);
    const rows = diagram.locator("[data-rows] [role=row]");
    await expect.poll(() => rows.filter({ hasText: /AppendEntries|Heartbeat/ }).count()).toBeGreaterThan(0);
    await picture("07-diagram");
    await diagram.getByRole("button", { name: "Mermaid", exact: true }).click();
    await expect.poll(() => diagram.locator("[data-mermaid] svg").first().textContent(), SOON).toMatch(/RequestVote/);
    await diagram.getByRole("button", { name: "Sequence", exact: true }).click();
    await rows
      .filter({ hasText: /RequestVote/ })
      .first()
      .click();
    await expect.poll(() => diagram.locator(".details").innerText(), SOON).toMatch(/RequestVote/);
    await picture("08-message");
  });

  it("starts a live cluster and puts a key from the palette", async () => {
    await workbench.command("Raft Lab: Start Live Cluster");
    await asked("Start a live cluster of…");
    await workbench.quickPick("first election", { exact: true });
    await workbench.webview(CLUSTER).catch(async () => {
      await workbench.command("Raft Lab: Open Cluster Panel");
      return workbench.webview(CLUSTER);
    });
    await workbench.command("Raft Lab: Set Pace");
    await asked("How fast?");
    await workbench.quickPick("1x", { exact: true });
    const cluster = await workbench.webview(CLUSTER);
    await cluster
      .getByRole("button", { name: /^s\d leader/ })
      .first()
      .waitFor({ timeout: 20_000 });
    await workbench.command("Raft Lab: Put");
    await asked("Put: which key?");
    await workbench.answer("color");
    await asked("Put: which value for color?");
    await workbench.answer("red");
    await workbench.notification('alice put color "red" => ok');
    await picture("09-put");
  });

  it("crashes the leader from the panel, and another one is elected", async () => {
    const cluster = await workbench.webview(CLUSTER);
    const leader = cluster.getByRole("button", { name: /^s\d leader/ }).first();
    const old = (await leader.getAttribute("aria-label"))?.slice(0, 2) ?? "";
    await leader.click();
    await cluster.getByRole("group", { name: "Faults at a server" }).getByText("Crash", { exact: true }).click();
    await cluster
      .getByRole("button", { name: new RegExp(`^${old} (down|crashed)`) })
      .first()
      .waitFor();
    await picture("10-crashed");
    await expect
      .poll(
        async () => {
          const label = await cluster
            .getByRole("button", { name: /^s\d leader/ })
            .first()
            .getAttribute("aria-label");
          return label !== null && !label.startsWith(old);
        },
        { timeout: 20_000 },
      )
      .toBe(true);
    await picture("11-new-leader");
  });

  it("gets the value from the new leader", async () => {
    await workbench.command("Raft Lab: Get");
    await asked("Get: which key?");
    await workbench.answer("color");
    await workbench.notification('alice get color => "red"');
    await picture("12-get");
  });

  it("has panels and run back after a reload of the window", async () => {
    const session = await workbench.evaluate(
      (vscode) => vscode.extensions.getExtension("raftlab.raftlab")?.exports.currentSession() as string | undefined,
    );
    await workbench.reload();
    const cluster = await workbench.webview(CLUSTER);
    await cluster.getByRole("button", { name: /^s\d / }).first().waitFor({ timeout: 30_000 });
    await cluster.getByText("color").first().waitFor();
    expect(
      await workbench.evaluate(
        (vscode) => vscode.extensions.getExtension("raftlab.raftlab")?.exports.currentSession() as string | undefined,
      ),
    ).toBe(session);
    const tabs = await workbench.evaluate((vscode) =>
      vscode.window.tabGroups.all.flatMap((group) => group.tabs.map((tab) => tab.label)),
    );
    expect(tabs).toEqual(expect.arrayContaining([CLUSTER, DIAGRAM]));
    await picture("13-reloaded");
  });

  it("prints no error", () => {
    expect(workbench.errors).toEqual([]);
  });
});
