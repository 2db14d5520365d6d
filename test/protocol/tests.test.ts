/** Discovery and runs of tests over a connection, with files on a real disk and the real lab. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { CancellationTokenSource, FileChangeType } from "vscode-languageserver/node";
import { createNodeHost } from "../../server/src/lsp/node-host.js";
import type { Outcome } from "../../server/src/protocol/requests.js";
import type { TestCounts, TestEvent, TestFile } from "../../server/src/protocol/tests.js";
import { bundleWorker, TestLab, type WorkerBundle } from "../lab/lab.js";
import { Editor } from "./editor.js";

const CLUSTER = "cluster {\n  nodes s1..s3\n  clients alice\n}\n";
const PASSES = 'scenario "passes" {\n  await leader\n  alice put color "red" => ok\n}\n';
const FAILS = 'scenario "fails" {\n  await leader\n  alice get color => "blue"\n}\n';
const LONG = `scenario "long" {
  await leader
  workload w for 10min { clients 5; keys k1..k5; rate 200/s; mix put 50% get 50% }
  await w
}
`;

describe("scenarios as tests", () => {
  let worker: WorkerBundle;
  let folder: string;
  let root: string;
  let editor: Editor;
  let testLab: TestLab;

  beforeAll(async () => {
    worker = await bundleWorker();
  });
  afterAll(() => worker.remove());

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "raftlab-tests-"));
    root = pathToFileURL(folder).href;
    testLab = await TestLab.start(worker.script);
    editor = await Editor.open(
      createNodeHost(async () => testLab.lab, null),
      null,
      [root],
    );
  });
  afterEach(async () => {
    expect(editor.complaints()).toEqual([]);
    await editor.close();
    await rm(folder, { recursive: true, force: true });
  });

  const write = async (name: string, text: string): Promise<string> => {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
    return `${root}/${name}`;
  };
  const discover = async (uri?: string): Promise<readonly TestFile[]> => {
    const answer = await editor.client.sendRequest<Outcome<{ files: readonly TestFile[] }>>(
      "raftlab/tests/discover",
      uri === undefined ? {} : { uri },
    );
    if (!answer.ok) throw new Error(answer.message);
    return answer.files;
  };
  const told = <P>(method: string): readonly P[] =>
    editor.notifications.filter((each) => each.method === method).map(({ params }) => params as P);
  const changes = () => told<{ files: readonly TestFile[]; gone: readonly string[] }>("raftlab/tests/changed");
  /** What was told last of a file; `null` once it is gone. */
  const known = (uri: string): TestFile | null | undefined => {
    const last = changes().findLast((c) => c.gone.includes(uri) || c.files.some((file) => file.uri === uri));
    return last === undefined ? undefined : (last.files.find((file) => file.uri === uri) ?? null);
  };
  const titles = (file: TestFile | null | undefined): readonly string[] | undefined =>
    file?.scenarios?.map(({ title }) => title);
  const untilTitles = (uri: string, ...wanted: string[]): Promise<TestFile> =>
    editor.until(() => {
      const file = known(uri);
      return JSON.stringify(titles(file)) === JSON.stringify(wanted) ? (file ?? undefined) : undefined;
    });
  const watched = (uri: string, type: FileChangeType): Promise<void> =>
    editor.client.sendNotification("workspace/didChangeWatchedFiles", { changes: [{ uri, type }] });
  const run = (params: object, token = new CancellationTokenSource().token): Promise<Outcome<{ counts: TestCounts }>> =>
    editor.client.sendRequest("raftlab/tests/run", { runId: "r", ...params }, token);
  const events = (runId = "r"): readonly TestEvent[] =>
    told<{ runId: string; event: TestEvent }>("raftlab/tests/event").flatMap((each) =>
      each.runId === runId ? [each.event] : [],
    );

  describe("discovery", () => {
    test("finds the files of the folders without opening them, and leaves out what others wrote", async () => {
      const a = await write("a.raftlab", CLUSTER + PASSES + FAILS);
      const b = await write("deep/er/b (1).raftlab", CLUSTER + PASSES);
      await write("node_modules/x/c.raftlab", PASSES);
      await write(".git/d.raftlab", PASSES);
      await write("e.txt", PASSES);
      await symlink(folder, path.join(folder, "circle"));
      const files = await discover();
      expect(files.map(({ uri }) => uri)).toEqual([a, b.replace(" (1)", "%20%281%29")]);
      const found = await untilTitles(a, "passes", "fails");
      expect(found.error).toBeNull();
      expect(found.scenarios).toEqual([
        { id: `${a}#passes`, title: "passes", line: 5, endLine: 8 },
        { id: `${a}#fails`, title: "fails", line: 9, endLine: 12 },
      ]);
    });

    test("asks the editor for changes of files, and follows them", async () => {
      expect(JSON.stringify(await editor.until(() => editor.registrations[0]))).toContain("**/*.raftlab");
      await discover();
      const a = await write("a.raftlab", CLUSTER + PASSES);
      await watched(a, FileChangeType.Created);
      await untilTitles(a, "passes");
      await write("a.raftlab", CLUSTER + FAILS);
      await watched(a, FileChangeType.Changed);
      await untilTitles(a, "fails");
      await rm(path.join(folder, "a.raftlab"));
      await watched(a, FileChangeType.Deleted);
      await editor.until(() => (known(a) === null ? true : undefined));
      expect(await discover()).toEqual([]);
    });

    test("a folder that is deleted takes its files with it; files in node_modules never come", async () => {
      const a = await write("sub/a.raftlab", CLUSTER + PASSES);
      await discover();
      await untilTitles(a, "passes");
      await watched(await write("node_modules/b.raftlab", PASSES), FileChangeType.Created);
      await watched(`${root}/sub`, FileChangeType.Deleted);
      await editor.until(() => (known(a) === null ? true : undefined));
      expect(known(`${root}/node_modules/b.raftlab`)).toBeUndefined();
    });

    test("follows the folders of the workspace", async () => {
      const a = await write("one/a.raftlab", CLUSTER + PASSES);
      const b = await write("two/b.raftlab", CLUSTER + FAILS);
      const change = (added: string[], removed: string[]): Promise<void> =>
        editor.client.sendNotification("workspace/didChangeWorkspaceFolders", {
          event: {
            added: added.map((uri) => ({ uri, name: uri })),
            removed: removed.map((uri) => ({ uri, name: uri })),
          },
        });
      await change([`${root}/one`], [root]);
      expect((await discover()).map(({ uri }) => uri)).toEqual([a]);
      await change([`${root}/two`], [`${root}/one`]);
      await untilTitles(b, "fails");
      await editor.until(() => (known(a) === null ? true : undefined));
    });

    test("the text in the editor wins over the one on disk, until it is closed", async () => {
      const a = await write("a.raftlab", CLUSTER + PASSES);
      await discover();
      await untilTitles(a, "passes");
      await editor.openDocument(a, CLUSTER + PASSES + FAILS);
      await untilTitles(a, "passes", "fails");
      // What other programs write is no matter as long as it is open.
      await write("a.raftlab", CLUSTER);
      await watched(a, FileChangeType.Changed);
      expect(titles((await discover(a))[0])).toEqual(["passes", "fails"]);
      await editor.closeDocument(a);
      await untilTitles(a);
    });

    test("open documents are offered before anybody has asked, files that are not on disk as long as they are open", async () => {
      await editor.openDocument("untitled:Untitled-1", CLUSTER + PASSES);
      await untilTitles("untitled:Untitled-1", "passes");
      await editor.closeDocument("untitled:Untitled-1");
      await editor.until(() => (known("untitled:Untitled-1") === null ? true : undefined));
      expect(await discover("vscode-vfs://github/a/b.raftlab")).toEqual([]);
    });

    test("while the text is broken nothing vanishes, and the file says what is wrong", async () => {
      const a = await write("a.raftlab", CLUSTER + PASSES + FAILS);
      await editor.openDocument(a, CLUSTER + PASSES + FAILS);
      await untilTitles(a, "passes", "fails");
      await editor.change(a, { text: `${CLUSTER}scenario "pas {\n${FAILS}` });
      const broken = await editor.until(() => (known(a)?.error === null ? undefined : (known(a) ?? undefined)));
      expect(titles(broken)).toEqual(["passes", "fails"]);
      expect(broken.error).toMatch(/^line 5: /);
      await editor.change(a, { text: CLUSTER + FAILS });
      expect((await untilTitles(a, "fails")).error).toBeNull();
    });

    test("a file that cannot be read is an item with an error", async () => {
      const a = await write("a.raftlab", "a\0b");
      await discover();
      const file = await editor.until(() => known(a) ?? undefined);
      expect(file).toMatchObject({ scenarios: [], error: expect.stringContaining("binary") });
    });

    test("ids are the same each time, and equal titles are told apart, whatever is in them", async () => {
      const text =
        CLUSTER + PASSES + PASSES + PASSES.replace("passes", "passes#2") + PASSES.replace("passes", "passes%232");
      const a = await write("a.raftlab", text);
      const ids = (await discover(a))[0]?.scenarios?.map(({ id }) => id) ?? [];
      expect(new Set(ids).size).toBe(4);
      expect(ids.slice(0, 2)).toEqual([`${a}#passes`, `${a}#passes#2`]);
      expect((await discover(a))[0]?.scenarios?.map(({ id }) => id)).toEqual(ids);
    });

    test("a file of 1,000 scenarios gives them all, with their lines, and keeps no request waiting for long", async () => {
      const many = Array.from({ length: 1000 }, (_, i) => PASSES.replace("passes", `number ${i}`)).join(
        "# between\n\n",
      );
      const a = await write("a.raftlab", CLUSTER + many);
      const open = `${root}/open.raftlab`;
      await editor.openDocument(open, CLUSTER + PASSES);
      await discover();
      // The parts of the long file are read between these answers, not before them.
      let answers = 0;
      while (titles(known(a)) === undefined) {
        await editor.ask("textDocument/documentSymbol", open);
        answers += 1;
      }
      expect(answers).toBeGreaterThan(3);
      const scenarios = known(a)?.scenarios ?? [];
      expect(scenarios).toHaveLength(1000);
      const lines = (CLUSTER + many).split("\n");
      for (const { title, line, endLine } of scenarios) {
        expect(lines[line - 1]).toBe(`scenario "${title}" {`);
        expect(lines[endLine - 1]).toBe("}");
      }
    });
  });

  describe("running", () => {
    test("runs all, in order, and tells what happens; the sessions are like any other", async () => {
      const a = await write("a.raftlab", CLUSTER + PASSES + FAILS);
      const answer = await run({ ids: [] });
      expect(answer).toEqual({ ok: true, counts: { passed: 1, failed: 1, errored: 0, skipped: 0 } });
      const [p, f] = [`${a}#passes`, `${a}#fails`];
      expect(events().map((event) => [event.kind, "id" in event ? event.id : ""])).toEqual([
        ["enqueued", p],
        ["enqueued", f],
        ["started", p],
        ["output", p],
        ["passed", p],
        ["started", f],
        ["output", f],
        ["failed", f],
      ]);
      const passed = events().find((event) => event.kind === "passed");
      expect(passed?.durationMs).toBeGreaterThan(0);
      const { sessions } = await testLab.lab.sessions();
      expect(sessions.map(({ title, uri }) => [title, uri])).toEqual([
        ["fails", a],
        ["passes", a],
      ]);
      expect(sessions[1]?.id).toBe(passed?.sessionId);
      expect(told("raftlab/runEnded")).toHaveLength(2);
    });

    test("a failure has what was expected and what was, the place, and why", async () => {
      const a = await write("a.raftlab", CLUSTER + FAILS);
      await run({ ids: [a] });
      const failed = events().find((event) => event.kind === "failed");
      expect(failed?.failures).toHaveLength(1);
      expect(failed?.failures[0]).toMatchObject({
        expected: '"blue"',
        actual: "none",
        uri: a,
        line: 7,
        message: expect.stringMatching(/expected "blue", but got none.* \[RL4101\]$/),
      });
      expect(failed?.failures[0]?.why.length).toBeGreaterThan(0);
      const output = events().find((event) => event.kind === "output");
      // Before the steps' results stands what happened in the cluster.
      expect(output?.lines.join("\n")).toMatch(/ ms {2}s\d becomes leader[\s\S]*FAIL/);
      expect(output?.lines.join("\n")).toMatch(
        /FAIL {3}7 [\s\S]*because [\s\S]*fail {2}seed 1, .*trace [0-9a-f]{16}\n {2}raftlab run /,
      );
    });

    test("marks the line of an open document, as after Run", async () => {
      const a = await write("a.raftlab", CLUSTER + FAILS);
      await editor.openDocument(a, CLUSTER + FAILS);
      await run({ ids: [`${a}#fails`] });
      const published = await editor.until(() =>
        editor.published.findLast(
          ({ uri, diagnostics }) => uri === a && diagnostics.some(({ code }) => code === "RL4101"),
        ),
      );
      expect(published.diagnostics.map(({ range }) => range.start.line)).toContain(6);
    });

    test("runs what was asked for without what was excluded, with the seed given", async () => {
      const a = await write("a.raftlab", CLUSTER + PASSES + FAILS);
      const b = await write("b.raftlab", CLUSTER + PASSES);
      expect(await run({ ids: [a, `${b}#passes`], exclude: [`${a}#fails`], seed: 77 })).toMatchObject({
        counts: { passed: 2, failed: 0 },
      });
      const outputs = events().flatMap((event) => (event.kind === "output" ? event.lines : []));
      expect(outputs.filter((line) => line.includes("seed 77,"))).toHaveLength(2);
    });

    test("what cannot run is an error in plain words; so is a test that is gone", async () => {
      const a = await write("a.raftlab", `${CLUSTER}scenario "wrong" {\n  crash s9\n}\n`);
      const answer = await run({ ids: [a, `${a}#gone`] });
      expect(answer).toMatchObject({ counts: { passed: 0, failed: 0, errored: 2, skipped: 0 } });
      const messages = events().flatMap((event) => (event.kind === "errored" ? event.failures : []));
      expect(messages.map(({ message, line }) => [message, line])).toEqual([
        [expect.stringMatching(/^"wrong" cannot run, line 6: .*s9/), 5],
        ["This scenario is not there any more.", 1],
      ]);
    });

    test("cancelling ends the run under way, and skips the rest", async () => {
      const a = await write("a.raftlab", CLUSTER + LONG + PASSES);
      const cancellation = new CancellationTokenSource();
      const running = run({ ids: [a] }, cancellation.token);
      await editor.until(() => events().find((event) => event.kind === "started"));
      await testLab.event((event) => event.kind === "session-changed" && event.session.events > 0);
      cancellation.cancel();
      expect(await running).toEqual({ ok: true, counts: { passed: 0, failed: 0, errored: 0, skipped: 2 } });
      const { sessions } = await testLab.lab.sessions();
      expect(sessions.map(({ title, state }) => [title, state.kind])).toEqual([["long", "cancelled"]]);
    });

    test("a continuous run names the tests of a file that was saved or changed, once a change", async () => {
      const a = await write("a.raftlab", CLUSTER + PASSES + FAILS);
      const b = await write("b.raftlab", CLUSTER + PASSES);
      await discover();
      const cancellation = new CancellationTokenSource();
      const watching = run({ runId: "c", ids: [`${a}#passes`, b], continuous: true }, cancellation.token);
      const due = (): readonly (readonly string[])[] =>
        events("c").flatMap((event) => (event.kind === "due" ? [event.ids] : []));
      // An answer shows that the request before it has been taken.
      await discover(a);
      await editor.openDocument(a, CLUSTER + PASSES + FAILS);
      await editor.change(a, { text: `${CLUSTER}${PASSES}${FAILS}# edited\n` });
      await editor.client.sendNotification("textDocument/didSave", { textDocument: { uri: a } });
      await editor.until(() => (due().length > 0 ? true : undefined));
      // The same change, seen on the disk.
      await watched(a, FileChangeType.Changed);
      await write("b.raftlab", `${CLUSTER}${PASSES}# edited\n`);
      await watched(b, FileChangeType.Changed);
      await editor.until(() => (due().length > 1 ? true : undefined));
      expect(due()).toEqual([[`${a}#passes`], [`${b}#passes`]]);
      cancellation.cancel();
      expect(await watching).toMatchObject({ ok: true });
    });

    test("parameters of the wrong shape are refused in words", async () => {
      const answer = await editor.client.sendRequest<Outcome<object>>("raftlab/tests/run", { ids: [1] });
      expect(answer).toMatchObject({ ok: false, message: expect.stringContaining('"runId" must be text') });
      expect(editor.log.splice(0).map(({ message }) => message)).toEqual([expect.stringContaining("runId")]);
    });
  });
});
