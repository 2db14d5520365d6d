import assert from "node:assert/strict";
import { activate, closeAll, type ExtensionApi, eventually, FIRST_FILE, lab, openScenario } from "./support.js";

interface Session {
  readonly id: string;
  readonly kind: string;
  readonly state: { readonly kind: string };
  readonly leader: string | null;
  readonly pace: number | null;
  readonly events: number;
  readonly servers: readonly string[];
}

interface Outcome {
  readonly ok: boolean;
  readonly result: string;
}

describe("a live cluster", () => {
  let api: ExtensionApi;

  before(async () => {
    api = await activate();
  });

  after(async () => {
    await lab("stopLive");
    await closeAll();
  });

  async function leader(): Promise<string> {
    return eventually("a leader", async () => {
      const outcome = await lab<Outcome | undefined>("get", { key: "color" });
      const session = await lab<Session>("setPace", { pace: 10 });
      return outcome?.ok === true && session.leader !== null && session.leader;
    });
  }

  it("starts from nothing, with three servers", async () => {
    const session = await lab<Session>("startLive", {});
    assert.equal(session.kind, "live");
    assert.equal(session.servers.length, 3);
    assert.equal(session.state.kind, "running");
    assert.equal(api.currentSession(), session.id);
  });

  it("takes another pace, pauses, steps and goes on", async () => {
    assert.equal((await lab<Session>("setPace", { pace: 1 })).pace, 1);
    assert.equal((await lab<Session>("pauseLive")).state.kind, "paused");
    const before = await lab<Session>("stepLive", { events: 1 });
    const after = await lab<Session>("stepLive", { events: 5 });
    assert.equal(after.events - before.events >= 1, true);
    assert.equal((await lab<Session>("resumeLive")).state.kind, "running");
    assert.equal((await lab<Session>("setPace", { pace: 10 })).pace, 10);
  });

  it("puts, gets and deletes, with texts that need quoting", async () => {
    await leader();
    assert.match((await lab<Outcome>("put", { key: "color", value: "red" })).result, /ok/);
    assert.match((await lab<Outcome>("get", { key: "color" })).result, /"red"/);
    const strange = 'a "quoted" \\ line\nand \u{1F600}';
    assert.ok((await lab<Outcome>("put", { key: "two words", value: strange })).ok);
    assert.match((await lab<Outcome>("get", { key: "two words" })).result, /quoted/);
    assert.ok((await lab<Outcome>("delete", { key: "two words" })).ok);
    assert.match((await lab<Outcome>("get", { key: "two words" })).result, /none/);
  });

  it("watches a prefix", async () => {
    const outcome = await lab<Outcome>("watch", { key: "/config/", prefix: true });
    assert.ok(outcome.ok);
    assert.ok((await lab<Outcome>("put", { key: "/config/color", value: "red" })).ok);
    await eventually("the watch's line in the results", () =>
      api.results().some((line) => /w1: put [/]config[/]color "red"/.test(line)),
    );
  });

  it("keeps what was written when its leader crashes", async () => {
    const old = await leader();
    await lab("put", { key: "kept", value: "yes" });
    assert.ok((await lab<Outcome>("crash", { server: "leader" })).ok);
    const next = await eventually("another leader", async () => {
      const session = await lab<Session>("setPace", { pace: 10 });
      return session.leader !== null && session.leader !== old && session.leader;
    });
    assert.notEqual(next, old);
    assert.match((await lab<Outcome>("get", { key: "kept" })).result, /"yes"/);
    assert.ok((await lab<Outcome>("restartNode", { server: old })).ok);
  });

  it("takes every other fault", async () => {
    const [a = "s1", b = "s2", c = "s3"] = ["s1", "s2", "s3"];
    assert.ok((await lab<Outcome>("pauseNode", { server: a })).ok);
    assert.ok((await lab<Outcome>("resumeNode", { server: a })).ok);
    assert.ok((await lab<Outcome>("isolate", { server: b })).ok);
    assert.ok((await lab<Outcome>("heal", {})).ok);
    assert.ok((await lab<Outcome>("partition", { groups: [[a], [b, c]] })).ok);
    assert.ok((await lab<Outcome>("heal", {})).ok);
    assert.ok((await lab<Outcome>("cut", { from: a, to: b, both: true })).ok);
    assert.ok((await lab<Outcome>("heal", { what: a })).ok);
    assert.ok((await lab<Outcome>("dropNext", { type: "AppendEntries", from: "all", to: a, count: 2 })).ok);
  });

  it("answers a step that does not check with a message", async () => {
    assert.equal(await lab("crash", { server: "nobody" }), undefined);
    assert.equal(api.serverStatus(), "running");
  });

  it("resumes where it was when the server's process is killed", async () => {
    await lab("put", { key: "durable", value: "still here" });
    const id = api.currentSession();
    const pid = api.serverPid();
    assert.ok(pid !== undefined && id !== undefined);
    process.kill(pid, "SIGKILL");
    await eventually("another process", () => {
      const now = api.serverPid();
      return api.serverStatus() === "running" && now !== undefined && now !== pid;
    });
    const outcome = await eventually("the value", async () => {
      await lab("resumeLive", { sessionId: id });
      await lab("setPace", { sessionId: id, pace: 10 });
      return lab<Outcome | undefined>("get", { key: "durable" });
    });
    assert.match(outcome.result, /still here/);
    assert.equal(api.currentSession(), id);
  });

  it("starts with the cluster of a scenario", async () => {
    const document = await openScenario("live.raftlab", FIRST_FILE);
    const session = await lab<Session>("startLive", {
      uri: document.uri.toString(),
      scenario: "a committed write survives its leader",
    });
    assert.equal(session.servers.length, 5);
    const stopped = await lab<Session>("stopLive");
    assert.notEqual(stopped.state.kind, "running");
    assert.notEqual(stopped.state.kind, "paused");
  });
});
