import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorkbench, type Workbench } from "../rig/workbench.mjs";

// The walkthrough, followed literally by somebody who has never seen the product: in an empty folder, with the mouse, in order.

const CLUSTER = "Raft Cluster";
const SOON = { timeout: 15_000 };

let workbench: Workbench;

beforeAll(async () => {
  workbench = await openWorkbench({ samples: false, size: { width: 1600, height: 1000 } });
  workbench.page.setDefaultTimeout(15_000);
});

afterAll(async () => {
  await workbench.close();
});

/** A step of the walkthrough, by its title. */
const step = (title: string) =>
  workbench.page
    .locator(".getting-started-step")
    .filter({ has: workbench.page.locator(".step-title").getByText(title, { exact: true }) });

/** Unfolds a step and presses one of its buttons or links. */
async function press(title: string, button: string): Promise<void> {
  const meant = step(title);
  if (!/\bexpanded\b/.test((await meant.getAttribute("class")) ?? "")) await meant.locator(".step-title").click();
  await meant.locator(".step-description-container").getByText(button, { exact: true }).click();
}

/** Waits until VS Code has ticked a step off. */
const ticked = (title: string): Promise<void> => step(title).locator("[role=checkbox][aria-checked=true]").waitFor();

/** What is selected in the scenario that is to be seen. */
const selection = () =>
  workbench.evaluate((vscode) => {
    const editor = vscode.window.visibleTextEditors.find(({ document }) => document.languageId === "raftlab");
    return editor?.document.getText(editor.selection);
  });

const picture = (name: string): Promise<string> => workbench.screenshot(`walkthrough/${name}`);

const exists = (command: string): Promise<boolean> =>
  workbench.evaluate(
    async (vscode, id) => (await vscode.commands.getCommands(true)).includes(id),
    command,
  ) as Promise<boolean>;

describe("the walkthrough", () => {
  it("opens from the palette, with eight steps", async () => {
    await workbench.command("Raft Lab: Open Walkthrough");
    await workbench.page.getByText("Break and Mend Your First Raft Cluster").first().waitFor();
    await expect.poll(() => workbench.page.locator(".getting-started-step").count(), SOON).toBe(8);
    await picture("0-opened");
  });

  it("1: opens a scenario beside it, its title selected", async () => {
    await press("Open a Scenario", "Open the Scenario");
    await ticked("Open a Scenario");
    await expect.poll(selection, SOON).toBe("a committed write survives its leader");
    await picture("1-scenario");
  });

  it("2: runs it, and the cluster panel shows what came of it", async () => {
    await press("Run It", "Run Scenario");
    await ticked("Run It");
    const cluster = await workbench.webview(CLUSTER);
    await cluster
      .getByRole("button", { name: /^s\d leader/ })
      .first()
      .waitFor();
    await expect.poll(() => workbench.page.locator(".part.statusbar").innerText(), SOON).toMatch(/passed/);
    await picture("2-run");
  });

  it("3: shows the cluster panel", async () => {
    await press("Look at the Cluster", "Open Cluster Panel");
    await ticked("Look at the Cluster");
    await picture("3-cluster");
  });

  it("4: says why", async () => {
    await press("Ask Why", "Show Why");
    await workbench.page
      .getByText("Each line is the cause of the one above")
      .or(workbench.quickInput())
      .first()
      .waitFor();
    expect(await workbench.page.locator(".quick-input-list .monaco-list-row").count()).toBeGreaterThan(0);
    await picture("4-why");
    // Escape would leave the walkthrough where the question has closed by itself.
    await workbench.evaluate((vscode) => vscode.commands.executeCommand("workbench.action.closeQuickOpen"));
    await ticked("Ask Why");
  });

  it("5: switches off a rule, and a promise is broken", async () => {
    await press("Switch Off a Rule", "Open the Scenario");
    await expect.poll(selection, SOON).toBe("two leaders in one term");
    await press("Switch Off a Rule", "Run Scenario");
    await ticked("Switch Off a Rule");
    const cluster = await workbench.webview(CLUSTER);
    await cluster
      .getByRole("button", { name: /^s3 leader/ })
      .first()
      .waitFor();
    await picture("5-rule");
  });

  it("6: breaks a live cluster", async () => {
    await press("Break a Live Cluster", "Start Live Cluster");
    const cluster = await workbench.webview(CLUSTER);
    await cluster
      .getByRole("button", { name: /^s\d leader/ })
      .first()
      .waitFor({ timeout: 30_000 });
    await press("Break a Live Cluster", "Crash the Leader");
    await cluster
      .getByRole("button", { name: /^s\d (down|crashed)/ })
      .first()
      .waitFor();
    await ticked("Break a Live Cluster");
    await picture("6-break");
  });

  it("7: mends it", async () => {
    const cluster = await workbench.webview(CLUSTER);
    await cluster
      .getByRole("button", { name: /^s\d leader/ })
      .first()
      .waitFor({ timeout: 30_000 });
    await press("Mend It", "Put a Key");
    await workbench.notification('put color "red" => ok');
    await press("Mend It", "Restart the Crashed Server");
    await expect.poll(() => cluster.getByRole("button", { name: /^s\d (down|crashed)/ }).count(), SOON).toBe(0);
    await ticked("Mend It");
    await picture("7-mend");
  });

  it("8: keeps it as a test", async () => {
    await picture("8-before");
    if (!(await exists("raftlab.saveSession"))) return;
    await press("Keep It as a Test", "Save Session as Scenario");
    await ticked("Keep It as a Test");
    await picture("8-saved");
    await press("Keep It as a Test", "Open Test Explorer");
    await workbench.page.locator(".test-explorer").first().waitFor();
    await picture("8-test-explorer");
  });

  it("prints no error", () => {
    expect(workbench.errors).toEqual([]);
  });
});
