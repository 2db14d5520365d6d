/** Reports of what went wrong unexpectedly: files on this machine, few and small. Nothing is sent anywhere. */
import * as vscode from "vscode";
import type { SessionInfo } from "../../server/src/protocol/session.js";
import { SETTINGS } from "../../server/src/protocol/settings.js";
import { internalErrorNotification } from "../../server/src/protocol/status.js";
import { ExpectedError } from "./errors.js";
import type { LogTail } from "./log-tail.js";
import { type Places, type ReportedSession, reportText } from "./report-text.js";
import type { LabServer } from "./server.js";
import type { Sessions } from "./sessions.js";
import { rawSettings } from "./settings.js";

/** Files kept; the oldest beyond them are removed. */
const KEPT = 10;
/** Reports written in one session of the extension: what fails again and again is told by the first ones. */
const MOST = 20;

/** Writes and opens reports. */
export class Reports implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #tail: LogTail;
  readonly #server: LabServer;
  readonly #sessions: Sessions;
  readonly #told = new Set<string>();
  readonly #subscription: vscode.Disposable;
  #written = 0;

  constructor(context: vscode.ExtensionContext, tail: LogTail, server: LabServer, sessions: Sessions) {
    this.#context = context;
    this.#tail = tail;
    this.#server = server;
    this.#sessions = sessions;
    server.onNotification(internalErrorNotification, ({ what, error }) => void this.write(what, error, true));
    this.#subscription = server.onDidEnd(({ what, requests }) => void this.write(what, null, false, requests));
  }

  /** The folder of the reports. */
  get folder(): vscode.Uri {
    return vscode.Uri.joinPath(this.#context.globalStorageUri, "reports");
  }

  /** Writes a report unless the same was reported already; `offer`: tells the person. Never rejects. */
  async write(what: string, error: string | null, offer: boolean, requests: readonly string[] = []): Promise<void> {
    const key = `${what} ${error?.split("\n", 1)[0] ?? ""}`;
    if (this.#written >= MOST || (error !== null && this.#told.has(key))) return;
    this.#told.add(key);
    this.#written += 1;
    try {
      const at = new Date().toISOString();
      const text = reportText(
        {
          at,
          what,
          error,
          facts: this.#facts(),
          settings: changedSettings(),
          requests: [...requests, ...this.#server.waiting],
          sessions: await Promise.all(this.#sessions.all.filter(isRunning).map(reported)),
          log: this.#tail.lines,
        },
        this.#places(),
      );
      await vscode.workspace.fs.createDirectory(this.folder);
      const name = `report-${at.replace(/[:.]/g, "-")}-${this.#written}.md`;
      await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(this.folder, name), new TextEncoder().encode(text));
      for (const old of (await this.#names()).slice(0, -KEPT)) {
        await vscode.workspace.fs.delete(vscode.Uri.joinPath(this.folder, old));
      }
    } catch (failure) {
      this.#tail.channel.warn(`no report could be written: ${String(failure)}`);
      return;
    }
    if (offer) void this.#offer();
  }

  /** Whether one was written in this session of the extension. */
  get any(): boolean {
    return this.#written > 0;
  }

  /** Opens the newest report. */
  async openNewest(): Promise<void> {
    const name = (await this.#names()).at(-1);
    if (name === undefined)
      throw new ExpectedError(vscode.l10n.t("There is no report: nothing has gone wrong unexpectedly so far."));
    await vscode.window.showTextDocument(vscode.Uri.joinPath(this.folder, name), { preview: true });
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  async #offer(): Promise<void> {
    const open = vscode.l10n.t("Open Report");
    const message = vscode.l10n.t(
      "Something went wrong inside Raft Lab, which goes on. A report was written on this machine.",
    );
    if ((await vscode.window.showWarningMessage(message, open)) === open) {
      await vscode.commands.executeCommand("raftlab.openReport");
    }
  }

  /** Oldest first: the names begin with the instant. */
  async #names(): Promise<readonly string[]> {
    try {
      const entries = await vscode.workspace.fs.readDirectory(this.folder);
      return entries.flatMap(([name]) => (/^report-.*[.]md$/.test(name) ? [name] : [])).sort();
    } catch {
      return [];
    }
  }

  #facts(): Readonly<Record<string, string>> {
    const { version }: { readonly version?: unknown } = this.#context.extension.packageJSON;
    return {
      "Raft Lab": String(version),
      "VS Code": vscode.version,
      // The name of a remote machine may be a person's own.
      host: vscode.env.remoteName === undefined ? vscode.env.appHost : `${vscode.env.appHost}, remote`,
      ...machine(),
      language: vscode.env.language,
      server: this.#server.status.kind,
    };
  }

  #places(): Places {
    const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => [uri.fsPath, "workspace"] as const);
    const own: Places = [
      [this.#context.extensionUri.fsPath, "extension"],
      [this.#context.globalStorageUri.fsPath, "storage"],
      [this.#context.storageUri?.fsPath ?? "", "storage"],
    ];
    return [...own, ...folders].sort(([a], [b]) => b.length - a.length);
  }
}

/** A web worker has no process. */
function machine(): Readonly<Record<string, string>> {
  if (typeof process === "undefined") return { platform: "web" };
  return { platform: `${process.platform} ${process.arch}`, Node: process.version };
}

function isRunning({ state }: SessionInfo): boolean {
  return state.kind === "running";
}

async function reported({ kind, seed, events, uri }: SessionInfo): Promise<ReportedSession> {
  const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri);
  return { kind, seed, events, textHash: document === undefined ? null : await sha256(document.getText()) };
}

async function sha256(text: string): Promise<string> {
  const digest = new Uint8Array(await globalThis.crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...digest.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function changedSettings(): Readonly<Record<string, unknown>> {
  const defaults = new Map<string, unknown>(Object.entries(SETTINGS).map(([name, setting]) => [name, setting.default]));
  return Object.fromEntries(Object.entries(rawSettings()).filter(([name, value]) => value !== defaults.get(name)));
}
