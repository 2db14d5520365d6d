/** The lab's health in the status bar, and what a person can do from there. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorkbench, type Workbench } from "../rig/workbench.mjs";

const SOON = { timeout: 20_000 };

let workbench: Workbench;

beforeAll(async () => {
  workbench = await openWorkbench({
    files: { "first.raftlab": 'cluster { nodes s1..s3 }\nscenario "first" {\n  await leader\n}\n', "notes.txt": "" },
  });
});
afterAll(async () => {
  await workbench.close();
});

const item = () => workbench.page.locator("[id='raftlab.raftlab.raftlab.server']");

describe("the lab's status", () => {
  it("stands in the status bar beside a scenario, not beside other files", async () => {
    await workbench.openFile("first.raftlab");
    await expect.poll(() => item().innerText(), SOON).toMatch(/Raft Lab/);
    await workbench.openFile("notes.txt");
    await expect.poll(() => item().count(), SOON).toBe(0);
    await workbench.openFile("first.raftlab");
    await item().waitFor(SOON);
    await expect.poll(() => item().locator("a").getAttribute("aria-label"), SOON).toMatch(/Lab: running/);
  });

  it("has its actions in the tooltip", async () => {
    await item().hover();
    const tooltip = workbench.page.locator(".workbench-hover, .monaco-hover").filter({ hasText: "Restart Lab" });
    await tooltip.waitFor(SOON);
    for (const action of ["Show Log", "Open Runs", "Open Last Problem Report"]) {
      await expect.poll(() => tooltip.innerText()).toContain(action);
    }
    await workbench.screenshot("status");
    await workbench.page.mouse.move(0, 0);
  });

  it("has them in a list that the keyboard reaches; a report that is not there is said so", async () => {
    await workbench.command("Raft Lab: Lab Status and Actions…");
    await workbench.quickPick("Open Last Problem Report");
    await workbench.notification("There is no report");
  });

  it("opens the report of a problem", async () => {
    await workbench.evaluate((vscode) => {
      const pid: unknown = vscode.extensions.getExtension("raftlab.raftlab")?.exports.serverPid();
      if (typeof pid === "number") process.kill(pid, "SIGKILL");
    });
    await expect
      .poll(async () => {
        await workbench.command("Raft Lab: Open Last Problem Report");
        return workbench.text();
      }, SOON)
      .toMatch(/# Raft Lab: report of a problem/);
    await workbench.screenshot("report");
  });

  it("restarts the lab from the list", async () => {
    await workbench.openFile("first.raftlab");
    await item().click();
    await workbench.quickPick("Restart Lab");
    await expect.poll(() => item().locator("a").getAttribute("aria-label"), SOON).toMatch(/Lab: running/);
  });
});
