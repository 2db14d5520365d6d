/** Tasks over a connection, with the real lab, against what the command line prints. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { CancellationTokenSource } from "vscode-languageserver/node";
import { createNodeHost } from "../../server/src/lsp/node-host.js";
import { nameOf } from "../../server/src/lsp/tasks.js";
import type { Outcome } from "../../server/src/protocol/requests.js";
import { Cli } from "../cli/cli.js";
import { bundleWorker, TestLab, type WorkerBundle } from "../lab/lab.js";
import { Editor } from "./editor.js";

const CLUSTER = "cluster {\n  nodes s1..s3\n  clients alice\n}\n";
const PASSES = 'scenario "passes" {\n  await leader\n  alice put color "red" => ok\n}\n';
const FAILS = 'scenario "fails" {\n  await leader\n  alice get color => "blue"\n}\n';

describe("tasks", () => {
  let worker: WorkerBundle;
  let cli: Cli;
  let folder: string;
  let root: string;
  let editor: Editor;

  beforeAll(async () => {
    [worker, cli] = await Promise.all([bundleWorker(), Cli.build()]);
  });
  afterAll(async () => {
    await worker.remove();
    await cli.remove();
  });
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "raftlab-tasks-"));
    root = pathToFileURL(folder).href;
    const { lab } = await TestLab.start(worker.script);
    editor = await Editor.open(
      createNodeHost(async () => lab, null),
      null,
      [root],
    );
  });
  afterEach(async () => {
    expect(editor.complaints()).toEqual([]);
    await editor.close();
    await rm(folder, { recursive: true, force: true });
  });

  const write = (name: string, text: string): Promise<void> => writeFile(path.join(folder, name), text);

  async function task(
    params: object,
  ): Promise<{ readonly answer: Outcome<{ exitCode: number }>; readonly out: string }> {
    const taskId = JSON.stringify(params);
    const whole = { taskId, uris: [], folder: root, ...params };
    const answer = await editor.client.sendRequest<Outcome<{ exitCode: number }>>("raftlab/task", whole);
    const lines = editor.notifications.flatMap(({ method, params: given }) => {
      const told = given as { readonly taskId: string; readonly lines: readonly string[] };
      return method === "raftlab/task/output" && told.taskId === taskId ? told.lines : [];
    });
    return { answer, out: lines.map((line) => `${line}\n`).join("") };
  }

  test("a run prints what the command line prints, with its exit code", async () => {
    await write("a.raftlab", CLUSTER + PASSES + FAILS);
    const { answer, out } = await task({ command: "run", uris: [`${root}/a.raftlab`] });
    expect(answer).toEqual({ ok: true, exitCode: 1 });
    const printed = await cli.run(["run", path.join(folder, "a.raftlab")]);
    expect(printed.code).toBe(1);
    // Only the file's name differs: the task calls it by its path within the folder.
    const name = path.join(folder, "a.raftlab");
    expect(out.replaceAll(`raftlab run ${name}`, "raftlab run a.raftlab")).toBe(
      printed.out.replaceAll(name, "a.raftlab"),
    );
  });

  test("check and format, of all files; what cannot be read is said", async () => {
    await write("a.raftlab", CLUSTER + PASSES);
    await write("b.raftlab", `${CLUSTER}scenario "wrong" {\n    crash s9\n}\n`);
    const checked = await task({ command: "check" });
    expect(checked.answer).toEqual({ ok: true, exitCode: 2 });
    expect(checked.out).toMatch(/^b\.raftlab:6:11: error: .*s9.* \[RL\d{4}\]\n2 files: 1 error, \d+ warnings?\n$/);
    const formatted = await task({ command: "format" });
    expect(formatted).toEqual({ answer: { ok: true, exitCode: 1 }, out: "b.raftlab is not formatted\n" });
    const missing = await task({ command: "check", uris: [`${root}/missing.raftlab`] });
    expect(missing.answer).toEqual({ ok: true, exitCode: 2 });
    expect(missing.out).toContain("missing.raftlab could not be read: there is no such file.");
  });

  test("one scenario, with several seeds; what is not there, or cannot run, is wrong input", async () => {
    await write("a.raftlab", CLUSTER + PASSES + FAILS);
    const seeds = await task({ command: "run", scenario: "passes", seeds: [3, 4] });
    expect(seeds.answer).toEqual({ ok: true, exitCode: 0 });
    expect(seeds.out.match(/seed \d+,/g)).toEqual(["seed 3,", "seed 4,"]);
    expect(seeds.out).toMatch(/\n2 passed, 0 failed\n$/);
    expect((await task({ command: "run", scenario: "nowhere" })).answer).toEqual({ ok: true, exitCode: 2 });
    await write("a.raftlab", `${CLUSTER}scenario "wrong" {\n  crash s9\n}\n`);
    const wrong = await task({ command: "run", colour: true });
    expect(wrong.answer).toEqual({ ok: true, exitCode: 2 });
    expect(wrong.out).toContain('a.raftlab: "wrong" cannot run: see the errors above.');
    expect(wrong.out).toContain("\u001b[31merror\u001b[39m");
  });

  test("is cancelled in the middle of a run", async () => {
    await write(
      "a.raftlab",
      `${CLUSTER}scenario "long" {\n  await leader\n  workload w for 10min { clients 5; keys k1..k5; rate 200/s; mix put 50% get 50% }\n  await w\n}\n`,
    );
    const cancellation = new CancellationTokenSource();
    const running = editor.client.sendRequest<Outcome<object>>(
      "raftlab/task",
      { taskId: "t", command: "run", uris: [], folder: root },
      cancellation.token,
    );
    await editor.until(() => editor.notifications.find(({ method }) => method === "raftlab/sessionChanged"));
    cancellation.cancel();
    expect(await running).toEqual({ ok: false, message: "The task was cancelled." });
  });

  test("documents are called by their path in the folder, else by their path, else by their URI", () => {
    expect(nameOf("file:///a/b%20c.raftlab", "file:///a")).toBe("b c.raftlab");
    expect(nameOf("file:///ab/c.raftlab", "file:///a")).toBe("/ab/c.raftlab");
    expect(nameOf("file:///c%3A/b.raftlab", undefined)).toBe("c:/b.raftlab");
    expect(nameOf("untitled:Untitled-1", "file:///a")).toBe("untitled:Untitled-1");
  });
});
