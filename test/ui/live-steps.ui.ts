import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorkbench, type Workbench } from "../rig/workbench.mjs";

// Work on a live cluster from the palette, as a person meets it: questions, what is wrong while one types, and the saved file.

let workbench: Workbench;

beforeAll(async () => {
  workbench = await openWorkbench({ files: { "empty.raftlab": "cluster { nodes s1..s3 }\n" }, samples: false });
  workbench.page.setDefaultTimeout(12_000);
  await workbench.evaluate(async (vscode) => {
    await vscode.workspace.getConfiguration("raftlab").update("openPanelOnRun", false, true);
    await vscode.commands.executeCommand("raftlab.startLive", {});
    await vscode.commands.executeCommand("raftlab.pauseLive");
  });
});

afterAll(async () => {
  await workbench.close();
});

const lab = (title: string): Promise<void> => workbench.command(`Raft Lab: ${title}`);

const asked = (title: string): Promise<void> =>
  workbench.page.locator(".quick-input-widget .quick-input-title").filter({ hasText: title }).waitFor();

const results = (): Promise<string> => workbench.page.locator(".quick-input-widget .quick-input-message").innerText();

const status = (text: string): Promise<void> => workbench.page.locator(".statusbar").getByText(text).first().waitFor();

describe("live work from the palette", () => {
  it("any step can be typed, and what is wrong with it stands below", async () => {
    await lab("Do Step…");
    await asked("Do which kind of step?");
    await workbench.answer("await CONDITION");
    await asked("A step for");
    expect(await workbench.quickInput().inputValue()).toBe("await leader within 2s");
    await workbench.quickInput().fill("crash s9");
    await expect.poll(results).toContain("There is no server `s9`");
    await workbench.screenshot("live-do-step");
    await workbench.answer("await leader");
    await status("await leader => leader");
  });

  it("a fault asks for its parts", async () => {
    await lab("Disturb Clock");
    await asked("Whose clock?");
    await workbench.quickPick("s2");
    await asked("What does its clock do?");
    await workbench.quickPick("drift 10%");
    await asked("for how long?");
    await workbench.quickPick("500ms");
    await status("clock s2 drift 10% for 500ms");
  });

  it("jumps by time and goes back to now", async () => {
    await lab("Jump to…");
    await asked("Jump to…");
    await workbench.quickPick("A time…");
    await asked("Jump to which time?");
    await workbench.quickInput().fill("soon");
    await expect.poll(results).toContain("A time such as 412ms");
    await workbench.answer("1ms");
    await status("us:");
    await lab("Return to Now");
  });

  it("a session becomes a file beside the others", async () => {
    await lab("Save Session as Scenario");
    await status("Its run gives the same trace");
    await expect
      .poll(() => workbench.evaluate((vscode) => vscode.window.activeTextEditor?.document.getText() ?? ""))
      .toMatch(/scenario "live session of Live cluster" \{[\s\S]*clock s2 drift 10% for 500ms/);
    await workbench.screenshot("live-saved");
  });
});
