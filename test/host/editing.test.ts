import assert from "node:assert/strict";
import * as vscode from "vscode";
import { activate, closeAll, eventually, lab, openScenario, positionOf } from "./support.js";

const TEXT = `# The same with five servers: five.raftlab
cluster {
  nodes s1..s3
  clients alice
}

scenario "editing" {
  await leader
  let old = leader
  alice put color "red" => ok
  crash old
  expect old.role == leader
}
`;

describe("reading and writing a scenario", () => {
  let document: vscode.TextDocument;

  before(async () => {
    await activate();
    document = await openScenario("editing.raftlab", TEXT);
    await eventually("tokens", () =>
      vscode.commands.executeCommand<vscode.SemanticTokens | undefined>(
        "vscode.provideDocumentSemanticTokens",
        document.uri,
      ),
    );
  });

  after(closeAll);

  const at = (text: string, offset = 0): vscode.Position => positionOf(document, text, offset);

  it("tells the form of a step while it is written", async () => {
    const help = await vscode.commands.executeCommand<vscode.SignatureHelp>(
      "vscode.executeSignatureHelpProvider",
      document.uri,
      at("crash old", "crash ".length),
    );
    assert.match(help.signatures[0]?.label ?? "", /^crash /);
  });

  it("marks the other places of a name", async () => {
    const marked = await vscode.commands.executeCommand<vscode.DocumentHighlight[]>(
      "vscode.executeDocumentHighlights",
      document.uri,
      at("old"),
    );
    assert.equal(marked.length, 3);
  });

  it("finds scenarios of open files by name", async () => {
    const found = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
      "vscode.executeWorkspaceSymbolProvider",
      "editing",
    );
    assert.ok(found.some(({ name }) => name.includes("editing")));
  });

  it("widens the selection from a word to the step, the block and the file", async () => {
    const [selection] = await vscode.commands.executeCommand<vscode.SelectionRange[]>(
      "vscode.executeSelectionRangeProvider",
      document.uri,
      [at("color")],
    );
    const widths: string[] = [];
    for (let range = selection; range !== undefined; range = range.parent) widths.push(document.getText(range.range));
    assert.equal(widths[0], "color");
    assert.ok(widths.some((text) => text.startsWith("alice put") && !text.includes("\n")));
    assert.ok(widths.at(-1)?.includes("cluster {"));
  });

  it("formats a selection, and what is typed", async () => {
    const untidy = await openScenario("selection.raftlab", TEXT.replace("  crash old", "      crash   old"));
    const line = positionOf(untidy, "crash   old").line;
    const options = { tabSize: 2, insertSpaces: true };
    const inRange = await vscode.commands.executeCommand<vscode.TextEdit[]>(
      "vscode.executeFormatRangeProvider",
      untidy.uri,
      untidy.lineAt(line).range,
      options,
    );
    assert.ok(inRange.length > 0);
    const onType = await vscode.commands.executeCommand<vscode.TextEdit[]>(
      "vscode.executeFormatOnTypeProvider",
      untidy.uri,
      new vscode.Position(line + 1, 0),
      "\n",
      options,
    );
    const edit = new vscode.WorkspaceEdit();
    edit.set(untidy.uri, onType);
    await vscode.workspace.applyEdit(edit);
    assert.equal(untidy.lineAt(line).text, "  crash old");
    await untidy.save();
    await vscode.window.showTextDocument(document);
  });

  it("links a comment to the file it names", async () => {
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      "vscode.executeLinkProvider",
      document.uri,
    );
    assert.ok(links.some(({ target }) => target?.path.endsWith("/five.raftlab")));
  });

  it("inserts a snippet with its places to fill in", async () => {
    const empty = await openScenario("snippet.raftlab", "cluster { nodes s1..s3 }\n\n");
    const editor = await vscode.window.showTextDocument(empty);
    editor.selection = new vscode.Selection(2, 0, 2, 0);
    await vscode.commands.executeCommand("editor.action.insertSnippet", { langId: "raftlab", name: "Scenario" });
    await empty.save();
    assert.match(empty.getText(), /scenario "what it shows" \{\n {2}seed 7\n {2}await leader\n/);
    await vscode.window.showTextDocument(document);
  });

  it("says at the end of each line what it gave in the last run", async () => {
    await lab("runScenario", { uri: document.uri.toString(), scenario: "editing" });
    const everything = new vscode.Range(0, 0, document.lineCount, 0);
    const hints = await eventually("hints", async () => {
      const found = await vscode.commands.executeCommand<vscode.InlayHint[]>(
        "vscode.executeInlayHintProvider",
        document.uri,
        everything,
      );
      return found.length > 0 && found;
    });
    const lines = hints.map(({ position }) => position.line);
    assert.ok(lines.includes(at("alice put").line));
  });
});
