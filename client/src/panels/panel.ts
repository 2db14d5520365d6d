/** One webview panel: forwards its requests to the lab, and what the lab tells to it. */
import * as vscode from "vscode";
import {
  liveActRequest,
  liveBranchRequest,
  liveStartRequest,
  openSessionRequest,
} from "../../../server/src/protocol/requests.js";
import type { SessionId, SessionInfo } from "../../../server/src/protocol/session.js";
import {
  type CompareHow,
  type FromWebview,
  type PanelKind,
  type ToWebview,
  WEBVIEW_METHODS,
} from "../../../server/src/protocol/webview.js";
import { count, members, text } from "../arguments.js";
import { ExpectedError } from "../errors.js";
import { startRunning } from "../live-start.js";
import type { PanelCommand, Services } from "../services.js";
import { watchCaret } from "./caret.js";
import { mediaFolder, panelHtml } from "./html.js";
import type { KeptPanels } from "./kept.js";
import { parseFromWebview, safeFileName } from "./messages.js";
import { panelTranslation } from "./translation.js";

/** What the buttons of the comparison do. */
const COMPARE_COMMANDS: Readonly<Record<CompareHow, string>> = {
  seed: "raftlab.compareWithSeed",
  setting: "raftlab.compareWithSetting",
  file: "raftlab.compareWithFile",
  run: "raftlab.compareRuns",
};

const SELECTING: readonly string[] = [liveStartRequest.method, liveBranchRequest.method, openSessionRequest.method];

/** Wires a panel until it is disposed. */
export class LabPanel implements vscode.Disposable {
  readonly kind: PanelKind;
  readonly #panel: vscode.WebviewPanel;
  readonly #services: Services;
  readonly #kept: KeptPanels;
  readonly #subscriptions: vscode.Disposable[] = [];
  #disposed = false;
  #ready = false;
  /** What a command asked before the page listened. */
  readonly #asked: PanelCommand[] = [];
  /** The page that listens now has been told its session. */
  #told = false;
  #shown: string | null = null;
  #wanted: string | null;
  /** What the comparison was opened for; `null` after a reload, when the webview knows it. */
  #pair: { readonly left: SessionId; readonly right: SessionId } | null = null;

  /**
   * @param wanted the session to show first, from before a reload; `null` shows the current one
   * @param onClosed called when the person closes the panel
   */
  constructor(
    kind: PanelKind,
    panel: vscode.WebviewPanel,
    services: Services,
    kept: KeptPanels,
    wanted: string | null,
    onClosed: () => void,
  ) {
    this.kind = kind;
    this.#panel = panel;
    this.#services = services;
    this.#kept = kept;
    this.#wanted = wanted;
    const { sessions, server, context, bookmarks } = services;
    this.#subscriptions.push(
      panel.onDidDispose(() => {
        this.dispose();
        onClosed();
      }),
      panel.webview.onDidReceiveMessage((message: unknown) => {
        this.#receive(message).catch((error) => services.errors.show(`in the ${kind} panel`, error));
      }),
      server.onDidChangeStatus((status) => {
        // `running` is told when the sessions are back: a panel that asked earlier would be refused.
        if (status.kind !== "running") this.#post({ kind: "server", status: status.kind, message: status.message });
      }),
      sessions.onDidBecomeReady(() => this.#tellRunning()),
      sessions.onDidChangeCurrent((session) => this.#follow(session)),
      sessions.onDidDeleteSession((id) => {
        if (this.#isComparison) this.#post({ kind: "deleted", sessionId: id });
        if (id !== this.#shown) return;
        this.#shown = null;
        this.#post({ kind: "init", session: null, locale: vscode.env.language });
      }),
      bookmarks.onDidChange((change) => {
        if (change.sessionId === this.#shown) this.#post({ kind: "bookmarks", ...change });
      }),
      sessions.onDidMoveCursor(({ sessionId, cursor }) => {
        if (sessionId === this.#shown || this.#isComparison) this.#post({ kind: "cursor", sessionId, cursor });
      }),
      sessions.onDidChangeSession((session) => {
        if (this.#isComparison) this.#post({ kind: "session", session });
      }),
      ...(kind === "diagram" ? [watchCaret((uri, line) => this.#post({ kind: "caret", uri, line }))] : []),
    );
    panel.iconPath = panelIcon(context.extensionUri);
    void this.#load(context.extensionUri);
  }

  /** Shows two sessions side by side; of the comparison alone. */
  compare(left: SessionId, right: SessionId): void {
    this.#pair = { left, right };
    this.#post({ kind: "compare", left, right });
  }

  get #isComparison(): boolean {
    return this.kind === "compare";
  }

  /** Brings the panel up where it is. */
  reveal(focus: boolean): void {
    this.#panel.reveal(undefined, !focus);
  }

  /** Passes on what a command asks, at once or when the page has its session. */
  tell(message: PanelCommand): void {
    if (this.#ready && this.#panel.visible && this.#told) this.#post(message);
    else this.#asked.push(message);
  }

  dispose(): void {
    this.#disposed = true;
    for (const subscription of this.#subscriptions.splice(0)) subscription.dispose();
  }

  async #load(extension: vscode.Uri): Promise<void> {
    const translation = await panelTranslation(mediaFolder(extension), vscode.env.language, (error) =>
      this.#services.errors.log(`while the ${this.kind} panel read its translation`, error),
    );
    // A webview that was closed meanwhile takes no page any more.
    if (this.#disposed) return;
    const { webview, title } = this.#panel;
    webview.html = panelHtml(webview, extension, this.kind, title, translation, this.#kept.read(this.kind));
  }

  async #receive(value: unknown): Promise<void> {
    const message = parseFromWebview(value);
    if (!message) {
      this.#services.log.warn(`the ${this.kind} panel sent a message outside the contract`);
      return;
    }
    switch (message.kind) {
      case "ready":
        return this.#start();
      case "request":
        return this.#request(message);
      case "reveal":
        return reveal(message.uri, message.line);
      case "copy":
        return vscode.env.clipboard.writeText(message.text);
      case "save":
        return save(message.name, bytesOf(message));
      case "openPanel":
        return this.#openPanel(message.panel, message.sessionId);
      case "compareWith":
        await vscode.commands.executeCommand(COMPARE_COMMANDS[message.how], { sessionId: message.sessionId });
        return;
      case "state":
        return this.#kept.put(this.kind, message.state);
      case "showLog":
        return this.#services.log.show();
      case "restartServer":
        return this.#services.server.restart();
      case "error":
        return this.#services.log.error(`the ${this.kind} panel: ${message.message}`);
    }
  }

  async #openPanel(kind: PanelKind, sessionId: SessionId | undefined): Promise<void> {
    if (sessionId !== undefined) await this.#services.sessions.open(sessionId, true);
    this.#services.panels.open(kind, true);
  }

  /** The webview listens now, for the first time or after it was hidden. */
  async #start(): Promise<void> {
    this.#ready = true;
    this.#told = false;
    const { server } = this.#services;
    if (server.status.kind !== "running") {
      this.#post({ kind: "server", status: "starting", message: vscode.l10n.t("The lab is starting.") });
    }
    let session: SessionInfo | undefined;
    try {
      session = await this.#firstSession();
    } catch (error) {
      this.#services.errors.log(`while the ${this.kind} panel looked for its session`, error);
    }
    this.#shown = session?.id ?? null;
    this.#post({ kind: "init", session: session ?? null, locale: vscode.env.language });
    if (this.#pair !== null) this.#post({ kind: "compare", ...this.#pair });
    this.#told = true;
    for (const message of this.#asked.splice(0)) this.#post(message);
    const status = server.status;
    this.#post({ kind: "server", status: status.kind, message: status.message });
  }

  async #firstSession(): Promise<SessionInfo | undefined> {
    const { sessions, server } = this.#services;
    await server.start();
    const wanted = this.#wanted ?? sessions.current?.id ?? null;
    this.#wanted = null;
    if (wanted === null) {
      await sessions.refresh();
      return sessions.current;
    }
    return sessions.open(wanted, sessions.current === undefined || sessions.current.id === wanted);
  }

  #follow(session: SessionInfo | undefined): void {
    if (!session || !this.#ready) return;
    if (session.id === this.#shown) {
      this.#post({ kind: "session", session });
    } else {
      this.#shown = session.id;
      this.#post({ kind: "init", session, locale: vscode.env.language });
    }
  }

  #tellRunning(): void {
    const { server, sessions } = this.#services;
    if (server.status.kind !== "running") return;
    this.#post({ kind: "server", status: "running", message: server.status.message });
    const shown = this.#shown === null ? undefined : sessions.get(this.#shown);
    if (shown) this.#post({ kind: "session", session: shown });
  }

  async #request(message: Extract<FromWebview, { kind: "request" }>): Promise<void> {
    const { id, method, params } = message;
    if (!WEBVIEW_METHODS.includes(method)) {
      this.#post({ kind: "failure", id, message: vscode.l10n.t("A panel may not ask for {0}.", method) });
      return;
    }
    try {
      const { server } = this.#services;
      const result: unknown =
        method === liveStartRequest.method
          ? await startRunning(server, params)
          : await server.request<unknown, unknown>({ method }, params);
      this.#post({ kind: "response", id, result });
      if (SELECTING.includes(method)) this.#select(result);
      if (method === liveActRequest.method) this.#record(params, result);
    } catch (error) {
      this.#services.errors.log(`${method} of the ${this.kind} panel`, error);
      const words = error instanceof Error ? error.message : String(error);
      this.#post({
        kind: "failure",
        id,
        message: error instanceof ExpectedError ? words : vscode.l10n.t("The lab failed: {0}", words),
      });
    }
  }

  /** A session started or opened from a panel becomes the one that all views show. */
  #select(result: unknown): void {
    const { sessions } = this.#services;
    const id = text(members(members(result)["session"]), "id");
    const session = id === undefined ? undefined : sessions.get(id);
    if (session && session.id !== sessions.current?.id) sessions.select(session);
  }

  /** What was done from a panel stands in the results with what was done from the palette. */
  #record(params: unknown, result: unknown): void {
    const outcome = members(members(result)["outcome"]);
    const words = text(outcome, "result");
    if (words === undefined) return;
    this.#services.results.write(`${text(members(params), "step") ?? ""} => ${words}`, count(outcome, "timeUs"));
  }

  #post(message: ToWebview): void {
    if (this.#ready) void this.#panel.webview.postMessage(message);
  }
}

function panelIcon(extension: vscode.Uri): { readonly light: vscode.Uri; readonly dark: vscode.Uri } {
  const icon = (theme: string): vscode.Uri => vscode.Uri.joinPath(extension, "media", "icons", `raftlab-${theme}.svg`);
  return { light: icon("light"), dark: icon("dark") };
}

async function reveal(uri: string, line: number): Promise<void> {
  const target = vscode.Uri.parse(uri, true);
  const open = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === target.toString());
  const document = open?.document ?? (await vscode.workspace.openTextDocument(target));
  const range = document.lineAt(Math.min(line, document.lineCount) - 1).range;
  const viewColumn = open?.viewColumn ?? vscode.ViewColumn.One;
  const editor = await vscode.window.showTextDocument(document, {
    viewColumn,
    selection: range.with({ end: range.start }),
  });
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

function bytesOf({ text, encoding }: Extract<FromWebview, { kind: "save" }>): Uint8Array {
  if (encoding === undefined) return new TextEncoder().encode(text);
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

async function save(name: string, bytes: Uint8Array): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = safeFileName(name);
  const defaultUri = folder ? vscode.Uri.joinPath(folder, file) : vscode.Uri.file(file);
  const chosen = await vscode.window.showSaveDialog({ defaultUri });
  if (chosen) await vscode.workspace.fs.writeFile(chosen, bytes);
}
