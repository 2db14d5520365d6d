/** The Runs view: every session that the lab keeps, newest first or by file. */
import * as vscode from "vscode";
import type { Bookmark } from "../../../server/src/protocol/bookmarks.js";
import type { SessionId, SessionInfo } from "../../../server/src/protocol/session.js";
import type { Bookmarks } from "../bookmarks.js";
import type { ErrorReporter } from "../errors.js";
import type { LabServer } from "../server.js";
import type { Sessions } from "../sessions.js";
import { setContext } from "./context.js";
import { bookmarkRow, fileRow, moreRow, sessionRow } from "./run-items.js";
import { bookmarksOf, concernsOf, idOf, levelOf, ROOT, type RunNode, runLevels, sessionsByFile } from "./runs-model.js";
import { TreeChanges } from "./tree-changes.js";

const GROUPED_KEY = "raftlab.runs.grouped";

/** What the tree is made of. */
export interface RunsTreeParts {
  readonly server: LabServer;
  readonly sessions: Sessions;
  readonly bookmarks: Bookmarks;
  readonly errors: ErrorReporter;
}

/** Provides the list, and the view's badge. */
export class RunsTree implements vscode.TreeDataProvider<RunNode>, vscode.Disposable {
  readonly #server: LabServer;
  readonly #sessions: Sessions;
  readonly #bookmarks: Bookmarks;
  readonly #errors: ErrorReporter;
  readonly #memento: vscode.Memento;
  readonly #emitter = new vscode.EventEmitter<RunNode[] | undefined>();
  readonly #changes = new TreeChanges<RunNode>();
  readonly #subscriptions: vscode.Disposable[];
  readonly #pages = new Map<string, number>();
  #grouped: boolean;
  #levels: ReadonlyMap<string, readonly RunNode[]> = new Map();
  #perFile: ReadonlyMap<string | null, number> = new Map();
  #view: vscode.TreeView<RunNode> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly onDidChangeTreeData = this.#emitter.event;

  constructor({ server, sessions, bookmarks, errors }: RunsTreeParts, memento: vscode.Memento) {
    this.#server = server;
    this.#sessions = sessions;
    this.#bookmarks = bookmarks;
    this.#errors = errors;
    this.#memento = memento;
    this.#grouped = memento.get<boolean>(GROUPED_KEY) === true;
    setContext("raftlab.runsGrouped", this.#grouped);
    this.#subscriptions = [
      sessions.onDidChangeList(() => this.#schedule()),
      sessions.onDidChangeSession(() => this.#schedule()),
      bookmarks.onDidChange(() => this.#schedule()),
      bookmarks.onDidRead(() => this.#schedule()),
    ];
  }

  /** The view that shows this tree. */
  attach(view: vscode.TreeView<RunNode>): void {
    this.#view = view;
  }

  /** Arranges the rows by file, or else newest first; remembered for the workspace. */
  group(grouped: boolean): void {
    this.#grouped = grouped;
    this.#pages.clear();
    void this.#memento.update(GROUPED_KEY, grouped);
    setContext("raftlab.runsGrouped", grouped);
    this.#schedule();
  }

  /** Shows another page of the level that a "more" node ends. */
  showMore(node: RunNode): void {
    if (node.kind !== "more") return;
    this.#pages.set(node.level, (this.#pages.get(node.level) ?? 1) + 1);
    this.#schedule();
  }

  get clicked(): RunNode | undefined {
    return this.#view?.selection.at(-1);
  }

  /** The sessions whose rows are selected. */
  get selected(): readonly SessionId[] {
    return (this.#view?.selection ?? []).flatMap((node) => (node.kind === "session" ? [node.sessionId] : []));
  }

  async getChildren(node?: RunNode): Promise<RunNode[]> {
    if (node?.kind === "file") return [...(this.#levels.get(levelOf(node.uri)) ?? [])];
    if (node?.kind === "session") return [...(this.#levels.get(bookmarksOf(node.sessionId)) ?? [])];
    if (node !== undefined) return [];
    if (!this.#server.wanted) {
      try {
        await this.#sessions.refresh();
      } catch (error) {
        this.#errors.log("in the Runs view", error);
      }
    }
    this.#arrange();
    return [...(this.#levels.get(ROOT) ?? [])];
  }

  getTreeItem(node: RunNode): vscode.TreeItem {
    switch (node.kind) {
      case "session":
        return sessionRow(
          this.#sessions.get(node.sessionId),
          node.sessionId === this.#sessions.current?.id,
          this.#bookmarksOf(node.sessionId).length,
        );
      case "bookmark":
        return bookmarkRow(
          node,
          this.#bookmarksOf(node.sessionId).find(({ eventId }) => eventId === node.eventId),
        );
      case "file":
        return fileRow(node, this.#perFile.get(node.uri) ?? 0);
      case "more":
        return moreRow(node);
    }
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#emitter.dispose();
  }

  /** Decides the rows anew; VS Code knows a row by its object, so those that stay keep theirs. */
  #arrange(): { readonly id: string; readonly node: RunNode }[] {
    const all = this.#sessions.all;
    const bookmarks = this.#bookmarks.known;
    const levels = runLevels(all, { grouped: this.#grouped, pages: this.#pages, bookmarks });
    const entries: { readonly id: string; readonly node: RunNode }[] = [];
    const known = (fresh: RunNode): RunNode => {
      const id = idOf(fresh);
      const node = this.#changes.node(id, fresh);
      entries.push({ id, node });
      return node;
    };
    this.#levels = new Map([...levels].map(([level, nodes]) => [level, nodes.map(known)]));
    this.#perFile = new Map([...sessionsByFile(all)].map(([uri, of]) => [uri, of.length]));
    this.#showBadge(all);
    return entries;
  }

  #bookmarksOf(sessionId: SessionId): readonly Bookmark[] {
    return this.#bookmarks.known.get(sessionId) ?? [];
  }

  #showBadge(all: readonly SessionInfo[]): void {
    if (this.#view === undefined) return;
    const { failed, unproven } = concernsOf(all);
    const value = failed + unproven;
    const tooltip = vscode.l10n.t("Last runs of scenarios: {0} failed, {1} unproven", failed, unproven);
    this.#view.badge = value === 0 ? undefined : { value, tooltip };
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const changed = this.#changes.since(this.#arrange(), (node) => this.getTreeItem(node));
      if (changed === undefined || changed.length > 0) this.#emitter.fire(changed);
    }, 250);
  }
}
