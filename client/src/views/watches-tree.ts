/** The Watches view: the current session's watches at its cursor, each with its newest changes. */
import * as vscode from "vscode";
import type { WatchChangeView, WatchView } from "../../../server/src/protocol/kv-views.js";
import { watchesRequest } from "../../../server/src/protocol/requests.js";
import type { SessionId, SessionInfo } from "../../../server/src/protocol/session.js";
import { keyText, quote } from "../../../server/src/protocol/steps/step-words.js";
import { isLive } from "../sessions.js";
import { formatTime } from "../time.js";
import { AtCursor, type ViewServices } from "./at-cursor.js";
import { TreeChanges } from "./tree-changes.js";

/** An element of the tree. Its members are also the argument of the commands in its menu. */
export type WatchNode =
  | {
      readonly kind: "watch";
      readonly sessionId: string;
      readonly number: number;
      /** Its name. */
      readonly watch: string;
      readonly client: string;
      /** What Copy copies. */
      readonly copy: string;
    }
  | {
      readonly kind: "change";
      readonly sessionId: string;
      readonly number: number;
      /** The event at which the client received it. */
      readonly eventId: number;
      readonly key: string;
      readonly revision: number;
      readonly copy: string;
    };

/** Changes of a watch that are shown. */
const CHANGES = 50;

/** Provides the tree. */
export class WatchesTree implements vscode.TreeDataProvider<WatchNode>, vscode.Disposable {
  readonly #services: ViewServices;
  readonly #emitter = new vscode.EventEmitter<WatchNode[] | undefined>();
  readonly #changes = new TreeChanges<WatchNode>();
  readonly #atCursor: AtCursor;
  #session: SessionInfo | undefined;
  #watches: readonly WatchView[] = [];
  #view: vscode.TreeView<WatchNode> | undefined;
  #unseen = 0;

  readonly onDidChangeTreeData = this.#emitter.event;

  constructor(services: ViewServices) {
    this.#services = services;
    this.#atCursor = new AtCursor(services, "Watches", (session) => this.#load(session));
  }

  get selected(): WatchNode | undefined {
    return this.#view?.selection.at(-1);
  }

  /** The view that shows this tree. */
  attach(view: vscode.TreeView<WatchNode>): vscode.Disposable {
    this.#view = view;
    this.#atCursor.attach(view);
    return view.onDidChangeVisibility(() => this.#count(0));
  }

  /** A watch of a session got a change. */
  notice(sessionId: SessionId): void {
    if (sessionId === this.#services.sessions.current?.id) this.#count(this.#unseen + 1);
  }

  /** The badge: changes that came since the view was looked at. */
  #count(unseen: number): void {
    if (this.#view === undefined) return;
    this.#unseen = this.#view.visible ? 0 : unseen;
    const tooltip = vscode.l10n.t("{0} new changes in watches", this.#unseen);
    this.#view.badge = this.#unseen === 0 ? undefined : { value: this.#unseen, tooltip };
  }

  getChildren(node?: WatchNode): WatchNode[] {
    const session = this.#session;
    if (session === undefined) return [];
    if (node === undefined) return this.#roots(session);
    return node.kind === "watch" ? this.#below(session, node.number) : [];
  }

  getTreeItem(node: WatchNode): vscode.TreeItem {
    const watch = this.#watches.find(({ number }) => number === node.number);
    if (node.kind === "watch") return watchItem(node.watch, watch, this.#session);
    const change = watch?.changes.find(({ eventId, revision, key }) => isOf(node, eventId, revision, key));
    return changeItem(node, change);
  }

  dispose(): void {
    this.#atCursor.dispose();
    this.#emitter.dispose();
  }

  #roots(session: SessionInfo): WatchNode[] {
    // The newest first, as changes are.
    return [...this.#watches].reverse().map(({ number, name, client, request }) =>
      this.#node({
        kind: "watch",
        sessionId: session.id,
        number,
        watch: name,
        client,
        copy: `${client} ${request} as ${name}`,
      }),
    );
  }

  #below(session: SessionInfo, number: number): WatchNode[] {
    const changes = this.#watches.find((watch) => watch.number === number)?.changes ?? [];
    return changes.map((change) =>
      this.#node({
        kind: "change",
        sessionId: session.id,
        number,
        eventId: change.eventId,
        key: change.key,
        revision: change.revision,
        copy: changeText(change),
      }),
    );
  }

  async #load(session: SessionInfo | undefined): Promise<void> {
    let more = 0;
    if (session === undefined) this.#watches = [];
    else {
      const parameters = { sessionId: session.id, eventId: null, changes: CHANGES };
      const outcome = await this.#services.server.request(watchesRequest, parameters);
      this.#watches = outcome.ok ? outcome.view.watches : [];
      more = outcome.ok ? outcome.view.moreWatches : 0;
    }
    if (this.#view) this.#view.description = more === 0 ? "" : vscode.l10n.t("{0} older ones are not shown", more);
    this.#session = session;
    this.#redraw();
  }

  #node(fresh: WatchNode): WatchNode {
    return this.#changes.node(idOf(fresh), fresh);
  }

  #redraw(): void {
    const session = this.#session;
    const roots = session === undefined ? [] : this.#roots(session);
    const all = session === undefined ? [] : roots.flatMap((root) => [root, ...this.#below(session, root.number)]);
    const entries = all.map((node) => ({ id: idOf(node), node }));
    const changed = this.#changes.since(entries, (node) => this.getTreeItem(node));
    if (changed === undefined || changed.length > 0) this.#emitter.fire(changed);
  }
}

function idOf(node: WatchNode): string {
  return JSON.stringify(node);
}

function isOf(node: WatchNode & { kind: "change" }, eventId: number, revision: number, key: string): boolean {
  return node.eventId === eventId && node.revision === revision && node.key === key;
}

/** A change in the words of the language. */
function changeText({ type, key, value, revision }: WatchChangeView): string {
  const what = type === "put" ? `put ${keyText(key)} ${quote(value)}` : `delete ${keyText(key)}`;
  return `${what} rev ${revision}`;
}

function watchItem(name: string, watch: WatchView | undefined, session: SessionInfo | undefined): vscode.TreeItem {
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Expanded);
  if (watch === undefined) return item;
  const live = session !== undefined && isLive(session) ? "live" : "kept";
  item.id = `${session?.id} ${watch.number}`;
  item.description = `${watch.client}: ${watch.keys} · ${stateText(watch)}`;
  item.iconPath = watchIcon(watch);
  item.contextValue = `${live}.watch.${watch.state}`;
  item.tooltip = [
    `${watch.client} ${watch.request} as ${watch.name}`,
    stateText(watch),
    vscode.l10n.t("{0} changes received, up to revision {1}", watch.received, watch.revision),
    ...(watch.received > watch.changes.length
      ? [vscode.l10n.t("The newest {0} are shown.", watch.changes.length)]
      : []),
  ].join("\n");
  item.accessibilityInformation = { label: `${name}, ${item.description}` };
  return item;
}

function stateText({ state, server, end, revision }: WatchView): string {
  if (state === "connecting") return vscode.l10n.t("connecting to {0}", server ?? "–");
  if (state === "active") return vscode.l10n.t("at {0}, rev {1}", server ?? "–", revision);
  if (end === null || end.error === null) return vscode.l10n.t("ended");
  if (end.error !== "compacted") return vscode.l10n.t("ended: error {0}", end.error);
  return vscode.l10n.t("ended: error {0}, history begins at revision {1}", end.error, end.compactRevision);
}

function watchIcon({ state, end }: WatchView): vscode.ThemeIcon {
  if (state === "active") return new vscode.ThemeIcon("eye");
  if (state === "connecting") return new vscode.ThemeIcon("sync");
  if (end === null || end.error === null) return new vscode.ThemeIcon("eye-closed");
  return new vscode.ThemeIcon("error", new vscode.ThemeColor("testing.iconFailed"));
}

function changeItem(node: WatchNode & { kind: "change" }, change: WatchChangeView | undefined): vscode.TreeItem {
  const item = new vscode.TreeItem(change === undefined ? node.copy : labelOf(change));
  item.id = `${node.sessionId} ${node.number} ${node.eventId} ${node.revision} ${node.key}`;
  item.contextValue = "change";
  item.command = { command: "raftlab.openWatchRow", title: vscode.l10n.t("Go to the Event") };
  if (change === undefined) return item;
  const before = change.previous === null ? "" : ` · ${vscode.l10n.t("before: {0}", quote(change.previous))}`;
  item.description = `rev ${change.revision} · ${formatTime(change.timeUs)}${before}`;
  const created = change.type === "put" && change.version === 1;
  item.iconPath = new vscode.ThemeIcon(change.type === "delete" ? "trash" : created ? "add" : "edit");
  item.tooltip = `${changeText(change)}\n${vscode.l10n.t("received at {0}", formatTime(change.timeUs))}`;
  return item;
}

function labelOf({ type, key, value }: WatchChangeView): string {
  if (type === "delete") return vscode.l10n.t("delete {0}", keyText(key));
  return `${keyText(key)} = ${quote(value.slice(0, 80))}${value.length > 80 ? "…" : ""}`;
}
