import { afterAll, beforeAll, expect, it } from "vitest";
import { openWorkbench, type Workbench } from "../rig/workbench.mjs";

let workbench: Workbench;

beforeAll(async () => {
  workbench = await openWorkbench({ files: { "first.raftlab": "# A first file.\n" } });
});

afterAll(async () => {
  await workbench.close();
});

it("opens a .raftlab file as a document of the language", async () => {
  await workbench.openFile("first.raftlab");
  const language = await workbench.evaluate((vscode) => vscode.window.activeTextEditor?.document.languageId);
  expect(language).toBe("raftlab");
});

it("takes what is typed", async () => {
  expect(await workbench.type("# second line", { line: 2 })).toBe("# A first file.\n# second line");
});

it("runs a command from the palette", async () => {
  await workbench.command("File: New Untitled Text File");
  await expect
    .poll(() => workbench.evaluate((vscode) => vscode.window.activeTextEditor?.document.isUntitled))
    .toBe(true);
});

it("presses the button of a notification", async () => {
  await workbench.evaluate((vscode) => {
    void vscode.window.showInformationMessage("Shall it be?", "Yes").then(async (answer) => {
      if (answer === "Yes")
        await vscode.window.activeTextEditor?.edit((edit) => edit.insert(new vscode.Position(0, 0), answer));
    });
  });
  await workbench.notification("Shall it be?", "Yes");
  await expect.poll(() => workbench.text()).toBe("Yes");
});

it("changes its colours", async () => {
  for (const theme of ["light", "high contrast", "dark"] as const) await workbench.setTheme(theme);
});

it("prints no error", () => {
  expect(workbench.errors).toEqual([]);
});
