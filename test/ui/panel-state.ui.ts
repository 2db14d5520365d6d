import type { Frame } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorkbench, type Workbench } from "../rig/workbench.mjs";

// What a person set up in the cluster panel is there again after whatever happens to a panel.

const FILE = "samples/7-durability/crash-and-recover.raftlab";
const CLUSTER = "Raft Cluster";
const SCENARIO = "all crash, all come back";

const SOON = { timeout: 20_000 };

let workbench: Workbench;

beforeAll(async () => {
  workbench = await openWorkbench({ size: { width: 1500, height: 950 } });
  workbench.page.setDefaultTimeout(20_000);
});

afterAll(async () => {
  await workbench.close();
});

const command = (id: string, ...given: readonly unknown[]): Promise<unknown> =>
  workbench.evaluate((vscode, [name, args]) => vscode.commands.executeCommand(name, ...args).then(() => null), [
    id,
    given,
  ] as const);

/** Which part of the run the timeline shows, in hundredths of it: the panel may be as wide as it likes. */
function overview(panel: Frame) {
  return panel.locator(".overview-box").evaluate((box) => {
    const svg = box.closest("svg");
    const all = svg?.querySelector(".overview-area")?.getBoundingClientRect();
    const part = box.getBoundingClientRect();
    const share = (pixels: number) => Math.round((100 * pixels) / (all?.width ?? 1));
    return { place: share(part.left - (all?.left ?? 0)), zoom: share(part.width) };
  });
}

/** What the person sees of the panel's state. */
async function stateOf(panel: Frame) {
  await panel.locator(".overview-box").waitFor({ state: "attached" });
  return {
    run: await panel.locator("h1").innerText(),
    cursor: await panel.locator("[data-timeline]").getAttribute("aria-valuetext"),
    ...(await overview(panel)),
    folded: await panel.locator("details.section-faults").evaluate((section) => !section.hasAttribute("open")),
    picked: await panel.locator("[data-server].picked").getAttribute("data-server"),
    bookmarks: await panel.locator(".bookmark-ribbon").count(),
  };
}

let before: Awaited<ReturnType<typeof stateOf>>;

/** The panel as it is now, once it shows what it should. */
async function sameAgain(): Promise<void> {
  let seen: unknown;
  await expect
    .poll(async () => {
      const panel = await workbench.webview(CLUSTER);
      seen = await stateOf(panel).catch((error: unknown) => String(error));
      return seen;
    }, SOON)
    .toEqual(before);
}

describe("the cluster panel", () => {
  it("is set up: a cursor, a zoom, a fold, a choice and a bookmark", async () => {
    await workbench.openFile(FILE);
    const uri = await workbench.evaluate((vscode) => vscode.window.activeTextEditor?.document.uri.toString() ?? "");
    await command("raftlab.runScenario", { uri, scenario: SCENARIO });
    await command("raftlab.openClusterPanel");
    const panel = await workbench.webview(CLUSTER);
    await panel.locator("[data-server=s1]").first().waitFor();
    await command("raftlab.jumpTo", { to: "leader", direction: "previous" });
    await panel.locator(".words-title").filter({ hasText: "becomes leader" }).waitFor();
    await panel.locator("[data-server=s2]").first().click();
    await panel.locator("summary").filter({ hasText: "Break and use" }).click();
    await panel.locator("[data-timeline]").focus();
    for (let time = 0; time < 3; time += 1) await workbench.page.keyboard.press("+");
    await command("raftlab.addBookmark", { name: "here" });
    await panel.locator(".bookmark-ribbon").first().waitFor({ state: "attached" });
    await expect.poll(async () => (await stateOf(panel)).folded).toBe(true);
    before = await stateOf(panel);
    expect(before).toMatchObject({ run: SCENARIO, picked: "s2", bookmarks: 1 });
    await workbench.screenshot("panel-state");
  });

  it("is the same when it was hidden", async () => {
    await command("workbench.action.files.newUntitledFile");
    // Into the panel's own column, over it.
    await command("raftlab.openClusterPanel");
    await command("workbench.action.files.newUntitledFile");
    await expect.poll(() => workbench.page.locator("iframe.webview.ready:visible").count(), SOON).toBe(0);
    await command("raftlab.openClusterPanel");
    await sameAgain();
  });

  it("is the same in another column", async () => {
    await command("workbench.action.moveEditorToFirstGroup");
    await command("workbench.action.moveEditorToRightGroup");
    await sameAgain();
  });

  it("is the same when it was closed and opened again", async () => {
    // The panel tells its state some time after it changed.
    await workbench.page.waitForTimeout(600);
    await command("workbench.action.closeActiveEditor");
    await command("raftlab.openClusterPanel");
    await sameAgain();
  });

  it("is the same after a reload of the window", async () => {
    await workbench.page.waitForTimeout(600);
    await workbench.load();
    await sameAgain();
  });

  it("goes from bookmark to bookmark, and names and removes them, by command", async () => {
    const panel = await workbench.webview(CLUSTER);
    await workbench.command("Raft Lab: Add Bookmark…");
    await workbench.answer("second");
    await panel.locator(".bookmark-ribbon").first().waitFor({ state: "attached" });
    await command("raftlab.jumpTo", { eventId: 0 });
    await command("raftlab.addBookmark", { name: "first" });
    // The first event lies outside the part that the timeline shows.
    await panel.locator("summary").filter({ hasText: "2 bookmarks" }).waitFor();
    await command("raftlab.nextBookmark");
    await panel.locator(".words-title").filter({ hasText: "becomes leader" }).waitFor();
    await command("raftlab.previousBookmark");
    await expect.poll(() => panel.locator(".words").innerText(), SOON).not.toContain("becomes leader");
    await command("raftlab.renameBookmark", { eventId: 0, name: "the beginning" });
    await panel.locator("summary").filter({ hasText: "2 bookmarks" }).click();
    await panel.locator(".bookmark-row").filter({ hasText: "the beginning" }).waitFor();
    await workbench.command("Raft Lab: Go to Bookmark…");
    await workbench.quickPick("second");
    await panel.locator(".words-title").filter({ hasText: "becomes leader" }).waitFor();
    await command("raftlab.removeBookmark", { eventId: 0 });
    await expect.poll(() => panel.locator(".bookmark-row").count(), SOON).toBe(1);
  });

  it("is switched to lecture mode by command, also while it is closed", async () => {
    await workbench.command("Raft Lab: Lecture Mode");
    const panel = await workbench.webview(CLUSTER);
    await panel.locator(".lecture-note").waitFor();
    await workbench.screenshot("panel-lecture");
    await workbench.command("Raft Lab: Lecture Mode");
    await panel.locator(".transport").waitFor();
    await workbench.page.waitForTimeout(600);
    await command("workbench.action.closeActiveEditor");
    await command("raftlab.lectureMode");
    const again = await workbench.webview(CLUSTER);
    await again.locator(".lecture-note").waitFor();
  });
});
