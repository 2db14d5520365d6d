import assert from "node:assert/strict";
import * as vscode from "vscode";
import {
  activate,
  closeAll,
  type ExtensionApi,
  eventually,
  FIRST_FILE,
  lab,
  openScenario,
  writeFile,
} from "./support.js";

describe("the language server's process", () => {
  let api: ExtensionApi;

  before(async () => {
    api = await activate();
    await openScenario("server.raftlab", FIRST_FILE);
    await eventually("a running server", () => api.serverStatus() === "running");
  });

  after(closeAll);

  function pid(): number {
    const found = api.serverPid();
    assert.ok(found, "the server has no process");
    return found;
  }

  it("is started again after SIGKILL, and the language features are back", async () => {
    const broken = await openScenario("killed.raftlab", FIRST_FILE.replace("crash old", "crash nobody"));
    await eventually("diagnostics", () => vscode.languages.getDiagnostics(broken.uri).length > 0);
    const before = pid();
    process.kill(before, "SIGKILL");
    await eventually("another process", () => {
      const now = api.serverPid();
      return api.serverStatus() === "running" && now !== undefined && now !== before;
    });
    await eventually("diagnostics again", () => vscode.languages.getDiagnostics(broken.uri).length > 0);
  });

  it("is restarted by the command", async () => {
    const before = pid();
    await lab("restartServer");
    assert.equal(api.serverStatus(), "running");
    assert.notEqual(pid(), before);
    await eventually("the end of the old process", () => {
      try {
        process.kill(before, 0);
        return false;
      } catch {
        return true;
      }
    });
  });

  it("survives a file that is no text", async () => {
    const bytes = Uint8Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256);
    const uri = await writeFile("binary.raftlab", bytes);
    const result = await lab("runScenario", { uri: uri.toString(), scenario: "x" });
    assert.equal(result, undefined);
    assert.equal(api.serverStatus(), "running");
  });

  it("survives a file of 50 MB", async () => {
    const uri = await writeFile("huge.raftlab", new Uint8Array(50 * 1024 * 1024).fill(0x61));
    const before = pid();
    const result = await lab("runScenario", { uri: uri.toString(), scenario: "x" });
    assert.equal(result, undefined);
    const document = await vscode.workspace.openTextDocument(uri).then(
      (opened) => opened,
      () => undefined,
    );
    if (document) await vscode.window.showTextDocument(document);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    assert.equal(pid(), before, "the server has died of it");
    await vscode.workspace.fs.delete(uri);
  }).timeout(120_000);

  it("answers an unknown scenario with a message, not with an error", async () => {
    const document = await openScenario("known.raftlab", FIRST_FILE);
    const result = await lab("runScenario", { uri: document.uri.toString(), scenario: "no such scenario" });
    assert.equal(result, undefined);
    assert.equal(api.serverStatus(), "running");
  });
});
