/**
 * The budgets of the editor, measured where they hold: in an extension host of a real VS Code. Run by test/rig/budgets.mjs, which gets a
 * line for each figure.
 */
import { appendFileSync } from "node:fs";
import * as vscode from "vscode";
import { activate, eventually, lab, writeFile } from "../host/support.js";
import { longFile } from "../protocol/long-file.js";

const KEYSTROKES = 40;
const REQUESTS = 400;

const resultFile = process.env["RAFTLAB_HOST_RESULTS"];

function report(line: object): void {
  if (resultFile !== undefined) appendFileSync(resultFile, `${JSON.stringify(line)}\n`);
}

function figure(name: string, value: number, aim: string): void {
  report({ kind: "figure", name: `in VS Code: ${name}`, value, unit: "ms", aim });
}

/** Entry point, called by VS Code. */
export async function run(): Promise<void> {
  const api = await activate();
  figure("activation", api.activationMs, "50");
  await firstDiagnostics();
  await keystrokes();
  await requests();
  report({ kind: "end", title: "", ms: 0 });
}

/** From opening a file, nothing having been opened before: the server's start is in it. */
async function firstDiagnostics(): Promise<void> {
  const uri = await writeFile("first.raftlab", 'cluster { nodes s1..s3 }\nscenario "a" { crash s9 }\n');
  const started = performance.now();
  const shown = nextDiagnostics(uri, (count) => count > 0);
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
  figure("first diagnostics after opening, the server's start included", (await shown) - started, "500");
  const again = await writeFile("second.raftlab", 'cluster { nodes s1..s3 }\nscenario "a" { crash s9 }\n');
  const opened = performance.now();
  const next = nextDiagnostics(again, (count) => count > 0);
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(again));
  figure("diagnostics after opening another", (await next) - opened, "500");
}

/** From a keystroke to the diagnostics it draws or ends, in a long file. */
async function keystrokes(): Promise<void> {
  const uri = await writeFile("long.raftlab", longFile(2000));
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document);
  const at = document.positionAt(document.getText().lastIndexOf("crash old") + "crash ".length);
  await eventually("the file's symbols", async () => {
    const found = await vscode.commands.executeCommand<unknown[] | undefined>(
      "vscode.executeDocumentSymbolProvider",
      uri,
    );
    return (found?.length ?? 0) > 0;
  });
  const before = vscode.languages.getDiagnostics(uri).length;
  const times: number[] = [];
  for (let i = 0; i < KEYSTROKES; i += 1) {
    const draws = i % 2 === 0;
    const shown = nextDiagnostics(uri, (count) => (draws ? count > before : count === before));
    const started = performance.now();
    await editor.edit(
      (edit) => (draws ? edit.insert(at, "x") : edit.delete(new vscode.Range(at, at.translate(0, 1)))),
      { undoStopBefore: false, undoStopAfter: false },
    );
    times.push((await shown) - started);
  }
  figure("a keystroke in 2,000 lines to its diagnostics, median", quantile(times, 0.5), "50");
  figure("a keystroke in 2,000 lines to its diagnostics, 95th percentile", quantile(times, 0.95), "");
}

/** Hovers beside a live cluster that runs as fast as it can; with what VS Code itself takes for a request. */
async function requests(): Promise<void> {
  await lab("startLive", {});
  await lab("setPace", { pace: null });
  const uri = await writeFile("hover.raftlab", 'cluster { nodes s1..s3 }\nscenario "a" { await leader }\n');
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
  const position = new vscode.Position(1, 17);
  const times: number[] = [];
  for (let i = 0; i < REQUESTS; i += 1) {
    const started = performance.now();
    await vscode.commands.executeCommand("vscode.executeHoverProvider", uri, position);
    times.push(performance.now() - started);
  }
  await lab("stopLive");
  figure("a hover while a simulation runs, median", quantile(times, 0.5), "");
  figure("a hover while a simulation runs, 99th percentile", quantile(times, 0.99), "");
}

/** When the diagnostics of a document next are as asked, on the clock of `performance.now()`. */
function nextDiagnostics(uri: vscode.Uri, wanted: (count: number) => boolean): Promise<number> {
  return new Promise((resolve) => {
    const listening = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      if (!uris.some((each) => each.toString() === uri.toString())) return;
      if (!wanted(vscode.languages.getDiagnostics(uri).length)) return;
      listening.dispose();
      resolve(performance.now());
    });
  });
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
