/** The Runs view: every session that the lab keeps. */
import * as vscode from "vscode";
import type { ErrorReporter } from "../errors.js";
import type { LabServer } from "../server.js";
import { isLive, type Sessions } from "../sessions.js";
import { TreeChanges } from "./tree-changes.js";
import { sessionDescription, sessionIcon } from "./words.js";

/** An element of the tree; also the argument of the commands in its menu. */
export interface RunNode {
  readonly sessionId: string;
}

/** Provides the list, newest first. */
export class RunsTree implements vscode.TreeDataProvider<RunNode>, vscode.Disposable {
  readonly #server: LabServer;
  readonly #sessions: Sessions;
  readonly #errors: ErrorReporter;
  readonly #emitter = new vscode.EventEmitter<RunNode[] | undefined>();
  readonly #changes = new TreeChanges<RunNode>();
  readonly #subscriptions: vscode.Disposable[];
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly onDidChangeTreeData = this.#emitter.event;

  constructor(server: LabServer, sessions: Sessions, errors: ErrorReporter) {
    this.#server = server;
    this.#sessions = sessions;
    this.#errors = errors;
    this.#subscriptions = [
      sessions.onDidChangeList(() => this.#schedule()),
      sessions.onDidChangeSession(() => this.#schedule()),
    ];
  }

  async getChildren(node?: RunNode): Promise<RunNode[]> {
    if (node) return [];
    if (!this.#server.wanted) {
      try {
        await this.#sessions.refresh();
      } catch (error) {
        this.#errors.log("in the Runs view", error);
      }
    }
    return this.#entries().map((entry) => entry.node);
  }

  getTreeItem(node: RunNode): vscode.TreeItem {
    const session = this.#sessions.get(node.sessionId);
    const item = new vscode.TreeItem(session?.title ?? "");
    if (!session) return item;
    const current = session.id === this.#sessions.current?.id ? ` • ${vscode.l10n.t("shown")}` : "";
    item.id = session.id;
    item.description = `${sessionDescription(session)}${current}`;
    item.iconPath = sessionIcon(session);
    item.contextValue = isLive(session) ? "live" : session.kind;
    item.tooltip = tooltip(session.title, session.uri, session.startedAt, session.traceHash);
    item.command = { command: "raftlab.openRun", title: vscode.l10n.t("Open Run"), arguments: [node] };
    return item;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#emitter.dispose();
  }

  #entries(): { readonly id: string; readonly node: RunNode }[] {
    return this.#sessions.all.map(({ id }) => ({ id, node: this.#changes.node(id, { sessionId: id }) }));
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const changed = this.#changes.since(this.#entries(), (node) => this.getTreeItem(node));
      if (changed === undefined || changed.length > 0) this.#emitter.fire(changed);
    }, 250);
  }
}

function tooltip(title: string, uri: string | null, startedAt: string, traceHash: string | null): string {
  const started = new Date(startedAt);
  const when = Number.isNaN(started.getTime()) ? startedAt : started.toLocaleString(vscode.env.language);
  const file = uri === null ? undefined : vscode.workspace.asRelativePath(vscode.Uri.parse(uri));
  return [title, file, when, traceHash].filter((line) => line !== undefined && line !== null).join("\n");
}
