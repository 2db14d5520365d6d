import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorkbench, type Workbench } from "../rig/workbench.mjs";

// The views as somebody works in them: inline actions, menus of several selected rows, badges.

const FILE = `cluster {
  nodes s1..s3
  clients alice
}

scenario "fine" {
  await leader
  alice put color "red" => ok
}

scenario "broken" {
  await leader
  alice get color => "red"
}
`;

const SOON = { timeout: 15_000 };

let workbench: Workbench;

beforeAll(async () => {
  workbench = await openWorkbench({
    files: { "first.raftlab": FILE },
    samples: false,
    size: { width: 1500, height: 1000 },
  });
  workbench.page.setDefaultTimeout(12_000);
  await workbench.openFile("first.raftlab");
  await workbench.evaluate((vscode) => vscode.commands.executeCommand("raftlab.runs.focus"));
});

afterAll(async () => {
  await workbench.close();
});

/** A row of one of the lab's views, by its text. */
const row = (text: string | RegExp) =>
  workbench.page.locator(".part.sidebar .monaco-list-row").filter({ hasText: text });

/** A row of the Runs view: the Cluster view has one of the same session. */
const run = (text: string | RegExp) =>
  workbench.page
    .locator(".part.sidebar .pane")
    .filter({ has: workbench.page.locator(".pane-header").getByText("Runs", { exact: true }) })
    .locator(".monaco-list-row")
    .filter({ hasText: text });

/** Presses an action that a row shows under the pointer; rows are drawn anew now and then. */
const pressInRow = async (rows: Locator, action: string): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await rows.first().hover({ timeout: 2000 });
      await rows.first().getByRole("button", { name: action }).click({ timeout: 2000 });
      return;
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
};

/** Chooses from the menu of a row. By key: VS Code lets a click pass that comes at once after the menu. */
const fromMenu = async (rows: Locator, action: string): Promise<void> => {
  await rows.first().click({ button: "right" });
  await workbench.page.locator(".context-view .monaco-menu").getByRole("menuitem", { name: action }).hover();
  await workbench.page.keyboard.press("Enter");
};

const badge = () =>
  workbench.page
    .locator(".activitybar .action-item")
    .filter({ has: workbench.page.locator("[aria-label^='Raft Lab']") })
    .locator(".badge-content");

describe("the Runs view", () => {
  it("leads on from nothing", async () => {
    await workbench.page.getByText("Nothing has run yet.").waitFor();
    await workbench.page.locator(".part.sidebar").getByRole("button", { name: "New Scenario from Template" }).waitFor();
    await workbench.screenshot("runs-0-welcome");
  });

  it("lists runs with verdict, seed, times and hash, and counts the broken ones in a badge", async () => {
    await workbench.command("Raft Lab: Run All Scenarios");
    await run(/fine.*passed, seed 1, [\d.]+ ms in \d+ ms, [0-9a-f]{8}/)
      .first()
      .waitFor();
    await run(/broken.*failed, seed 1/)
      .first()
      .waitFor();
    await expect.poll(() => badge().first().innerText(), SOON).toBe("1");
    await workbench.screenshot("runs-1-list");
  });

  it("runs one again by its button, and with another seed by its menu: Enter takes a random one", async () => {
    const before = await run(/^fine/).count();
    await pressInRow(run(/^fine.*passed/), "Rerun");
    await expect.poll(() => run(/^fine/).count(), SOON).toBe(before + 1);
    await fromMenu(run(/^fine.*seed 1,/), "Rerun with Another Seed");
    const input = workbench.quickInput();
    await input.waitFor();
    const seed = await input.inputValue();
    expect(seed).toMatch(/^\d+$/);
    await input.press("Enter");
    await run(new RegExp(`^fine.*seed ${seed},`))
      .first()
      .waitFor();
  });

  it("compares two selected runs side by side, and goes to where they part in the cluster panel", async () => {
    const [newest, before] = [run(/^fine/).nth(0), run(/^fine/).nth(1)];
    await newest.click();
    await before.click({ modifiers: ["ControlOrMeta"] });
    await fromMenu(before, "Compare with…");
    const comparison = await workbench.webview("Raft Comparison");
    await comparison.getByText("then they part at").first().waitFor();
    await comparison.locator(".milestones tbody tr").first().waitFor();
    await workbench.screenshot("runs-2-compared");
    await comparison.getByRole("button", { name: "show the cluster" }).first().click();
    // They part at some event before the last.
    const cluster = await workbench.webview("Raft Cluster");
    await expect
      .poll(async () => {
        const [, shown, all] = /Event\s+(\d+) of (\d+)/u.exec(await cluster.locator("body").innerText()) ?? [];
        return Number(shown) < Number(all);
      }, SOON)
      .toBe(true);
  });

  it("flips one setting of a run from a button of the comparison, and marks it", async () => {
    await workbench.evaluate((vscode) => vscode.commands.executeCommand("raftlab.runs.focus"));
    const [newest, before] = [run(/^fine/).nth(0), run(/^fine/).nth(1)];
    await newest.click();
    await before.click({ modifiers: ["ControlOrMeta"] });
    await fromMenu(before, "Compare with…");
    const comparison = await workbench.webview("Raft Comparison");
    await comparison.getByRole("button", { name: "one setting flipped…" }).click();
    // The list is longer than what of it is drawn.
    await workbench.quickInput().fill("pre-vote");
    await workbench.quickPick("pre-vote off");
    await comparison.locator(".input-chip", { hasText: "pre-vote" }).waitFor();
    await run(/^fine · pre-vote off/).waitFor();
    await workbench.screenshot("runs-2-flipped");
  });

  it("groups by file, and back", async () => {
    await workbench.command("Raft Lab: Group Runs by File");
    await run(/^first\.raftlab.*\d kept/).waitFor();
    await workbench.screenshot("runs-3-grouped");
    await workbench.command("Raft Lab: List Runs by Time");
    await expect.poll(() => run(/^first\.raftlab/).count(), SOON).toBe(0);
  });

  it("deletes all that are selected, after a question that says what is lost", async () => {
    const count = await run(/^fine/).count();
    await run(/^fine/).nth(0).click();
    await run(/^fine/)
      .nth(1)
      .click({ modifiers: ["ControlOrMeta"] });
    await workbench.page.keyboard.press("Delete");
    await workbench.page.locator(".monaco-dialog-box").getByText("Delete 2 runs?").waitFor();
    await workbench.page.keyboard.press("Enter");
    await expect.poll(() => run(/^fine/).count(), SOON).toBe(count - 2);
  });
});

describe("live clusters in the views", () => {
  it("has a run's bookmarks below it: a click goes there, its menu renames and removes them", async () => {
    await run(/^fine.*passed/)
      .first()
      .click();
    await run(/^fine.*shown/).waitFor();
    for (const [eventId, name] of [
      [20, "halfway"],
      [9, "early"],
    ] as const) {
      const marked = { eventId, name };
      await workbench.evaluate((vscode, given) => vscode.commands.executeCommand("raftlab.addBookmark", given), marked);
    }
    await workbench.evaluate((vscode) => vscode.commands.executeCommand("raftlab.runs.focus"));
    await run(/^fine.*shown/).click();
    await expect
      .poll(async () => {
        await workbench.page.keyboard.press("ArrowRight");
        return run(/^(early|halfway)/).allInnerTexts();
      }, SOON)
      .toEqual([expect.stringMatching(/^early.*event 9$/s), expect.stringMatching(/^halfway.*event 20$/s)]);
    await workbench.screenshot("runs-3-bookmarks");
    const cluster = await workbench.webview("Raft Cluster");
    // The panel counts from 1.
    const shown = async () => /Event\s+(\d+) of/u.exec(await cluster.locator("body").innerText())?.[1];
    await run(/^halfway/).click();
    await expect.poll(shown, SOON).toBe("21");
    await run(/^early/).click();
    await expect.poll(shown, SOON).toBe("10");
    await fromMenu(run(/^halfway/), "Rename Bookmark…");
    await workbench.quickInput().fill("turning point");
    await workbench.quickInput().press("Enter");
    await run(/^turning point/).waitFor();
    await fromMenu(run(/^early/), "Remove Bookmark…");
    await expect
      .poll(() => run(/^(early|halfway|turning point)/).allInnerTexts(), SOON)
      .toEqual([expect.stringMatching(/^turning point/)]);
    // A live cluster goes on from a marked moment as well.
    await fromMenu(run(/^turning point/), "Continue from Here");
    await run(/^fine, from event 20.*paused.*shown/).waitFor();
  });

  it("stand among the runs, and are paused, resumed and stopped there", async () => {
    await workbench.evaluate((vscode) => void vscode.commands.executeCommand("raftlab.startLive", {}));
    await workbench.evaluate((vscode) => vscode.commands.executeCommand("raftlab.runs.focus"));
    await run(/^Live cluster.*running/)
      .first()
      .waitFor();
    await row(/^s1/).first().waitFor();
    const live = run(/^Live cluster.*(running|paused).*shown/);
    await pressInRow(live, "Pause Live Cluster");
    await run(/^Live cluster.*paused.*shown/).waitFor();
    await pressInRow(live, "Resume Live Cluster");
    await run(/^Live cluster.*running.*shown/).waitFor();
  });

  it("crash several selected servers at once, which the badge counts", async () => {
    await row(/^s1/).first().click();
    await row(/^s2/)
      .first()
      .click({ modifiers: ["ControlOrMeta"] });
    await fromMenu(row(/^s2/), "Crash Server");
    await row(/^s1crashed/).waitFor();
    await row(/^s2crashed/).waitFor();
    await expect.poll(() => badge().first().innerText(), SOON).toBe("3");
    await workbench.screenshot("runs-4-crashed");
  });

  it("lists many runs of a file in pages: More Runs shows the next", async () => {
    await workbench.evaluate(async (vscode) => {
      const uri = vscode.workspace.textDocuments.find(({ languageId }) => languageId === "raftlab")?.uri.toString();
      for (let i = 0; i < 20; i += 1) {
        await vscode.commands.executeCommand("raftlab.runScenario", { uri, scenario: "fine", seed: 100 + i });
      }
      await vscode.commands.executeCommand("raftlab.groupRuns");
      await vscode.commands.executeCommand("raftlab.runs.focus");
    });
    const more = run(/^More/);
    const folded = run(/^first[.]raftlab/).first();
    await folded.waitFor();
    // A click folds what is unfolded, and unfolds what is folded: then this key does nothing but step in.
    await folded.click();
    await workbench.page.keyboard.press("ArrowRight");
    await run(/^fine/).first().waitFor();
    for (let time = 0; time < 20 && !(await more.isVisible()); time += 1) {
      await workbench.evaluate((vscode) => vscode.commands.executeCommand("raftlab.runs.focus"));
      await workbench.page.keyboard.press("End");
    }
    // Drawn anew now and then, a row may be another one between the press and the release of a button.
    await expect
      .poll(async () => {
        await workbench.page.keyboard.press("End");
        if (await more.isVisible()) await workbench.page.keyboard.press("Enter");
        return more.count();
      }, SOON)
      .toBe(0);
    await workbench.evaluate((vscode) => vscode.commands.executeCommand("raftlab.ungroupRuns"));
  });

  it("prints no error", () => {
    expect(workbench.errors).toEqual([]);
  });
});
