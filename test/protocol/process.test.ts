/** The server as it ships: a bundle in a process of its own, with the real lab and its worker. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  CancellationTokenSource,
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import type { Failure } from "../../server/src/protocol/requests.js";
import type { RunResult, SessionInfo } from "../../server/src/protocol/session.js";

const SAMPLE = path.resolve("samples/1-elections/first-election.raftlab");
const URI = pathToFileURL(SAMPLE).href;
const LONG = `cluster { nodes s1..s5 }
scenario "long" {
  await leader
  workload w for 2min { clients 5; keys k1..k5; rate 200/s; mix put 50% get 50% }
  await w
}
`;

type RunOutcome = { readonly ok: true; readonly session: SessionInfo; readonly result: RunResult } | Failure;

describe("the server's process", () => {
  let folder: string;
  let child: ChildProcessWithoutNullStreams;
  let client: MessageConnection;
  const complaints: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "raftlab-server-"));
    await esbuild.build({
      entryPoints: { server: "server/src/lsp/main.ts", worker: "server/src/lab/worker.ts" },
      outdir: folder,
      bundle: true,
      platform: "node",
      format: "cjs",
      target: "node20",
      mainFields: ["module", "main"],
      define: { "import.meta.url": "__importMetaUrl" },
      banner: { js: 'const __importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
      logLevel: "error",
    });
  }, 60_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  beforeEach(async () => {
    child = spawn(process.execPath, [path.join(folder, "server.js"), "--stdio"]);
    client = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
    complaints.length = 0;
    client.onNotification("window/logMessage", ({ type, message }: { type: number; message: string }) => {
      if (type <= 2) complaints.push(message);
    });
    client.listen();
    const initializationOptions = { workspaceStorage: path.join(folder, "store"), globalStorage: folder, locale: "en" };
    await client.sendRequest("initialize", { processId: null, rootUri: null, capabilities: {}, initializationOptions });
    await client.sendNotification("initialized", {});
  });

  afterEach(async () => {
    const ended = new Promise<number | null>((resolve) => {
      child.once("exit", resolve);
    });
    await client.sendRequest("shutdown");
    await client.sendNotification("exit");
    expect(await ended).toBe(0);
    client.dispose();
    expect(complaints).toEqual([]);
  });

  const run = (uri: string, scenario: string): Promise<RunOutcome> =>
    client.sendRequest("raftlab/run", { uri, scenario });

  test("runs a sample from the disk: twice the same trace", async () => {
    const first = await run(URI, "first election");
    if (!first.ok) throw new Error(first.message);
    expect(first.result.verdict).toBe("pass");
    expect(first.result.traceHash).toMatch(/^[0-9a-f]{16}$/);
    const second = await run(URI, "first election");
    if (!second.ok) throw new Error(second.message);
    expect(second.result.traceHash).toBe(first.result.traceHash);
    expect(second.session.id).not.toBe(first.session.id);
  });

  test("answers language requests during a long run, which can be cancelled", async () => {
    const uri = "untitled:long.raftlab";
    const textDocument = { uri, languageId: "raftlab", version: 1, text: LONG };
    await client.sendNotification("textDocument/didOpen", { textDocument });
    const cancellation = new CancellationTokenSource();
    let ended = false;
    const running = client
      .sendRequest<RunOutcome>("raftlab/run", { uri, scenario: "long" }, cancellation.token)
      .finally(() => {
        ended = true;
      });
    for (let i = 0; i < 20; i++) {
      const symbols = await client.sendRequest<unknown[]>("textDocument/documentSymbol", { textDocument: { uri } });
      expect(symbols).toHaveLength(2);
    }
    expect(ended).toBe(false);
    cancellation.cancel();
    expect(await running).toMatchObject({ ok: false });
  });

  test("what cannot be read or run is a message, not a stack", async () => {
    const missing = await run(pathToFileURL(path.join(folder, "missing.raftlab")).href, "a");
    expect(missing).toMatchObject({ ok: false, message: expect.stringContaining("there is no such file") });
    const binary = await run(pathToFileURL(process.execPath).href, "a");
    expect(binary).toMatchObject({ ok: false, message: expect.stringMatching(/too large|binary|UTF-8/) });
    const elsewhere = await run("https://example.com/a.raftlab", "a");
    expect(elsewhere).toMatchObject({ ok: false, message: expect.stringContaining("not a file on this machine") });
    const unknown = await run(URI, "no such scenario");
    expect(unknown).toMatchObject({ ok: false, message: expect.stringContaining("no such scenario") });
    expect(JSON.stringify([missing, binary, elsewhere, unknown])).not.toMatch(/\bat .*\.js:\d/);
    expect(await readFile(SAMPLE, "utf8")).toContain("first election");
  });
});
