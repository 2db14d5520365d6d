import assert from "node:assert/strict";
import * as vscode from "vscode";
import { activate, closeAll, lab } from "./support.js";

interface Ran {
  readonly session: { readonly id: string; readonly events: number };
  readonly result: { readonly verdict: string };
}

describe("new scenarios from templates", () => {
  before(activate);
  afterEach(closeAll);

  it("open untitled, their title selected, and pass as they are", async () => {
    for (const template of ["election", "watch", "rule-off"]) {
      const uri = await lab<string>("newScenario", { template });
      const editor = vscode.window.activeTextEditor;
      assert.ok(editor);
      assert.equal(editor.document.uri.toString(), uri);
      assert.equal(editor.document.languageId, "raftlab");
      assert.ok(editor.document.isUntitled);
      const title = editor.document.getText(editor.selection);
      assert.match(editor.document.getText(), new RegExp(`scenario "${title}" \\{`));
      assert.equal((await lab<Ran>("runScenario", { uri, scenario: title })).result.verdict, "pass");
    }
  });

  it("are shown to their last event", async () => {
    const uri = await lab<string>("newScenario", { template: "election" });
    const { session } = await lab<Ran>("runScenario", { uri, scenario: "a committed write survives its leader" });
    assert.equal(await lab<number>("stepForward"), session.events - 1);
  });

  it("stand in the second column beside the walkthrough", async () => {
    await lab("openWalkthrough");
    await lab("newScenario", { template: "election", beside: true });
    assert.equal(vscode.window.activeTextEditor?.viewColumn, vscode.ViewColumn.Two);
  });
});
