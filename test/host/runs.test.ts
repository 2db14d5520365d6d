import assert from "node:assert/strict";
import * as vscode from "vscode";
import { activate, closeAll, type ExtensionApi, FIRST_FILE, folder, lab, openScenario } from "./support.js";

interface Ran {
  readonly session: { readonly id: string; readonly seed: number; readonly tookMs?: number };
  readonly result: { readonly traceHash: string; readonly events: number; readonly verdict: string };
}

interface Comparison {
  readonly kind: string;
  readonly hash?: string;
  readonly same?: number;
}

describe("kept runs", () => {
  let api: ExtensionApi;
  let first: Ran;
  let uri: string;

  before(async () => {
    api = await activate();
    uri = (await openScenario("runs.raftlab", FIRST_FILE)).uri.toString();
    first = await lab<Ran>("runScenario", { uri, scenario: "a committed write survives its leader" });
  });

  after(closeAll);

  const node = (ran: Ran): unknown => ({ kind: "session", sessionId: ran.session.id });

  async function exported(command: string, name: string): Promise<string> {
    const to = vscode.Uri.joinPath(folder(), name);
    const written = await lab<string[]>(command, { sessionId: first.session.id, to: to.toString() });
    assert.deepEqual(written, [to.toString()]);
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(to));
  }

  it("run again with their seed give the same trace, and the comparison says so", async () => {
    const again = await lab<Ran>("rerun", node(first));
    assert.equal(again.result.traceHash, first.result.traceHash);
    assert.equal(typeof again.session.tookMs, "number");
    const found = await lab<Comparison>("compareRuns", node(first), [node(first), node(again)]);
    assert.deepEqual(found, { kind: "equal", hash: first.result.traceHash, events: first.result.events });
    assert.match(api.results().join("\n"), /The two runs are the same: \d+ events, trace [0-9a-f]{16}/);
  });

  it("run again with another seed, and the comparison finds where they part", async () => {
    const other = await lab<Ran>("rerunWithSeed", { sessionId: first.session.id, seed: 8 });
    assert.equal(other.session.seed, 8);
    assert.notEqual(other.result.traceHash, first.result.traceHash);
    const found = await lab<Comparison>("compareRuns", { sessionId: first.session.id, with: other.session.id });
    assert.equal(found.kind, "different");
    assert.ok((found.same ?? -1) >= 0);
    assert.match(api.results().join("\n"), /the same for \d+ events, then they part/);
  });

  it("are exported as trace, result and diagram, in the command line's forms", async () => {
    const lines = (await exported("exportTrace", "out.ndjson")).trimEnd().split("\n");
    assert.equal(lines.length, first.result.events);
    assert.deepEqual(Object.keys(JSON.parse(lines[0] ?? "")).slice(0, 4), ["id", "timeUs", "kind", "at"]);
    const json: unknown = JSON.parse(await exported("exportResult", "out.json"));
    assert.deepEqual(json, { version: 1, results: [first.result] });
    assert.match(await exported("exportMermaid", "out.mmd"), /^sequenceDiagram\n/);
  });

  it("are exported as a page that plays them, and as a report", async () => {
    const html = await exported("exportHtml", "out.html");
    assert.ok(html.length < 2_000_000, `${html.length} characters`);
    const data = /<script type="application\/json" id="run">(.*)<\/script>/.exec(html)?.[1] ?? "";
    const source: unknown = JSON.parse(data);
    assert.ok(typeof source === "object" && source !== null && "traceHash" in source);
    assert.equal(source.traceHash, first.result.traceHash);
    const report = await exported("exportReport", "out.md");
    assert.ok(report.startsWith("# a committed write survives its leader\n"));
    assert.ok(report.includes(first.result.traceHash));

    const to = vscode.Uri.joinPath(folder(), "chosen.md");
    const given = { sessionId: first.session.id, form: "report", to: to.toString() };
    assert.deepEqual(await lab<string[]>("exportRun", given), [to.toString()]);
    assert.equal(new TextDecoder().decode(await vscode.workspace.fs.readFile(to)), report);
  });

  it("of a live cluster are exported as it stands", async () => {
    const live = await lab<{ readonly id: string }>("startLive", {});
    await lab("pauseLive", { sessionId: live.id });
    const to = vscode.Uri.joinPath(folder(), "live.html");
    await lab<string[]>("exportHtml", { sessionId: live.id, to: to.toString() });
    const html = new TextDecoder().decode(await vscode.workspace.fs.readFile(to));
    assert.match(html, /id="run">\{"kind":"live",/);
    await lab("stopLive", { sessionId: live.id });
  });

  it("give the line that reproduces them", async () => {
    const line = await lab<string>("copyReproduceLine", node(first));
    assert.match(line, /^.*raftlab run .*runs\.raftlab.* --seed 7/);
    assert.equal(await vscode.env.clipboard.readText(), line);
  });

  it("are grouped by file and listed by time without losing one", async () => {
    await lab("groupRuns");
    await lab("ungroupRuns");
    assert.equal(await lab("deleteRun", { selected: true }), 0);
  });

  it("are deleted one, several, and all; live clusters stay", async () => {
    const [a, b, c] = [await lab<Ran>("rerun", node(first)), await lab<Ran>("rerun", node(first)), first];
    assert.equal(await lab("deleteRun", node(a)), 1);
    assert.equal(await lab("deleteRun", { ...Object(node(b)), confirmed: true }, [node(b), node(c)]), 2);
    const live = await lab<{ readonly id: string }>("startLive", {});
    await lab<Ran>("runScenario", { uri, scenario: "a committed write survives its leader" });
    assert.ok((await lab<number>("deleteAllRuns", { confirmed: true })) >= 1);
    assert.equal((await lab<{ readonly id: string }>("stopLive", { sessionId: live.id })).id, live.id);
  });
});
