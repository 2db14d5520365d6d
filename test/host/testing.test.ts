import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { TestEvent } from "../../server/src/protocol/tests.js";
import { activate, closeAll, type ExtensionApi, eventually, folder, lab, writeFile } from "./support.js";

const CLUSTER = "cluster {\n  nodes s1..s3\n  clients alice\n}\n";
const PASSES = 'scenario "passes" {\n  await leader\n  alice put color "red" => ok\n}\n';
const FAILS = 'scenario "fails" {\n  await leader\n  alice get color => "blue"\n}\n';
const LONG = `scenario "long" {
  await leader
  workload w for 10min { clients 5; keys k1..k5; rate 200/s; mix put 50% get 50% }
  await w
}
`;

describe("scenarios in the Test Explorer", () => {
  let api: ExtensionApi;
  let controller: vscode.TestController;

  before(async () => {
    api = await activate();
    controller = api.tests.controller;
  });

  after(async () => {
    await closeAll();
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder(), "testing"), { recursive: true });
  });

  const token = (): vscode.CancellationToken => new vscode.CancellationTokenSource().token;
  const file = (uri: vscode.Uri): vscode.TestItem | undefined => controller.items.get(uri.toString());
  const titles = (uri: vscode.Uri): string[] => {
    const children: vscode.TestItem[] = [];
    file(uri)?.children.forEach((child) => void children.push(child));
    return children.map(({ label }) => label).sort();
  };
  const untilTitles = (uri: vscode.Uri, ...wanted: string[]): Promise<boolean> =>
    eventually(`${wanted.join(" and ")} in ${uri.path}`, () => titles(uri).join() === wanted.join());
  /** What was reported of a file's tests from an index on. */
  const reported = (uri: vscode.Uri, from = 0): TestEvent[] =>
    api.tests
      .reported()
      .slice(from)
      .flatMap(({ event }) => (event.kind !== "due" && event.id.startsWith(uri.toString()) ? [event] : []));

  it("finds the workspace's scenarios without opening a file", async () => {
    const uri = await writeFile("testing/found.raftlab", CLUSTER + PASSES + FAILS);
    await controller.resolveHandler?.(undefined);
    await untilTitles(uri, "fails", "passes");
    const samples = vscode.Uri.joinPath(folder(), "samples/1-elections/first-election.raftlab");
    await eventually("the samples", () => titles(samples).includes("first election"));
    assert.ok(!vscode.workspace.textDocuments.some((document) => document.uri.path === uri.path));
    const item = file(uri)?.children.get(`${uri.toString()}#fails`);
    assert.deepEqual(item?.range, new vscode.Range(8, 0, 11, 1));
  });

  it("follows files that other programs write and delete", async () => {
    const uri = await writeFile("testing/watched.raftlab", CLUSTER + PASSES);
    await untilTitles(uri, "passes");
    await writeFile("testing/watched.raftlab", CLUSTER + FAILS);
    await untilTitles(uri, "fails");
    await vscode.workspace.fs.delete(uri);
    await eventually("no item", () => file(uri) === undefined);
  });

  it("follows what is typed, and keeps the last good scenarios while the text is broken", async () => {
    const uri = await writeFile("testing/typed.raftlab", CLUSTER + PASSES);
    const editor = await vscode.window.showTextDocument(uri);
    await untilTitles(uri, "passes");
    await editor.edit((edit) => edit.insert(new vscode.Position(4, 0), 'scenario "pas {\n'));
    await eventually("an error on the file", () => file(uri)?.error !== undefined);
    assert.deepEqual(titles(uri), ["passes"]);
    await vscode.commands.executeCommand("workbench.action.files.revert");
    await eventually("no error", () => file(uri)?.error === undefined);
  });

  it("runs a file: one passes; the other fails with what was expected, what was, and where", async () => {
    const uri = await writeFile("testing/run.raftlab", CLUSTER + PASSES + FAILS);
    await untilTitles(uri, "fails", "passes");
    await api.tests.run([uri.toString()], token());
    const events = reported(uri);
    assert.deepEqual(
      events.map(({ kind }) => kind),
      ["enqueued", "enqueued", "started", "output", "passed", "started", "output", "failed"],
    );
    const failed = events.find((event) => event.kind === "failed");
    const [failure] = failed?.failures ?? [];
    assert.equal(failure?.expected, '"blue"');
    assert.equal(failure.actual, "none");
    assert.equal(failure.line, 11);
    assert.ok(failure.why.length > 0);
  });

  it("shows a test's last run in the panels", async () => {
    const uri = await writeFile("testing/shown.raftlab", CLUSTER + PASSES);
    await untilTitles(uri, "passes");
    await api.tests.run([uri.toString()], token());
    const item = file(uri)?.children.get(`${uri.toString()}#passes`);
    const shown = (): string[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs.map((tab) => tab.label));
    const passed = reported(uri).find((event) => event.kind === "passed");
    const session = await lab<{ id: string }>("showTestInClusterPanel", item);
    assert.equal(session.id, passed?.sessionId);
    assert.equal(api.currentSession(), passed?.sessionId);
    await lab("showTestInDiagram", item);
    await eventually("both panels", () => shown().includes("Raft Cluster") && shown().includes("Raft Messages"));
    await closeAll();
  });

  it("cancels: the run under way ends, the rest is skipped", async () => {
    const uri = await writeFile("testing/cancelled.raftlab", CLUSTER + LONG + PASSES);
    await untilTitles(uri, "long", "passes");
    const source = new vscode.CancellationTokenSource();
    const running = api.tests.run([uri.toString()], source.token);
    await eventually("a start", () => reported(uri).some(({ kind }) => kind === "started"));
    source.cancel();
    await running;
    await eventually("an end", () => reported(uri).filter(({ kind }) => kind === "skipped").length === 2);
  });

  it("runs again what was saved, continuously, until it is stopped", async () => {
    const uri = await writeFile("testing/continuous.raftlab", CLUSTER + PASSES + FAILS);
    const other = await writeFile("testing/other.raftlab", CLUSTER + PASSES);
    await untilTitles(uri, "fails", "passes");
    const editor = await vscode.window.showTextDocument(uri);
    const source = new vscode.CancellationTokenSource();
    const watching = api.tests.run([`${uri.toString()}#passes`], source.token, true);
    const passed = (): number => reported(uri).filter(({ kind }) => kind === "passed").length;
    // Until the server watches, what is saved says nothing.
    await eventually("a run after saving", async () => {
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), "# edited\n"));
      await editor.document.save();
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return passed() > 0;
    });
    assert.ok(reported(uri).every((event) => !("id" in event) || event.id.endsWith("#passes")));
    assert.deepEqual(reported(other), []);
    source.cancel();
    await watching;
  });
});

describe("tasks", () => {
  before(activate);

  after(async () => {
    await closeAll();
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder(), "tasks"), { recursive: true });
  });

  /** Runs a task of ours to its end; its exit code. */
  async function run(definition: object): Promise<number | undefined> {
    const [scope] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(scope);
    const own = { type: "raftlab", ...definition };
    const offered = await vscode.tasks.fetchTasks({ type: "raftlab" });
    const like = offered.find(
      ({ definition, name }) => name !== "ours" && definition["command"] === own["command" as keyof typeof own],
    );
    assert.ok(like, "the task is not offered");
    const task = new vscode.Task(
      own,
      scope,
      JSON.stringify(definition),
      "raftlab",
      like.execution,
      like.problemMatchers,
    );
    const ended = new Promise<number | undefined>((resolve) => {
      const subscription = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
        if (execution.task.name !== task.name) return;
        subscription.dispose();
        resolve(exitCode);
      });
    });
    await vscode.tasks.executeTask(task);
    return ended;
  }

  it("offers run, check and fmt --check", async () => {
    const names = (await vscode.tasks.fetchTasks({ type: "raftlab" })).map(({ name }) => name);
    for (const name of ["run", "check", "fmt --check"]) assert.ok(names.includes(name), `${name} in ${names.join()}`);
  });

  it("completes a task of tasks.json, with its variables", async () => {
    await writeFile("tasks/ours.raftlab", CLUSTER + FAILS);
    const own = { type: "raftlab", command: "run", file: `\${workspaceFolder}/tasks/ours.raftlab`, label: "ours" };
    const written = await writeFile(".vscode/tasks.json", JSON.stringify({ version: "2.0.0", tasks: [own] }));
    const task = await eventually("the task", async () =>
      (await vscode.tasks.fetchTasks({ type: "raftlab" })).find(({ name }) => name === "ours"),
    );
    const ended = new Promise<number | undefined>((resolve) => {
      const subscription = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
        if (execution.task.name !== "ours") return;
        subscription.dispose();
        resolve(exitCode);
      });
    });
    await vscode.tasks.executeTask(task);
    assert.equal(await ended, 1);
    await vscode.workspace.fs.delete(written);
  });

  it("runs a file; problems stand where they happened; exit codes are the command line's", async () => {
    const bad = await writeFile("tasks/bad.raftlab", CLUSTER + PASSES + FAILS);
    await writeFile("tasks/good.raftlab", CLUSTER + PASSES);
    const wrong = await writeFile("tasks/wrong.raftlab", `${CLUSTER}scenario "wrong" {\n  crash s9\n}\n`);
    assert.equal(await run({ command: "run", file: "tasks/good.raftlab" }), 0);
    assert.equal(await run({ command: "run", file: "tasks/bad.raftlab" }), 1);
    const [problem] = await eventually("a problem", () => {
      const found = vscode.languages.getDiagnostics(bad);
      return found.length > 0 && found;
    });
    assert.equal(problem?.range.start.line, 10);
    assert.equal(problem.range.start.character, 2);
    assert.equal(problem.code, "RL4101");
    assert.match(problem.message, /expected "blue", but got none/);
    assert.equal(await run({ command: "run", file: "tasks/bad.raftlab", scenario: "passes", seeds: [1, 2] }), 0);
    assert.equal(await run({ command: "check", file: "tasks/wrong.raftlab" }), 2);
    await eventually("a problem of the check", () => vscode.languages.getDiagnostics(wrong).length > 0);
    assert.equal(await run({ command: "format", file: "tasks/good.raftlab" }), 0);
  });
});
