import assert from "node:assert/strict";
import * as vscode from "vscode";
import { activate, closeAll, eventually, FIRST_FILE, lab, openScenario } from "./support.js";

const TITLE = "a committed write survives its leader";
const ENDLESS =
  'cluster { nodes s1..s3 }\nscenario "endless" { await leader; repeat 1000000000 { put color "red" } }\n';

describe("settings", () => {
  let document: vscode.TextDocument;
  const { Global } = vscode.ConfigurationTarget;
  const changed: string[] = [];

  /** Changes a setting until the end of the suite. */
  async function set(name: string, value: unknown): Promise<void> {
    changed.push(name);
    await vscode.workspace.getConfiguration("raftlab").update(name, value, Global);
  }

  const panels = (): readonly vscode.Tab[] =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ input }) => input instanceof vscode.TabInputWebview);

  const run = (): Thenable<unknown> => lab("runScenario", { uri: document.uri.toString(), scenario: TITLE });

  before(async () => {
    await activate();
    await closeAll();
    document = await openScenario("settings.raftlab", FIRST_FILE);
  });

  after(async () => {
    for (const name of changed) await vscode.workspace.getConfiguration("raftlab").update(name, undefined, Global);
    await closeAll();
  });

  it("openPanelOnRun: a run opens no panel where it is off", async () => {
    await set("openPanelOnRun", false);
    await run();
    assert.deepEqual(panels(), []);
    await set("openPanelOnRun", true);
    await run();
    await eventually("a panel", () => panels().length === 1);
    await set("openPanelOnRun", false);
  });

  it("inlayHints.enabled: what a run gave is not written into the text where it is off", async () => {
    await vscode.window.showTextDocument(document);
    const everything = new vscode.Range(0, 0, document.lineCount, 0);
    const hints = async (): Promise<number> => {
      const found = await vscode.commands.executeCommand<vscode.InlayHint[] | undefined>(
        "vscode.executeInlayHintProvider",
        document.uri,
        everything,
      );
      return found?.length ?? 0;
    };
    await eventually("hints", async () => (await hints()) > 0);
    await set("inlayHints.enabled", false);
    await eventually("no hints", async () => (await hints()) === 0);
    await set("inlayHints.enabled", true);
    await eventually("hints again", async () => (await hints()) > 0);
  });

  it("live.pace: a live cluster begins with it", async () => {
    await set("live.pace", 0.02);
    const session = await lab<{ readonly pace: number | null }>("startLive", {});
    assert.equal(session.pace, 0.02);
    await lab("stopLive");
  });

  it("simulation.maxSeconds: a run that takes longer is ended", async () => {
    await set("simulation.maxSeconds", 1);
    const endless = await openScenario("forever.raftlab", ENDLESS);
    assert.equal(await lab("runScenario", { uri: endless.uri.toString(), scenario: "endless" }), undefined);
    await vscode.window.showTextDocument(document);
  }).timeout(60_000);

  it("store.keep: older runs are forgotten when there are more", async () => {
    await set("store.keep", 3);
    const ran: { readonly session: { readonly id: string } }[] = [];
    for (let i = 0; i < 5; i += 1) ran.push((await run()) as { readonly session: { readonly id: string } });
    assert.equal(await lab("openRun", { sessionId: ran[0]?.session.id }), undefined);
    assert.ok(await lab("openRun", { sessionId: ran[4]?.session.id }));
  });

  it("trace.server: the lab answers while its messages are written to the log", async () => {
    await set("trace.server", "verbose");
    assert.ok(await run());
    await set("trace.server", "off");
  });
});
