/** What a person can do to live clusters besides writing and the first faults: each command once. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { activate, closeAll, type ExtensionApi, eventually, lab } from "./support.js";

interface Session {
  readonly id: string;
  readonly title: string;
  readonly state: { readonly kind: string };
  readonly leader: string | null;
  readonly events: number;
  readonly traceHash: string | null;
}

interface Outcome {
  readonly ok: boolean;
  readonly result: string;
}

interface Shown {
  readonly id: number;
  readonly timeUs: number;
  readonly title: string;
}

interface Saved {
  readonly uri: string;
  readonly scenario: string;
  readonly traceHash: string;
  readonly exact: boolean | null;
}

const CLUSTER = `cluster {
  nodes s1..s5
  spares s6
  clients alice bob
}

scenario "host" {
  await leader
}
`;

describe("live work by command", () => {
  let api: ExtensionApi;
  let session: Session;

  before(async () => {
    api = await activate();
    const document = await vscode.workspace.openTextDocument({ language: "raftlab", content: CLUSTER });
    await vscode.window.showTextDocument(document);
    session = await lab<Session>("startLive", { uri: document.uri.toString(), scenario: "host" });
    await lab("pauseLive");
    await lab("doStep", { step: "await leader" });
  });

  after(async () => {
    await lab("stopLive");
    await closeAll();
  });

  const faults: readonly (readonly [command: string, argument: object])[] = [
    ["timeout", { server: "any follower" }],
    ["loss", { chance: "5%", on: "s1 <-> all", for: "50ms" }],
    ["latency", { latency: "2ms..20ms", for: "50ms" }],
    ["delay", { type: "AppendEntries", from: "leader", to: "all", by: "20ms", for: "50ms" }],
    ["clock", { server: "s2", how: "drift 5%", for: "50ms" }],
    ["disk", { server: "s3", how: "slow 5ms", for: "50ms" }],
    ["doStep", { step: 'wait 1s; await leader; alice put color "green"' }],
    ["addServer", { server: "s6", role: "learner" }],
    ["doStep", { step: "wait 500ms; await leader" }],
    ["promoteServer", { server: "s6" }],
    ["doStep", { step: "wait 500ms" }],
    ["transferLeadership", { server: "any follower" }],
    ["doStep", { step: 'wait 1s; await leader; alice put color "red"' }],
    ["takeSnapshot", { server: "leader" }],
    ["removeServer", { server: "s6" }],
    ["wipe", { server: "s6" }],
    ["doStep", { step: 'bob cas color "green" -> "blue" => failed' }],
  ];
  for (const [command, argument] of faults) {
    it(`${command} ${JSON.stringify(argument)}`, async () => {
      const outcome = await lab<Outcome | undefined>(command, argument);
      assert.equal(outcome?.ok, true, JSON.stringify(outcome));
    });
  }

  it("refuses a step that does not check, in the language's words", async () => {
    assert.equal(await lab("doStep", { step: "crash s99" }), undefined);
  });

  it("steps back, jumps, and returns to now", async () => {
    const { events } = await lab<Session>("stepLive", { events: 1 });
    const back = await lab<Shown>("stepBack");
    assert.equal(back.id, events - 2);
    assert.equal((await lab<Shown>("stepBack", { events: 3 })).id, events - 5);
    const leader = await lab<Shown>("jumpTo", { to: "leader", direction: "previous" });
    assert.match(leader.title, /leader|steps down|follower/i);
    assert.ok((await lab<Shown>("jumpTo", { to: "commit" })).id > 0);
    assert.equal((await lab<Shown>("jumpTo", { eventId: 12 })).id, 12);
    assert.ok((await lab<Shown>("jumpTo", { timeUs: 100_000 })).timeUs <= 100_000);
    assert.equal((await lab<Shown>("returnToNow")).id, events - 1);
  });

  it("saves the session as a scenario whose run gives the same trace", async () => {
    const saved = await lab<Saved>("saveSession");
    assert.equal(saved.exact, true);
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.toString(), saved.uri);
    assert.equal(document.languageId, "raftlab");
    const errors = await eventually("diagnostics", async () => {
      const found = vscode.languages.getDiagnostics(document.uri);
      return found.filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
    });
    assert.deepEqual(errors, []);
    const ran = await lab<{ readonly session: Session }>("runScenario", { uri: saved.uri, scenario: saved.scenario });
    assert.equal(ran.session.traceHash, saved.traceHash);
  });

  it("goes on from an earlier moment, and back to the other cluster", async () => {
    const branch = await lab<Session>("continueFromHere", { sessionId: session.id, eventId: 40 });
    assert.equal(branch.state.kind, "paused");
    assert.ok(branch.events > 40);
    assert.equal(api.currentSession(), branch.id);
    assert.equal((await lab<Session>("switchLive", { sessionId: session.id })).id, session.id);
    assert.equal(api.currentSession(), session.id);
    await lab("switchLive", { sessionId: branch.id });
    await lab("stopLive");
    await lab("switchLive", { sessionId: session.id });
  });

  it("goes on live from the middle of a finished run, and saves that as a file that gives it again", async () => {
    const content = `${CLUSTER.replace("await leader", 'await leader\n  alice put color "red"\n  crash leader\n  wait 2s')}`;
    const document = await vscode.workspace.openTextDocument({ language: "raftlab", content });
    await vscode.window.showTextDocument(document);
    await lab("runScenario", { uri: document.uri.toString(), scenario: "host" });
    const run = api.currentSession();
    await lab("jumpTo", { timeUs: 300_000 });
    const live = await lab<Session>("continueFromHere");
    assert.equal(api.currentSession(), live.id);
    assert.notEqual(live.id, run);
    assert.equal(live.state.kind, "paused");
    assert.match(live.title, /^host, from event \d+$/);
    assert.equal((await lab<Outcome>("doStep", { step: "crash s3" })).ok, true);
    const saved = await lab<Saved>("saveSession", { sessionId: live.id });
    assert.equal(saved.exact, true);
    const text = (await vscode.workspace.openTextDocument(vscode.Uri.parse(saved.uri))).getText();
    assert.match(text, /until event \d+ \{\n {4}await leader/);
    await lab("stopLive");
    await lab("switchLive", { sessionId: session.id });
  });
});
