import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { CodeAction, InlayHint } from "vscode-languageserver/node";
import { clusterAt } from "../../server/src/trace/cluster-view.js";
import type { Recording } from "../../server/src/trace/recording.js";
import { runText } from "../support/scenarios.js";
import { Editor } from "./editor.js";
import { FakeLab, resultOf, sessionOf } from "./fake-lab.js";
import { applied, find } from "./text.js";

const URI = "file:///cursor.raftlab";
const TEXT = `cluster { nodes s1..s3; clients alice }

scenario "x" {
  timeout s1
  await leader == s1 within 1s
  watch a as w
  alice put a "red"             => ok
  await all.commit == 2 within 1s
  isolate s1
  expect count(leaders) == 1 and s2.term >= 1
}
`;

/** The cluster of a real run, as the lab would show it. */
function labOf(lab: FakeLab, recording: Recording, cursor: () => number, asked: number[]): void {
  lab.overrides = {
    clusterView: async ({ eventId, sessionId }) => {
      if (eventId !== null) asked.push(eventId);
      const view = { ...clusterAt(recording, eventId ?? cursor()), sessionId };
      return { ok: true, view, event: null };
    },
    watches: async () => ({
      ok: true,
      view: {
        watches: [
          {
            number: 1,
            name: "w",
            client: "alice",
            keys: "a",
            request: "watch a",
            state: "active",
            server: "s1",
            eventId: 3,
            revision: 2,
            end: null,
            received: 1,
            changes: [
              {
                type: "put",
                key: "a",
                value: "red",
                revision: 2,
                version: 1,
                lease: null,
                previous: null,
                timeUs: 9,
                eventId: 8,
                writtenBy: 7,
              },
            ],
          },
        ],
        moreWatches: 0,
      },
    }),
  };
}

describe("at the time cursor", () => {
  const run = runText(TEXT);
  const end = run.recording.log.count - 1;
  let lab: FakeLab;
  let editor: Editor;
  let cursor: number;
  let asked: number[];

  beforeEach(async () => {
    lab = new FakeLab();
    cursor = end;
    asked = [];
    labOf(lab, run.recording, () => cursor, asked);
    editor = await Editor.open(lab.host());
    await editor.openDocument(URI, TEXT);
    await editor.diagnostics(URI);
    await editor.client.sendRequest("raftlab/run", { uri: URI, scenario: "x" });
    await editor.until(() => editor.notifications.find((n) => n.method === "raftlab/runEnded"));
    editor.refreshes.length = 0;
  });

  afterEach(async () => {
    await editor.close();
  });

  const move = async (to: number | null, line: number | null): Promise<void> => {
    if (to !== null) cursor = to;
    lab.emit({ kind: "cursor-changed", sessionId: sessionOf(URI, "x").id, cursor: to, line });
    for (let tries = 0; tries < 200 && !editor.refreshes.includes("workspace/inlayHint/refresh"); tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };

  const hints = async (): Promise<string[]> => {
    const range = { start: { line: 0, character: 0 }, end: { line: 30, character: 0 } };
    const all = await editor.ask<InlayHint[]>("textDocument/inlayHint", URI, { range });
    return all.map(({ position, label }) => `${position.line + 1} ${typeof label === "string" ? label : ""}`);
  };

  const hover = async (part: string, plus = 1): Promise<string> => {
    const position = find(TEXT, part, 1, plus);
    const answer = await editor.ask<{ contents: { value: string } } | null>("textDocument/hover", URI, { position });
    return answer?.contents.value ?? "";
  };

  test("hints mark its line and tell what conditions ask about there", async () => {
    expect(await hints()).toEqual([]);
    await move(end, 9);
    expect(asked).toEqual([end]);
    const found = await hints();
    expect(found[0]).toMatch(/^9 ◀ /);
    expect(found.slice(1)).toEqual(["5 = s1", "8 = 2", "10 = 1", "10 = 1"]);
  });

  test("they are those of another event when the cursor is there, and go when it follows the run", async () => {
    await move(0, 4);
    expect(await hints()).toEqual(["4 ◀ 0 µs", "5 = none", "8 = 0", "10 = 0", "10 = 0"]);
    editor.refreshes.length = 0;
    await move(null, null);
    expect(await hints()).toEqual([]);
  });

  test("scrubbing asks for the first and the newest place only", async () => {
    for (let event = 0; event <= 40; event += 1) {
      lab.emit({ kind: "cursor-changed", sessionId: sessionOf(URI, "x").id, cursor: event, line: null });
    }
    for (let tries = 0; tries < 200 && asked.length < 2; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 5));
    expect(asked).toEqual([0, 40]);
  });

  test("values go when the text is no longer what ran", async () => {
    await move(end, 9);
    await editor.type(URI, find(TEXT, "isolate s1"), "crash s2\n  ");
    await editor.diagnostics(URI, 2);
    expect(await hints()).toEqual([]);
  });

  test("hover on a server shows its state, with the faults that concern it", async () => {
    const value = await hover("timeout s1", 9);
    expect(value).toContain(`At the time cursor (event ${end}, `);
    expect(value).toContain("| **s1** | role | term | vote | commit | applied | last index |");
    expect(value).toMatch(/leader \| 1 \| s1 \| 2 \| 2 \| 2 \|/);
    expect(value).toContain("Faults in force: `isolate s1`");
  });

  test("hover on `leader`, a field and a count", async () => {
    expect(await hover("await leader", 7)).toContain("| **s1** |");
    expect(await hover("all.commit", 5)).toMatch(/^At the time cursor .*`all.commit` = `2`/);
    expect(await hover("count(leaders)", 1)).toContain("`count(leaders)` = `1`");
    cursor = 0;
    expect(await hover("await leader", 7)).toContain("there is no leader.");
  });

  test("hover on a lease says how much of it is left, and what hangs on it", async () => {
    const text =
      'cluster { nodes s1..s3 }\n\nscenario "y" {\n  await leader\n  lease grant l1 ttl 5s\n  put a "1" lease l1\n}\n';
    const granting = runText(text);
    const uri = "file:///lease.raftlab";
    const other = new FakeLab();
    other.play = async (source, scenario) => resultOf(sessionOf(source.uri, scenario), { steps: granting.steps });
    labOf(other, granting.recording, () => granting.recording.log.count - 1, []);
    const second = await Editor.open(other.host());
    await second.openDocument(uri, text);
    await second.diagnostics(uri);
    await second.client.sendRequest("raftlab/run", { uri, scenario: "y" });
    await second.until(() => second.notifications.find((n) => n.method === "raftlab/runEnded"));
    const answer = await second.ask<{ contents: { value: string } }>("textDocument/hover", uri, {
      position: find(text, "lease l1", 1, 7),
    });
    expect(answer.contents.value).toMatch(
      /At the time cursor .*: `l1` is lease `[0-9a-f]+`, granted for 5 s; 4\.\d+ s left; keys: `a`\./,
    );
    await second.close();
  });

  test("hover on a watch says what it has received", async () => {
    const value = await hover("watch a as w", 11);
    expect(value).toContain("Watch `w` at the time cursor: active, at s1: `watch a`");
    expect(value).toContain('1 change received\n- `put a "red"`, rev 2');
  });
});

test("fix all mends every misspelt word, and leaves alone what may mean several", async () => {
  const lab = new FakeLab();
  const editor = await Editor.open(lab.host());
  const text =
    'cluster { nodes s1..s3; heartbeet 50ms }\n\nscenario "x" {\n  awiat leader\n  crash s7\n  pause s1 s2\n}\n';
  await editor.openDocument(URI, text);
  await editor.diagnostics(URI);
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const context = { diagnostics: [], only: ["source.fixAll"] };
  const [action] = await editor.ask<CodeAction[]>("textDocument/codeAction", URI, { range, context });
  const mended = applied(text, action?.edit?.changes?.[URI] ?? []);
  expect(mended).toContain("heartbeat 50ms");
  expect(mended).toContain("await leader");
  expect(mended).toContain("pause s1 s2");
  await editor.close();
});
