import assert from "node:assert/strict";
import * as vscode from "vscode";
import { activate, closeAll, eventually, FIRST_FILE, openScenario, positionOf } from "./support.js";

describe("language features", () => {
  let document: vscode.TextDocument;

  before(async () => {
    await activate();
    document = await openScenario("language.raftlab", FIRST_FILE);
    // The first answer of the server shows that it has the document.
    await eventually("document symbols", async () => (await symbols()).length > 0);
  });

  after(closeAll);

  async function symbols(): Promise<vscode.DocumentSymbol[]> {
    const found = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
      "vscode.executeDocumentSymbolProvider",
      document.uri,
    );
    return found ?? [];
  }

  it("gives files of the extension the language raftlab", () => {
    assert.equal(document.languageId, "raftlab");
  });

  it("finds nothing wrong with the first file of the language's page", async () => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
  });

  it("lists cluster and scenario as symbols", async () => {
    const names = (await symbols()).map((symbol) => symbol.name);
    assert.ok(
      names.some((name) => name.includes("a committed write survives its leader")),
      names.join(),
    );
  });

  it("completes steps where a step begins", async () => {
    const position = positionOf(document, "  crash old", 2);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      document.uri,
      position,
    );
    const labels = list.items.map((item) => (typeof item.label === "string" ? item.label : item.label.label));
    for (const step of ["partition", "await", "crash"]) {
      assert.ok(
        labels.some((label) => label.startsWith(step)),
        `no ${step} among ${labels.slice(0, 40).join(", ")}`,
      );
    }
  });

  it("completes nodes where a node is asked for", async () => {
    const position = positionOf(document, "crash old", "crash ".length);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      document.uri,
      position,
    );
    const labels = list.items.map((item) => (typeof item.label === "string" ? item.label : item.label.label));
    for (const node of ["s1", "s5", "leader", "old"])
      assert.ok(labels.includes(node), `no ${node} in ${labels.join()}`);
  });

  it("explains a setting on hover", async () => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      positionOf(document, "election-timeout", 3),
    );
    const text = hovers.flatMap((hover) => hover.contents.map((c) => (typeof c === "string" ? c : c.value))).join("\n");
    assert.match(text, /election/i);
  });

  it("goes to the definition of a name bound with let, and finds its references", async () => {
    const use = positionOf(document, "crash old", "crash ".length);
    const definitions = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      "vscode.executeDefinitionProvider",
      document.uri,
      use,
    );
    const first = definitions[0];
    assert.ok(first);
    const range = "targetRange" in first ? first.targetRange : first.range;
    assert.equal(range.start.line, positionOf(document, "let old").line);
    const references = await vscode.commands.executeCommand<vscode.Location[]>(
      "vscode.executeReferenceProvider",
      document.uri,
      use,
    );
    assert.equal(references.length, 4);
  });

  it("renames a client everywhere", async () => {
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      "vscode.executeDocumentRenameProvider",
      document.uri,
      positionOf(document, "alice put", 1),
      "carol",
    );
    const edits = edit.entries().flatMap(([, changes]) => changes);
    assert.equal(edits.length, 2);
    assert.ok(edits.every((change) => change.newText === "carol"));
  });

  it("formats: a tidy file stays as it is, an untidy one becomes tidy", async () => {
    const options = { tabSize: 2, insertSpaces: true };
    const untidy = await openScenario("untidy.raftlab", FIRST_FILE.replace("  nodes s1..s5", "        nodes   s1..s5"));
    const edits = await vscode.commands.executeCommand<vscode.TextEdit[]>(
      "vscode.executeFormatDocumentProvider",
      untidy.uri,
      options,
    );
    const change = new vscode.WorkspaceEdit();
    change.set(untidy.uri, edits);
    await vscode.workspace.applyEdit(change);
    assert.equal(untidy.getText(), FIRST_FILE);
    const again = await vscode.commands.executeCommand<vscode.TextEdit[] | undefined>(
      "vscode.executeFormatDocumentProvider",
      untidy.uri,
      options,
    );
    assert.deepEqual(again ?? [], []);
  });

  it("folds blocks", async () => {
    const ranges = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      "vscode.executeFoldingRangeProvider",
      document.uri,
    );
    const scenario = positionOf(document, "scenario").line;
    assert.ok(ranges.some((range) => range.start === scenario));
  });

  it("colours by meaning", async () => {
    const tokens = await vscode.commands.executeCommand<vscode.SemanticTokens>(
      "vscode.provideDocumentSemanticTokens",
      document.uri,
    );
    assert.ok(tokens.data.length > 50);
  });

  it("puts Run, Diagram and Live above the scenario", async () => {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      document.uri,
      20,
    );
    const line = positionOf(document, "scenario").line;
    const titles = lenses.filter((lens) => lens.range.start.line === line).map((lens) => lens.command?.title ?? "");
    for (const word of ["Run", "Diagram", "Live"]) {
      assert.ok(
        titles.some((title) => title.includes(word)),
        `no ${word} in ${titles.join()}`,
      );
    }
  });

  it("underlines a misspelt node as one types, and mends it by its quick fix", async () => {
    const misspelt = await openScenario("misspelt.raftlab", FIRST_FILE.replace("crash old", "crash s11"));
    const diagnostics = await eventually("a diagnostic on s11", () => {
      const found = vscode.languages.getDiagnostics(misspelt.uri);
      return found.length > 0 && found;
    });
    const at = positionOf(misspelt, "s11");
    const diagnostic = diagnostics.find((candidate) => candidate.range.contains(at));
    assert.ok(diagnostic, `no diagnostic at s11: ${diagnostics.map((d) => d.message).join()}`);
    assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Error);
    const { code } = diagnostic;
    assert.ok(typeof code === "object", "the code leads to no page");
    assert.match(String(code.value), /^RL\d+$/);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      misspelt.uri,
      diagnostic.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const fix = actions.find((action) => action.edit !== undefined);
    assert.ok(fix?.edit, `no quick fix: ${actions.map((action) => action.title).join()}`);
    await vscode.workspace.applyEdit(fix.edit);
    assert.match(misspelt.getText(), /crash s1\b/);
    const page = await vscode.workspace.openTextDocument(code.target);
    assert.match(page.getText(), new RegExp(`^# ${code.value}: `, "u"));
    await eventually("no diagnostics", () => vscode.languages.getDiagnostics(misspelt.uri).length === 0);
  });

  it("stays alive while the text is broken in every way", async () => {
    const broken = await openScenario("broken.raftlab", FIRST_FILE);
    for (const at of [10, 80, 150, 230, 300]) {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(broken.uri, broken.positionAt(at), ' }}{ "\u0007 => | ..');
      await vscode.workspace.applyEdit(edit);
    }
    await eventually("diagnostics", () => vscode.languages.getDiagnostics(broken.uri).length > 0);
    assert.ok((await symbols()).length > 0);
  });
});
