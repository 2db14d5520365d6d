import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CancellationTokenSource, ProgressType } from "vscode-languageserver/node";
import { FIRST_FILE } from "../../server/src/language/fixtures/design-examples.js";
import * as diagrams from "../../server/src/protocol/diagram-rows.js";
import type { Failure } from "../../server/src/protocol/requests.js";
import * as protocol from "../../server/src/protocol/requests.js";
import { Editor } from "./editor.js";
import { FakeLab, resultOf, sessionOf } from "./fake-lab.js";

const URI = "file:///lab/first.raftlab";
const TITLE = "a committed write survives its leader";

describe("requests to the lab", () => {
  let editor: Editor;
  let lab: FakeLab;
  const storage: { folder?: string | null } = {};

  beforeEach(async () => {
    lab = new FakeLab();
    const options = { workspaceStorage: null, globalStorage: "/kept/here", locale: "en" };
    editor = await Editor.open(lab.host({ "file:///lab/saved.raftlab": FIRST_FILE }, storage), options);
  });

  afterEach(() => editor.close());

  const send = <R>(method: string, params: unknown): Promise<R> => editor.client.sendRequest<R>(method, params);

  test("a run gets the text as the person sees it, unsaved edits included", async () => {
    await editor.openDocument(URI, FIRST_FILE);
    await editor.change(URI, { text: `${FIRST_FILE}# edited` });
    const outcome = await send<{ ok: boolean }>("raftlab/run", { uri: URI, scenario: TITLE, seed: 3 });
    expect(outcome.ok).toBe(true);
    expect(lab.calls).toEqual([
      { method: "run", params: { source: { uri: URI, text: `${FIRST_FILE}# edited` }, scenario: TITLE, seed: 3 } },
    ]);
  });

  test("a run of a document that is not open reads it, or says why it cannot", async () => {
    const saved = await send<{ ok: boolean }>("raftlab/run", { uri: "file:///lab/saved.raftlab", scenario: TITLE });
    expect(saved.ok).toBe(true);
    const missing = await send<Failure>("raftlab/run", { uri: "file:///lab/missing.raftlab", scenario: TITLE });
    expect(missing).toEqual({ ok: false, message: "file:///lab/missing.raftlab: there is no such file." });
  });

  test("the lab starts with the first request, once, in the folder it was given", async () => {
    expect(lab.started).toBe(0);
    await Promise.all([send("raftlab/sessions", {}), send("raftlab/sessions", {})]);
    expect(lab.started).toBe(1);
    expect(storage.folder).toBe("/kept/here");
  });

  test("a lab that cannot start is a failure, and is tried again", async () => {
    const host = lab.host();
    let attempts = 0;
    const second = await Editor.open({
      ...host,
      createLab: async (options) => {
        attempts++;
        if (attempts === 1) throw new Error("no worker today");
        return host.createLab(options);
      },
    });
    await second.openDocument(URI, FIRST_FILE);
    const run = (): Promise<Failure> => second.client.sendRequest("raftlab/run", { uri: URI, scenario: TITLE });
    expect((await run()).message).toContain("no worker today");
    expect(second.complaints().join()).toContain("raftlab/run");
    expect((await run()).ok).toBe(true);
    await second.close();
  });

  test("cancelling reaches the lab as an abort, and the request answers", async () => {
    await editor.openDocument(URI, FIRST_FILE);
    let aborted = false;
    let begun: () => void = () => undefined;
    const started = new Promise<void>((resolve) => {
      begun = resolve;
    });
    lab.overrides = {
      run: (_params, { signal }) =>
        new Promise((resolve) => {
          begun();
          signal.addEventListener("abort", () => {
            aborted = true;
            resolve({ ok: false, message: "The run was cancelled." });
          });
        }),
    };
    const cancellation = new CancellationTokenSource();
    const asked = editor.client.sendRequest("raftlab/run", { uri: URI, scenario: TITLE }, cancellation.token);
    await started;
    cancellation.cancel();
    expect(await asked).toEqual({ ok: false, message: "The run was cancelled." });
    expect(aborted).toBe(true);
  });

  test("language requests are answered while a run is under way", async () => {
    await editor.openDocument(URI, FIRST_FILE);
    let finish: () => void = () => undefined;
    lab.play = (source, scenario) =>
      new Promise((resolve) => {
        finish = () => resolve(resultOf(sessionOf(source.uri, scenario)));
      });
    const run = send<{ ok: boolean }>("raftlab/run", { uri: URI, scenario: TITLE });
    const symbols = await editor.ask<unknown[]>("textDocument/documentSymbol", URI);
    expect(symbols).toHaveLength(2);
    await editor.until(() => (lab.calls.length > 0 ? true : undefined));
    finish();
    expect((await run).ok).toBe(true);
  });

  test("progress is reported under the token that was given", async () => {
    await editor.openDocument(URI, FIRST_FILE);
    lab.play = async (source, scenario, { onProgress }) => {
      onProgress({ timeUs: 1000, events: 10, fraction: 0.25, message: "line 12: await leader" });
      onProgress({ timeUs: 2000, events: 20, fraction: null, message: "still going" });
      return resultOf(sessionOf(source.uri, scenario));
    };
    const seen: unknown[] = [];
    editor.client.onProgress(new ProgressType<unknown>(), "token-1", (value: unknown) => {
      seen.push(value);
    });
    await send("raftlab/run", { uri: URI, scenario: TITLE, workDoneToken: "token-1" });
    expect(seen).toEqual([
      { kind: "begin", title: TITLE, percentage: 0, cancellable: true },
      { kind: "report", percentage: 25, message: "line 12: await leader" },
      { kind: "report", message: "still going" },
      { kind: "end" },
    ]);
  });

  test("a rejection in the lab is a failure in words and a log entry with its context", async () => {
    lab.overrides = { why: () => Promise.reject(new Error("index 7 out of range")) };
    const outcome = await send<Failure>("raftlab/why", { sessionId: "run-1", eventId: 7 });
    expect(outcome.ok).toBe(false);
    expect(outcome.message).toContain("Something went wrong inside Raft Lab");
    expect(editor.complaints().join()).toMatch(
      /raftlab\/why \{"sessionId":"run-1","eventId":7\} failed: Error: index 7/,
    );
  });

  test("what happens in the lab reaches the client", async () => {
    await send("raftlab/sessions", {});
    const session = sessionOf(URI, TITLE, { state: { kind: "running" } });
    lab.emit({ kind: "session-changed", session });
    lab.emit({ kind: "cursor-changed", sessionId: "run-1", cursor: 12, line: 3 });
    lab.emit({ kind: "watch-event", sessionId: "run-1", watch: "w", timeUs: 5, text: "put color" });
    lab.emit({ kind: "session-deleted", sessionId: "run-1" });
    lab.emit({ kind: "store-message", message: "set aside" });
    await editor.until(() => editor.notifications.find((n) => n.method === "raftlab/storeMessage"));
    expect(editor.notifications.filter((n) => n.method.startsWith("raftlab/"))).toEqual([
      { method: "raftlab/sessionChanged", params: { session } },
      { method: "raftlab/cursorChanged", params: { sessionId: "run-1", cursor: 12, line: 3 } },
      { method: "raftlab/watchEvent", params: { sessionId: "run-1", watch: "w", timeUs: 5, text: "put color" } },
      { method: "raftlab/sessionDeleted", params: { sessionId: "run-1" } },
      { method: "raftlab/storeMessage", params: { message: "set aside" } },
    ]);
  });

  test("scenarios are listed with their lines and whether they can run", async () => {
    const text = `${FIRST_FILE}\nscenario "broken" {\n  crash s9\n}\n`;
    await editor.openDocument(URI, text);
    expect(await send("raftlab/scenarios", { uri: URI })).toEqual({
      ok: true,
      scenarios: [
        { title: TITLE, line: 10, runnable: true },
        { title: "broken", line: 23, runnable: false },
      ],
    });
  });

  test.each([
    ["raftlab/run", {}, '"uri" must be text, not missing; "scenario" must be text, not missing'],
    ["raftlab/run", { uri: URI, scenario: 7 }, '"scenario" must be text, not 7'],
    ["raftlab/run", { uri: URI, scenario: "a", seed: 1.5 }, '"seed" must be an integer from 0 on, not 1.5'],
    ["raftlab/run", [1], "the parameters must be an object, not a list"],
    ["raftlab/live/control", { sessionId: "a" }, '"control" must be an object, not missing'],
    ["raftlab/live/control", { sessionId: "a", control: { kind: "fly" } }, '"control.kind" must be "run", "pause"'],
    [
      "raftlab/live/control",
      { sessionId: "a", control: { kind: "pace", pace: 0 } },
      '"control.pace" must be a number above 0',
    ],
    ["raftlab/live/act", { sessionId: {}, step: "heal" }, '"sessionId" must be text, not an object'],
    [
      "raftlab/cursor/move",
      { sessionId: "a", move: { kind: "jump", direction: "up", to: "note" } },
      '"move.direction" must be',
    ],
    ["raftlab/cursor/move", { sessionId: "a", move: null }, '"move" must be an object, not null'],
    ["raftlab/view/cluster", { sessionId: "a", eventId: "7" }, '"eventId" must be an integer from -1 on, not "7"'],
    ["raftlab/view/timeline", { sessionId: "a", buckets: 0 }, '"buckets" must be an integer from 1 on, not 0'],
    ["raftlab/view/diagram", { sessionId: "a", window: { kind: "events", from: 1 } }, '"window.to" must be an integer'],
    [
      "raftlab/view/diagram",
      { sessionId: "a", window: { kind: "around", eventId: 1 }, filter: { servers: [1] } },
      '"filter.servers" must be a list of texts',
    ],
    [
      "raftlab/view/diagramRows",
      { sessionId: "a", selection: { terms: { from: 1 } }, from: 0, count: 60 },
      '"selection.terms.to" must be an integer from 0 on, not missing',
    ],
    [
      "raftlab/view/diagramRows",
      { sessionId: "a", selection: {}, from: -1, count: 60 },
      '"from" must be an integer from 0 on, not -1',
    ],
    ["raftlab/view/diagramPlace", { sessionId: "a", selection: {}, at: {} }, '"at.eventId" must be an integer'],
    ["raftlab/view/diagramPlace", { sessionId: "a", selection: {}, at: { line: 0 } }, '"at.line" must be an integer'],
    [
      "raftlab/view/diagramFind",
      { sessionId: "a", selection: {}, text: "x", row: 0, direction: "up" },
      '"direction" must be "next" or "previous"',
    ],
    ["raftlab/view/diagramOverview", { sessionId: "a", selection: {}, buckets: 0 }, '"buckets" must be an integer'],
    [
      "raftlab/why",
      { sessionId: "a", eventId: 1, about: { kind: "server", server: "s1", field: "colour" } },
      '"about.field" must be "status", "role"',
    ],
    ["raftlab/events", { sessionId: "a", from: Number.NaN, count: 1 }, '"from" must be an integer'],
    ["raftlab/keys", { sessionId: "a", eventId: null }, '"prefix" must be text, not missing'],
    ["raftlab/keys", { sessionId: "a", eventId: null, prefix: "", limit: 0 }, '"limit" must be an integer from 1 on'],
    ["raftlab/keyHistory", { sessionId: "a", eventId: null, key: 1 }, '"key" must be text, not 1'],
    ["raftlab/watches", { sessionId: "a", eventId: -2 }, '"eventId" must be an integer from -1 on, not -2'],
    ["raftlab/live/check", { sessionId: "a" }, '"step" must be text, not missing'],
    ["raftlab/session/open", { constructor: 1 }, '"sessionId" must be text, not missing'],
  ])("bad parameters of %s are refused: %j", async (method, params, message) => {
    const outcome = await send<Failure>(method, params);
    expect(outcome.ok).toBe(false);
    expect(outcome.message).toContain(message);
    expect(lab.started).toBe(0);
  });

  test("every request of the protocol has a handler", async () => {
    const methods = Object.entries({ ...protocol, ...diagrams }).flatMap(([name, definition]) =>
      name.endsWith("Request") && typeof definition === "object" && "method" in definition ? [definition.method] : [],
    );
    expect(methods.length).toBeGreaterThan(14);
    // The kinds of steps are the language's: no lab and no parameter is needed.
    const { kinds } = await send<{ kinds: readonly unknown[] }>("raftlab/live/stepKinds", {});
    expect(kinds.length).toBeGreaterThan(60);
    for (const method of methods.filter((each) => each !== "raftlab/live/stepKinds")) {
      const answer = await send<Record<string, unknown>>(method, {});
      expect(method === "raftlab/sessions" ? answer["sessions"] : answer["ok"], method).toEqual(
        method === "raftlab/sessions" ? [] : false,
      );
    }
  });

  test("shutting down disposes of the lab", async () => {
    const other = new FakeLab();
    const second = await Editor.open(other.host());
    await second.client.sendRequest("raftlab/sessions", {});
    await second.close();
    expect(other.disposed).toBe(1);
  });
});
