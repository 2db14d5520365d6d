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
  await workbench.command("Raft Lab: Show Version");
  const item = await workbench.notification("Raft Lab");
  expect(await item.innerText()).toContain("0.1.0");
});

it("changes its colours", async () => {
  for (const theme of ["light", "high contrast", "dark"] as const) await workbench.setTheme(theme);
});

it("prints no error", () => {
  expect(workbench.errors).toEqual([]);
});
