/** The Testing view as a person uses it: the tree, Run, a tick, and the peek of a failure. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { openWorkbench, type Workbench } from "../rig/workbench.mjs";

const CLUSTER = "cluster {\n  nodes s1..s3\n  clients alice\n}\n";
const PASSES = 'scenario "passes" {\n  await leader\n  alice put color "red" => ok\n}\n';
const FAILS = 'scenario "fails" {\n  await leader\n  crash leader\n  alice get color => "blue"\n}\n';

let workbench: Workbench;

beforeAll(async () => {
  workbench = await openWorkbench({
    files: { "good.raftlab": CLUSTER + PASSES, "mixed.raftlab": CLUSTER + PASSES + FAILS },
    samples: false,
  });
});

afterAll(async () => {
  await workbench.close();
});

const rows = () => workbench.page.locator(".test-explorer .monaco-list-row");
const row = (label: string) => rows().filter({ hasText: label }).first();

it("shows the workspace's files and scenarios although none is open", async () => {
  // The view is there once the extension is, which files of its language in the workspace activate.
  await expect
    .poll(
      async () => {
        await workbench.evaluate((vscode) => vscode.commands.executeCommand("workbench.view.testing.focus"));
        return row("good.raftlab").isVisible();
      },
      { timeout: 30_000, interval: 500 },
    )
    .toBe(true);
  await row("mixed.raftlab").waitFor();
  expect(await workbench.evaluate((vscode) => vscode.window.visibleTextEditors.length)).toBe(0);
});

it("runs all with the button, and ticks what passed", async () => {
  await workbench.page.locator(".test-explorer").hover();
  await workbench.page
    .getByRole("button", { name: /^Run Tests/ })
    .first()
    .click();
  await expect
    .poll(() => row("good.raftlab").locator(".codicon-testing-passed-icon").count(), { timeout: 30_000 })
    .toBe(1);
  await expect.poll(() => row("mixed.raftlab").locator(".codicon-testing-failed-icon").count()).toBe(1);
  await workbench.screenshot("testing-view");
});

it("peeks into a failure: what was expected, what was, and why", async () => {
  await workbench.openFile("mixed.raftlab");
  await workbench.goTo(12);
  await workbench.command("Test: Peek Output");
  const peek = workbench.page.locator(".test-output-peek").first();
  await peek.waitFor();
  await expect.poll(() => peek.innerText(), { timeout: 15_000 }).toMatch(/blue/);
  await workbench.screenshot("testing-peek");
});

it("prints the run in the Test Results terminal", async () => {
  await workbench.command("Test Results: Focus on Test Results View");
  const terminal = workbench.page.locator(".test-output-peek-message-container .xterm-rows").first();
  await expect
    .poll(async () => (await terminal.innerText()).replaceAll("\u00a0", " "), { timeout: 15_000 })
    .toMatch(/fail {2}seed 1,.*trace [0-9a-f]{16}[\s\S]*raftlab run/);
});

it("runs one scenario from the gutter", async () => {
  await workbench.openFile("good.raftlab");
  const icon = workbench.page.locator(".monaco-editor .testing-run-glyph").first();
  await icon.waitFor();
  await icon.click();
  await expect
    .poll(() => workbench.page.locator(".monaco-editor .testing-run-glyph.codicon-testing-passed-icon").count())
    .toBe(1);
});

it("shows a test's last run in the cluster panel from its context menu", async () => {
  await workbench.evaluate((vscode) => vscode.commands.executeCommand("workbench.view.testing.focus"));
  await row("good.raftlab").click();
  await workbench.page.keyboard.press("ArrowRight");
  await row("passes").click({ button: "right" });
  await workbench.page.getByRole("menuitem", { name: "Show Last Run in Cluster Panel" }).click();
  const frame = await workbench.webview("Raft Cluster");
  await frame.getByText("s1").first().waitFor();
  expect(workbench.errors).toEqual([]);
});
