/** What the host tests share: the extension's interface, files, and waiting for what happens in its own time. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { TestEvent } from "../../server/src/protocol/tests.js";

/** What the extension's `activate` returns (client/src/extension.ts). */
export interface ExtensionApi {
  readonly serverPid: () => number | undefined;
  readonly serverStatus: () => string;
  readonly currentSession: () => string | undefined;
  readonly results: () => readonly string[];
  readonly activationMs: number;
  readonly serverWhenActivated: string;
  readonly tests: {
    readonly controller: vscode.TestController;
    readonly reported: () => readonly { readonly runId: string; readonly event: TestEvent }[];
    readonly run: (ids: readonly string[], token: vscode.CancellationToken, continuous?: boolean) => Promise<void>;
  };
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command?: string }[]>>;
    readonly keybindings: readonly { readonly command: string }[];
    readonly viewsWelcome: readonly { readonly contents: string }[];
  };
}

function extension(): vscode.Extension<ExtensionApi> {
  const found = vscode.extensions.getExtension<ExtensionApi>("raftlab.raftlab");
  assert.ok(found, "raftlab.raftlab is not installed in this window");
  return found;
}

/** The extension's manifest, with its texts translated. */
export function manifest(): Manifest {
  return extension().packageJSON as Manifest;
}

/** Activates the extension. */
export async function activate(): Promise<ExtensionApi> {
  return extension().activate();
}

/** Calls a command of the lab; `selection` as the menu of a view gives it. */
export async function lab<T>(command: string, argument?: unknown, selection?: unknown): Promise<T> {
  return vscode.commands.executeCommand<T>(`raftlab.${command}`, argument, selection);
}

/** The folder that the window has open. */
export function folder(): vscode.Uri {
  const first = vscode.workspace.workspaceFolders?.[0];
  assert.ok(first, "the window has no folder");
  return first.uri;
}

/** Writes a file into the workspace. */
export async function writeFile(name: string, contents: string | Uint8Array): Promise<vscode.Uri> {
  const uri = vscode.Uri.joinPath(folder(), name);
  await vscode.workspace.fs.writeFile(
    uri,
    typeof contents === "string" ? new TextEncoder().encode(contents) : contents,
  );
  return uri;
}

/** Writes a scenario file and shows it. */
export async function openScenario(name: string, text: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(await writeFile(name, text));
  await vscode.window.showTextDocument(document);
  return document;
}

/** Asks again and again until `ask` gives something, and fails with `what` when it does not. */
export async function eventually<T>(
  what: string,
  ask: () => T | undefined | false | PromiseLike<T | undefined | false>,
  timeoutMs = 15_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The 0-based position of the n-th occurrence of a text. */
export function positionOf(document: vscode.TextDocument, text: string, offset = 0): vscode.Position {
  const at = document.getText().indexOf(text);
  assert.notEqual(at, -1, `no “${text}” in the document`);
  return document.positionAt(at + offset);
}

/** Closes all editors. */
export async function closeAll(): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
}

/** The first file of the language's page. */
export const FIRST_FILE = `# Five servers, a leader that dies, and a write that must survive it.
cluster {
  nodes s1..s5
  clients alice bob
  election-timeout 150ms..300ms
  heartbeat 50ms
  latency 2ms..10ms
}

# The write is committed, so the next leader has it.
scenario "a committed write survives its leader" {
  seed 7
  await leader
  let old = leader
  alice put color "red"                 => ok
  crash old
  await leader within 2s
  expect leader != old
  bob get color                         => "red"
  restart old
  expect all.commit == leader.commit within 1s
}
`;
