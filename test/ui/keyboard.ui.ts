import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorkbench, type Workbench } from "../rig/workbench.mjs";

// The main actions by their keys alone, and every question answered by Enter: what is proposed makes sense.

const FILE = `cluster {
  nodes s1..s3
  clients alice
}

scenario "one" {
  await leader
  alice put color "red" => ok
}
`;

const SOON = { timeout: 15_000 };

let workbench: Workbench;

beforeAll(async () => {
  workbench = await openWorkbench({ files: { "first.raftlab": FILE }, samples: false });
  workbench.page.setDefaultTimeout(12_000);
  await workbench.openFile("first.raftlab");
  await workbench.goTo(7);
});

afterAll(async () => {
  await workbench.close();
});

/** The text of the status bar's entry. */
const status = () => workbench.page.locator("[id='raftlab.raftlab.raftlab.session']").innerText();

/** Presses the prefix, and then a key, in the editor. */
async function chord(key: string): Promise<void> {
  await workbench.evaluate((vscode) => vscode.commands.executeCommand("workbench.action.focusFirstEditorGroup"));
  await workbench.page.keyboard.press("Control+k");
  await workbench.page.keyboard.press(key);
}

/** Waits for a question, and takes what it proposes. */
async function enter(title: string): Promise<void> {
  await workbench.page.locator(".quick-input-widget .quick-input-title").filter({ hasText: title }).waitFor();
  await workbench.page
    .locator(".quick-input-widget .monaco-list-row.focused, .quick-input-box input")
    .first()
    .waitFor();
  await workbench.page.keyboard.press("Enter");
}

const exists = (command: string): Promise<boolean> =>
  workbench.evaluate(async (vscode, id) => (await vscode.commands.getCommands(true)).includes(id), command);

const eventShown = async (): Promise<number> => {
  const panel = await workbench.webview("Raft Cluster");
  return Number(/Event\s+(\d+) of/u.exec(await panel.locator("body").innerText())?.[1]);
};

describe("by keyboard", () => {
  it("runs the scenario at the caret, and goes through its events", async () => {
    await workbench.page.keyboard.press("Control+F5");
    await expect.poll(status, SOON).toMatch(/passed/);
    await expect.poll(eventShown, SOON).toBeGreaterThan(10);
    const last = await eventShown();
    for (const back of [1, 2]) {
      if (await exists("raftlab.stepBack")) await chord(",");
      else await (await workbench.webview("Raft Cluster")).getByRole("button", { name: "Previous event" }).click();
      await expect.poll(eventShown, SOON).toBe(last - back);
    }
    await chord(".");
    await expect.poll(eventShown, SOON).toBe(last - 1);
  });

  it("starts a live cluster of it, pauses, steps and resumes it", async () => {
    await chord("l");
    await enter("Start a live cluster of…");
    await expect.poll(status, SOON).toMatch(/1\/\d+x/);
    await chord("b");
    await expect.poll(status, SOON).toMatch(/paused/);
    const before = await eventShown();
    await chord(".");
    await expect.poll(eventShown, SOON).toBeGreaterThan(before);
    await chord("b");
    await expect.poll(status, SOON).not.toMatch(/paused/);
  });

  it("puts a key and crashes the leader with what is proposed", async () => {
    await expect.poll(status, { timeout: 30_000 }).toMatch(/s\d · term 1/);
    await chord("k");
    await enter("Put: which key?");
    await enter("Put: which value for color?");
    await workbench.notification("alice put color ");
    await chord("q");
    await enter("crash: which server?");
    await expect.poll(() => workbench.page.locator(".part.statusbar").innerText(), SOON).toMatch(/crash leader/);
  });

  it("prints no error", () => {
    expect(workbench.errors).toEqual([]);
  });
});
