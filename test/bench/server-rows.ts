/** The budgets of the language server as a process: requests while a simulation runs, memory after an hour of a live cluster. */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { longFile } from "../protocol/long-file.js";
import { MeasuredServer } from "./server.js";

/** The budgets that hold in VS Code itself, measured in the rig's; none where it is not installed. */
export function measureEditor(): readonly ServerFigure[] {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.resolve("test/rig/budgets.mjs")], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`test/rig/budgets.mjs failed: ${stderr}`);
  return figuresIn(stdout.trim().split("\n").at(-1) ?? "");
}

function figuresIn(line: string): readonly ServerFigure[] {
  const found: unknown = JSON.parse(line);
  if (!Array.isArray(found)) throw new Error(`no figures: ${line}`);
  return found.map((each: unknown) => {
    const { name, value, unit, aim } = Object(each);
    return { name: String(name), value: Number(value), unit: String(unit), aim: String(aim) };
  });
}

/** One figure. */
export interface ServerFigure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly aim: string;
}

const URI = "file:///bench.raftlab";
const HOUR_US = 3_600_000_000;

/** All figures; none when nothing is built. */
export async function measureServer(requests: number): Promise<readonly ServerFigure[]> {
  if (!MeasuredServer.built) return [];
  return [...(await measureRequests(requests)), ...(await measureHour())];
}

/** Round trips of the requests that typing and pointing make, beside a live cluster that runs as fast as it can. */
async function measureRequests(count: number): Promise<readonly ServerFigure[]> {
  const server = await MeasuredServer.start();
  const text = longFile(500);
  await server.open({ uri: URI, text });
  const lines = text.split("\n").length;
  const asks = [
    (line: number) => server.ask("textDocument/hover", at(line)),
    (line: number) => server.ask("textDocument/completion", at(line)),
    (line: number) => server.ask("textDocument/signatureHelp", at(line)),
    (line: number) => server.ask("textDocument/definition", at(line)),
    () => server.ask("textDocument/documentSymbol", { textDocument: { uri: URI } }),
    () => server.ask("textDocument/codeLens", { textDocument: { uri: URI } }),
    () => server.ask("textDocument/semanticTokens/full", { textDocument: { uri: URI } }),
  ];
  const one = async (i: number): Promise<void> => {
    await asks[i % asks.length]?.((i * 37) % lines);
  };
  // Everything once without looking: what is measured is compiled code.
  for (let i = 0; i < 20 * asks.length; i += 1) await one(i);
  await server.live(null);
  const times: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const started = performance.now();
    await one(i);
    times.push(performance.now() - started);
  }
  await server.stop();
  times.sort((a, b) => a - b);
  const name = "language requests while a simulation runs";
  return [
    { name: `${name}: median`, value: quantile(times, 0.5), unit: "ms", aim: "" },
    { name: `${name}: 99th percentile`, value: quantile(times, 0.99), unit: "ms", aim: "5" },
  ];
}

function at(line: number): object {
  return { textDocument: { uri: URI }, position: { line, character: 4 } };
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** Lets a live cluster go on for an hour of its own time, or until it keeps no more events. */
async function measureHour(): Promise<readonly ServerFigure[]> {
  const server = await MeasuredServer.start();
  const before = server.residentMb;
  let session = await server.live(null);
  while (session.state.kind === "running" && session.timeUs < HOUR_US) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    session = await server.control(session, { kind: "pace", pace: null });
  }
  await server.control(session, { kind: "pause" });
  const after = server.residentMb;
  await server.stop();
  const name = "a live cluster after an hour";
  const reached = { name: `${name}: reached`, value: session.timeUs / 60_000_000, unit: "min", aim: "60" };
  const events = { name: `${name}: events`, value: session.events, unit: "events", aim: "" };
  if (before === null || after === null) return [reached, events];
  return [
    reached,
    events,
    { name: `${name}: memory of the process`, value: after, unit: "MiB", aim: "" },
    { name: `${name}: of it since it began`, value: after - before, unit: "MiB", aim: "" },
  ];
}
