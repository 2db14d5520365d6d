import assert from "node:assert/strict";
import * as vscode from "vscode";

describe("the extension", () => {
  it("activates", async () => {
    const extension = vscode.extensions.getExtension("raftlab.raftlab");
    assert.ok(extension, "raftlab.raftlab is not installed in this window");
    await extension.activate();
    assert.ok(extension.isActive);
  });

  it("registers every command that its manifest contributes", async () => {
    const extension = vscode.extensions.getExtension("raftlab.raftlab");
    const manifest = extension?.packageJSON as { contributes: { commands: { command: string }[] } };
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = manifest.contributes.commands.map((c) => c.command).filter((c) => !registered.has(c));
    assert.deepEqual(missing, []);
  });

  it("has a workspace, and finds files in it", async () => {
    assert.equal(vscode.workspace.workspaceFolders?.length, 1);
    const folder = vscode.workspace.workspaceFolders[0];
    assert.ok(folder);
    const file = vscode.Uri.joinPath(folder.uri, "found.raftlab");
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode("# found\n"));
    const found = await vscode.workspace.findFiles("found.raftlab");
    assert.deepEqual(
      found.map((uri) => uri.toString()),
      [file.toString()],
    );
  });
});
