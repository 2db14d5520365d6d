import assert from "node:assert/strict";
import * as vscode from "vscode";
import { activate, closeAll, eventually, lab } from "./support.js";

interface Outcome {
  readonly ok: boolean;
  readonly result: string;
}

/** Does an operation that has to succeed; its result. */
async function done(command: string, argument: unknown): Promise<string> {
  const outcome = await lab<Outcome | undefined>(command, argument);
  assert.ok(outcome?.ok, `${command} ${JSON.stringify(argument)}: ${outcome?.result}`);
  return outcome.result;
}

describe("etcd's operations on a live cluster", () => {
  before(async () => {
    await activate();
    await lab("startLive", {});
    await lab("setPace", { pace: null });
    await eventually(
      "a leader",
      async () => (await lab<Outcome | undefined>("put", { key: "color", value: "red" }))?.ok,
    );
  });

  after(async () => {
    await lab("stopLive");
    await closeAll();
  });

  it("goes from a key to the event that wrote a revision", async () => {
    const written = await lab<number | undefined>("goToWriter", { key: "color", revision: 2 });
    assert.ok(written !== undefined && written > 0);
    assert.equal(await lab("goToEvent", { eventId: written }), written);
    assert.equal(await lab("goToWriter", { key: "color", revision: 999 }), undefined);
  });

  it("put takes values of several lines and a lease, and get old revisions, a limit, local state", async () => {
    assert.match(await done("put", { key: "color", value: "two\nlines" }), /ok/);
    assert.equal(await done("get", { key: "color" }), '"two\\nlines"');
    assert.equal(await done("get", { key: "color", rev: 2 }), '"red"');
    await done("put", { key: "/config/a", value: "1" });
    await done("put", { key: "/config/b", value: "2" });
    assert.equal(await done("get", { key: "/config/", prefix: true, limit: 1 }), '"1"');
    assert.equal(await done("get", { key: "color", serializable: true }), '"two\\nlines"');
    assert.equal(await done("delete", { key: "/config/", prefix: true }), "ok, 2 deleted");
  });

  it("a transaction is given as its body; one that is wrong is refused with the language's message", async () => {
    const body = 'if version(other) == 0 then put other "x" else get other';
    assert.equal(await done("txn", { body }), "ok");
    assert.match(await done("txn", { body }), /^failed/);
    assert.equal(await lab("txn", { body: "if then" }), undefined);
  });

  it("leases are granted, renewed, looked at and revoked, by name", async () => {
    assert.match(await done("leaseGrant", { ttl: "6000s", name: "l1" }), /for 6000s/);
    await done("put", { key: "session", value: "a", lease: "l1" });
    assert.match(await done("leaseKeepAlive", { name: "l1" }), /ok/);
    assert.match(await done("leaseTimeToLive", { name: "l1" }), /s of 6000s/);
    await done("leaseRevoke", { name: "l1" });
    assert.equal(await done("get", { key: "session" }), "none");
  });

  it("locks are acquired and released, elections entered and left", async () => {
    await done("lock", { lock: "jobs", name: "k1" });
    await done("unlock", { name: "k1" });
    await done("campaign", { election: "boss", value: "alice", name: "c1" });
    await done("resign", { name: "c1" });
  });

  it("a watch begins in the past, tells its progress and ends; history is compacted", async () => {
    await done("watch", { key: "color", fromRev: 2, prevKv: true, name: "past" });
    const api = await activate();
    await eventually("what was before", () => api.results().some((line) => /past: put color "red"/.test(line)));
    await done("watchProgress", { watch: "past" });
    await done("unwatch", { watch: "past" });
    await done("compact", { rev: 3 });
    assert.equal(await lab("get", { key: "color", rev: 2 }), undefined);
  });

  it("copies a key's value at the cursor, and a prepared text", async () => {
    assert.equal(await lab("copy", { key: "color" }), "red");
    assert.equal(await lab("copy", { copy: "alice watch color as w1" }), "alice watch color as w1");
    assert.equal(await vscode.env.clipboard.readText(), "alice watch color as w1");
  });
});
