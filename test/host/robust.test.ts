import assert from "node:assert/strict";
import * as vscode from "vscode";
import { activate, closeAll, type ExtensionApi, eventually, FIRST_FILE, lab, openScenario } from "./support.js";

const ENDLESS = `cluster { nodes s1..s3 }
scenario "endless" {
  await leader
  repeat 1000000000 {
    put color "red"
  }
}
`;

describe("the lab in trouble", () => {
  let api: ExtensionApi;

  before(async () => {
    api = await activate();
    await openScenario("robust.raftlab", FIRST_FILE);
    await running();
  });
  after(async () => {
    await closeAll();
  });

  function running(timeoutMs = 40_000): Promise<unknown> {
    return eventually(
      "a running server",
      () => api.serverStatus() === "running" && api.serverPid() !== undefined,
      timeoutMs,
    );
  }

  function pid(): number {
    const found = api.serverPid();
    assert.ok(found, "the server has no process");
    return found;
  }

  function kill(process_: number, signal: NodeJS.Signals): void {
    try {
      process.kill(process_, signal);
    } catch {
      // It has ended already.
    }
  }

  async function gone(process_: number): Promise<void> {
    await eventually("the end of the process", () => {
      try {
        process.kill(process_, 0);
        return false;
      } catch {
        return true;
      }
    });
  }

  async function runs(): Promise<unknown> {
    const document = await openScenario("robust.raftlab", FIRST_FILE);
    const [scenario] = /(?<=scenario ")[^"]+/.exec(FIRST_FILE) ?? [];
    return lab("runScenario", { uri: document.uri.toString(), scenario });
  }

  it("leaves a report of a process that was killed, without any scenario's text", async () => {
    const before = pid();
    kill(before, "SIGKILL");
    await eventually("another process", () => api.serverStatus() === "running" && api.serverPid() !== before);
    const text = await eventually("a report", async () => {
      await lab("openReport");
      const found = vscode.window.activeTextEditor?.document.getText() ?? "";
      return found.includes("- what: the language server has ended") && found;
    });
    assert.match(text, /- Raft Lab: \d+\.\d+\.\d+/);
    assert.match(text, /- VS Code: 1\.\d+/);
    // Nor of what other suites have said to the lab before.
    assert.deepEqual(
      text.split("\n").filter((line) => /color|alice|robust/.test(line)),
      [],
    );
  }).timeout(60_000);

  it("is restarted while it starts, and twice at once", async () => {
    const first = pid();
    kill(first, "SIGKILL");
    await eventually("the end to be noticed", () => api.serverStatus() === "starting");
    await lab("restartServer");
    await running();
    const second = pid();
    await Promise.all([lab("restartServer"), lab("restartServer")]);
    await running();
    assert.notEqual(pid(), second);
    await gone(second);
    assert.ok(await runs());
  }).timeout(90_000);

  it("notices a process that does not answer, and that it answers again", async () => {
    const process_ = pid();
    kill(process_, "SIGSTOP");
    await eventually("a server that hangs", () => api.serverStatus() === "hangs", 40_000);
    kill(process_, "SIGCONT");
    await eventually("answers", () => api.serverStatus() === "running");
    assert.equal(pid(), process_);
  }).timeout(90_000);

  it("is restarted when the process does not answer: the old one is killed", async () => {
    const process_ = pid();
    kill(process_, "SIGSTOP");
    await lab("restartServer");
    await running();
    assert.notEqual(pid(), process_);
    await gone(process_);
    assert.ok(await runs());
  }).timeout(90_000);

  it("gives up after many deaths in a row, and is restarted by hand all the same", async () => {
    await eventually(
      "a server that is given up",
      () => {
        const now = api.serverPid();
        if (api.serverStatus() === "running" && now !== undefined) kill(now, "SIGKILL");
        return api.serverStatus() === "stopped";
      },
      90_000,
    );
    await lab("restartServer");
    assert.equal(api.serverStatus(), "running");
    assert.ok(await runs());
  }).timeout(150_000);

  it("goes by changed settings at once, and by the default for a value that does not fit", async () => {
    const settings = vscode.workspace.getConfiguration("raftlab");
    const { Global } = vscode.ConfigurationTarget;
    const document = await openScenario("endless.raftlab", ENDLESS);
    const lenses = (): Thenable<vscode.CodeLens[]> =>
      vscode.commands.executeCommand("vscode.executeCodeLensProvider", document.uri);
    await eventually("lenses", async () => (await lenses()).length > 0);
    await settings.update("codeLens.enabled", false, Global);
    await eventually("no lenses", async () => (await lenses()).length === 0);
    await settings.update("codeLens.enabled", undefined, Global);
    await eventually("lenses again", async () => (await lenses()).length > 0);
    await settings.update("simulation.maxEvents", 10_000, Global);
    const uri = document.uri.toString();
    assert.equal(await lab("runScenario", { uri, scenario: "endless" }), undefined);
    await settings.update("simulation.maxEvents", "many", Global);
    assert.ok(await runs());
    await settings.update("simulation.maxEvents", undefined, Global);
  }).timeout(90_000);

  it("runs a document of any file system that is open, and reads none that is not", async () => {
    const provider = vscode.workspace.registerTextDocumentContentProvider("raftlab-virtual", {
      provideTextDocumentContent: () => FIRST_FILE,
    });
    try {
      const uri = vscode.Uri.parse("raftlab-virtual://somewhere/first.raftlab");
      const [scenario] = /(?<=scenario ")[^"]+/.exec(FIRST_FILE) ?? [];
      assert.equal(await lab("runScenario", { uri: uri.toString(), scenario }), undefined);
      const document = await vscode.workspace.openTextDocument(uri);
      assert.equal(document.languageId, "raftlab");
      await vscode.window.showTextDocument(document);
      assert.ok(await lab("runScenario", { uri: uri.toString(), scenario }));
    } finally {
      provider.dispose();
    }
  }).timeout(60_000);

  it("declares where it works", () => {
    const found = vscode.extensions.getExtension("raftlab.raftlab");
    assert.ok(found);
    const { capabilities, extensionKind }: Record<string, unknown> = found.packageJSON;
    assert.deepEqual(extensionKind, ["workspace"]);
    assert.deepEqual(Object(capabilities).untrustedWorkspaces, { supported: true });
    assert.equal(Object(capabilities).virtualWorkspaces.supported, "limited");
  });
});
