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
  positionOf,
} from "./support.js";

interface Ran {
  readonly session: { readonly id: string; readonly state: { readonly kind: string } };
  readonly result: {
    readonly verdict: string;
    readonly traceHash: string;
    readonly events: number;
    readonly seed: number;
    readonly steps: readonly { readonly line: number; readonly ok: boolean; readonly eventId: number }[];
  };
}

const TITLE = "a committed write survives its leader";

/** A second scenario whose last step cannot hold. */
const TWO_SCENARIOS = `${FIRST_FILE}
scenario "a value that was never written" {
  await leader
  alice get color => "blue"
}
`;

describe("running a scenario", () => {
  let api: ExtensionApi;

  before(async () => {
    api = await activate();
  });

  after(closeAll);

  it("gives a verdict, a hash, and the same ones again", async () => {
    const document = await openScenario("run.raftlab", FIRST_FILE);
    const first = await lab<Ran>("runScenario", { uri: document.uri.toString(), scenario: TITLE });
    assert.equal(first.result.verdict, "pass");
    assert.match(first.result.traceHash, /^[0-9a-f]{16}$/);
    assert.equal(first.result.seed, 7);
    const second = await lab<Ran>("runScenario", { uri: document.uri.toString(), scenario: TITLE });
    assert.equal(second.result.traceHash, first.result.traceHash);
    const other = await lab<Ran>("runScenario", { uri: document.uri.toString(), scenario: TITLE, seed: 8 });
    assert.notEqual(other.result.traceHash, first.result.traceHash);
  });

  it("runs the scenario of the caret when none is named, and makes it current", async () => {
    const document = await openScenario("caret.raftlab", TWO_SCENARIOS);
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    const caret = positionOf(document, "crash old");
    editor.selection = new vscode.Selection(caret, caret);
    const ran = await lab<Ran>("runScenario");
    assert.equal(ran.result.verdict, "pass");
    assert.equal(api.currentSession(), ran.session.id);
  });

  it("marks a failed expectation on its line", async () => {
    const document = await openScenario("fails.raftlab", TWO_SCENARIOS);
    const ran = await lab<Ran>("runScenario", {
      uri: document.uri.toString(),
      scenario: "a value that was never written",
    });
    assert.equal(ran.result.verdict, "fail");
    const line = positionOf(document, 'alice get color => "blue"').line;
    assert.ok(ran.result.steps.some((step) => !step.ok && step.line === line + 1));
    const diagnostic = await eventually("a diagnostic on the failed line", () =>
      vscode.languages.getDiagnostics(document.uri).find((candidate) => candidate.range.start.line === line),
    );
    assert.match(diagnostic.message, /blue/);
  });

  it("shows the verdict above the scenario", async () => {
    const document = await openScenario("verdict.raftlab", FIRST_FILE);
    await lab("runScenario", { uri: document.uri.toString(), scenario: TITLE });
    await eventually("a lens with the verdict", async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        "vscode.executeCodeLensProvider",
        document.uri,
        20,
      );
      return lenses.some((lens) => /pass/.test(lens.command?.title ?? ""));
    });
  });

  it("runs all scenarios of a file", async () => {
    const document = await openScenario("all.raftlab", TWO_SCENARIOS);
    const ran = await lab<Ran[]>("runAll", { uri: document.uri.toString() });
    assert.deepEqual(
      ran.map((each) => each.result.verdict),
      ["pass", "fail"],
    );
  });

  it("goes from the caret to the first event of that line, and tells why it happened", async () => {
    const document = await openScenario("why.raftlab", FIRST_FILE);
    const ran = await lab<Ran>("runScenario", { uri: document.uri.toString(), scenario: TITLE });
    await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    const caret = positionOf(document, "crash old");
    editor.selection = new vscode.Selection(caret, caret);
    const eventId = await lab<number>("showInClusterPanel");
    const crash = ran.result.steps.find((step) => step.line === caret.line + 1);
    assert.ok(crash);
    assert.ok(Math.abs(eventId - crash.eventId) <= 2, `event ${eventId}, step at ${crash.eventId}`);
    const why = await lab<{ eventId: number; links: { title: string }[] }>("showWhy", { eventId });
    assert.equal(why.eventId, eventId);
    assert.ok(why.links.length >= 1);
  });

  it("answers a question about a moment, also about what did not happen", async () => {
    const document = await openScenario("ask.raftlab", FIRST_FILE);
    await lab<Ran>("runScenario", { uri: document.uri.toString(), scenario: TITLE });
    const why = await lab<{ question: string; holds: boolean; headline: string }>("askWhy", {
      eventId: 3,
      title: "Why is there no leader?",
    });
    assert.equal(why.question, "Why is there no leader?");
    assert.equal(why.holds, false);
    assert.match(why.headline, /^There is no leader yet/);
  });

  it("opens the cluster panel beside the editor after a run, and the diagram by its command", async () => {
    await closeAll();
    const document = await openScenario("panel.raftlab", FIRST_FILE);
    await lab("runScenario", { uri: document.uri.toString(), scenario: TITLE });
    await lab("openMessageDiagram");
    const shown = (): string[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs.map((tab) => tab.label));
    await eventually("both panels", () => shown().includes("Raft Cluster") && shown().includes("Raft Messages"));
    await lab("openMessageDiagram");
    assert.equal(shown().filter((label) => label === "Raft Messages").length, 1);
  });

  it("opens the client history of a run by its command, from the palette or on a run of the list", async () => {
    await closeAll();
    const document = await openScenario("history.raftlab", FIRST_FILE);
    const ran = await lab<Ran>("runScenario", { uri: document.uri.toString(), scenario: TITLE });
    await lab("openHistory", { kind: "session", sessionId: ran.session.id });
    const shown = (): string[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs.map((tab) => tab.label));
    await eventually("the client history", () => shown().includes("Client History"));
    await lab("openHistory");
    assert.equal(shown().filter((label) => label === "Client History").length, 1);
    assert.equal(api.currentSession(), ran.session.id);
  });

  it("keeps runs, opens them again with the same hash, and deletes them", async () => {
    const document = await openScenario("kept.raftlab", FIRST_FILE);
    const ran = await lab<Ran>("runScenario", { uri: document.uri.toString(), scenario: TITLE });
    await lab("restartServer");
    await eventually("a running server", () => api.serverStatus() === "running");
    const opened = await lab<{ id: string; traceHash: string }>("openRun", { sessionId: ran.session.id });
    assert.equal(opened.traceHash, ran.result.traceHash);
    await lab("deleteRun", { sessionId: ran.session.id });
    await eventually("no current session", () => api.currentSession() === undefined);
    assert.equal(await lab("openRun", { sessionId: ran.session.id }), undefined);
  });
});
