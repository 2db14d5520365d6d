/** The Cluster view: the current session's servers, clients and faults at its cursor. */
import * as vscode from "vscode";
import type { ClusterView, ServerView } from "../../../server/src/protocol/cluster-view.js";
import { clusterViewRequest } from "../../../server/src/protocol/requests.js";
import type { SessionInfo } from "../../../server/src/protocol/session.js";
import type { ErrorReporter } from "../errors.js";
import { roleText, serverDescription } from "../inputs.js";
import type { LabServer } from "../server.js";
import { isLive, type Sessions } from "../sessions.js";
import { formatTime } from "../time.js";
import { TreeChanges } from "./tree-changes.js";
import { sessionDescription, sessionIcon } from "./words.js";

/** An element of the tree. Its members are also the argument of the commands in its menu. */
export type ClusterNode =
  | { readonly kind: "session"; readonly sessionId: string }
  | { readonly kind: "server"; readonly sessionId: string; readonly server: string }
  | { readonly kind: "clients"; readonly sessionId: string }
  | { readonly kind: "client"; readonly sessionId: string; readonly client: string }
  | { readonly kind: "fault"; readonly sessionId: string; readonly fault: number };

interface Entry {
  readonly id: string;
  readonly node: ClusterNode;
}

/** At most this often while a live cluster runs; and when only the badge is to be seen. */
const REFRESH_MS = 250;
const BADGE_MS = 1_000;

/**
 * Provides the tree, and the view's badge. It asks the lab at most four times a second while it is visible, and otherwise once a second while
 * a live cluster is current: what is wrong with it shows in the badge.
 */
export class ClusterTree implements vscode.TreeDataProvider<ClusterNode>, vscode.Disposable {
  readonly #server: LabServer;
  readonly #sessions: Sessions;
  readonly #errors: ErrorReporter;
  readonly #emitter = new vscode.EventEmitter<ClusterNode[] | undefined>();
  readonly #changes = new TreeChanges<ClusterNode>();
  readonly #subscriptions: vscode.Disposable[];
  #view: vscode.TreeView<ClusterNode> | undefined;
  #cluster: ClusterView | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #loading = false;

  readonly onDidChangeTreeData = this.#emitter.event;

  constructor(server: LabServer, sessions: Sessions, errors: ErrorReporter) {
    this.#server = server;
    this.#sessions = sessions;
    this.#errors = errors;
    this.#subscriptions = [
      sessions.onDidChangeCurrent(() => this.#schedule()),
      sessions.onDidBecomeReady(() => this.#schedule()),
      sessions.onDidMoveCursor((change) => {
        if (change.sessionId === sessions.current?.id) this.#schedule();
      }),
    ];
  }

  /** The view that shows this tree. */
  attach(view: vscode.TreeView<ClusterNode>): void {
    this.#view = view;
    this.#subscriptions.push(
      view.onDidChangeVisibility(({ visible }) => {
        if (visible) this.#show();
      }),
    );
    if (view.visible) this.#show();
  }

  getChildren(node?: ClusterNode): ClusterNode[] {
    const session = this.#sessions.current;
    if (!session) return [];
    return (node === undefined ? this.#roots(session) : this.#clients(node, session)).map((entry) => entry.node);
  }

  getTreeItem(node: ClusterNode): vscode.TreeItem {
    const session = this.#sessions.get(node.sessionId);
    switch (node.kind) {
      case "session":
        return sessionItem(session);
      case "server":
        return this.#serverItem(node.server, session);
      case "clients":
        return withId(
          "clients",
          new vscode.TreeItem(vscode.l10n.t("Clients"), vscode.TreeItemCollapsibleState.Collapsed),
        );
      case "client":
        return this.#clientItem(node.client);
      case "fault":
        return this.#faultItem(node.fault);
    }
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#emitter.dispose();
  }

  #roots(session: SessionInfo): Entry[] {
    const sessionId = session.id;
    const nodes: ClusterNode[] = [
      { kind: "session", sessionId },
      ...session.servers.map((server): ClusterNode => ({ kind: "server", sessionId, server })),
      ...(this.#cluster?.faults ?? []).map(({ id }): ClusterNode => ({ kind: "fault", sessionId, fault: id })),
      { kind: "clients", sessionId },
    ];
    return nodes.map((node) => this.#entry(node));
  }

  #clients(parent: ClusterNode, session: SessionInfo): Entry[] {
    if (parent.kind !== "clients") return [];
    return session.clients.map((client) => this.#entry({ kind: "client", sessionId: session.id, client }));
  }

  #entry(fresh: ClusterNode): Entry {
    const id = JSON.stringify(fresh);
    return { id, node: this.#changes.node(id, fresh) };
  }

  /** How many servers of a live cluster are not up, and how many faults are in force. */
  #showBadge(session: SessionInfo | undefined): void {
    if (this.#view === undefined) return;
    const shown = session !== undefined && isLive(session) ? this.#cluster : undefined;
    const down = (shown?.servers ?? []).filter(({ status }) => status !== "up").length;
    const faults = shown?.faults.length ?? 0;
    const tooltip = vscode.l10n.t("{0} servers crashed or paused, {1} faults in force", down, faults);
    this.#view.badge = down + faults === 0 ? undefined : { value: down + faults, tooltip };
  }

  #redraw(): void {
    const session = this.#sessions.current;
    this.#showBadge(session);
    const roots = session ? this.#roots(session) : [];
    const clients = session ? roots.flatMap(({ node }) => this.#clients(node, session)) : [];
    const changed = this.#changes.since([...roots, ...clients], (node) => this.getTreeItem(node));
    if (changed === undefined || changed.length > 0) this.#emitter.fire(changed);
  }

  #serverItem(name: string, session: SessionInfo | undefined): vscode.TreeItem {
    const view = this.#cluster?.servers.find((server) => server.name === name);
    const item = withId(`server.${name}`, new vscode.TreeItem(name));
    const live = session !== undefined && isLive(session) ? "live" : "kept";
    item.contextValue = `${live}.server.${view?.status ?? "unknown"}`;
    if (!view) return item;
    item.description = serverDescription(view);
    item.iconPath = serverIcon(view);
    item.tooltip = serverTooltip(view);
    item.accessibilityInformation = { label: `${name}, ${serverDescription(view)}` };
    return item;
  }

  #clientItem(name: string): vscode.TreeItem {
    const client = this.#cluster?.clients.find((candidate) => candidate.name === name);
    const item = withId(`client.${name}`, new vscode.TreeItem(name));
    item.iconPath = new vscode.ThemeIcon("account");
    const idle = client?.target ? vscode.l10n.t("asks {0}", client.target) : vscode.l10n.t("idle");
    item.description = client?.pending ?? idle;
    return item;
  }

  #faultItem(id: number): vscode.TreeItem {
    const fault = this.#cluster?.faults.find((candidate) => candidate.id === id);
    const item = withId(`fault.${id}`, new vscode.TreeItem(fault?.text ?? ""));
    item.iconPath = new vscode.ThemeIcon("zap");
    if (fault) item.description = vscode.l10n.t("since {0}", formatTime(fault.sinceUs));
    return item;
  }

  #show(): void {
    if (!this.#server.wanted) this.#sessions.refresh().catch((error) => this.#errors.log("in the Cluster view", error));
    this.#schedule();
  }

  #schedule(): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        void this.#load();
      },
      this.#view?.visible === true ? REFRESH_MS : BADGE_MS,
    );
  }

  async #load(): Promise<void> {
    const session = this.#sessions.current;
    if (!session || this.#server.status.kind !== "running") {
      if (!session) this.#cluster = undefined;
      this.#redraw();
      return;
    }
    if (this.#view?.visible !== true && !isLive(session)) return this.#showBadge(session);
    if (this.#loading) return this.#schedule();
    this.#loading = true;
    try {
      const parameters = { sessionId: session.id, eventId: null, logWindow: 1 };
      const outcome = await this.#server.request(clusterViewRequest, parameters);
      this.#cluster = outcome.ok ? outcome.view : undefined;
    } catch (error) {
      this.#errors.log("while refreshing the Cluster view", error);
    } finally {
      this.#loading = false;
    }
    this.#redraw();
  }
}

/** Ids keep the selection and the folding while the tree is refreshed. */
function withId(id: string, item: vscode.TreeItem): vscode.TreeItem {
  item.id = id;
  return item;
}

function sessionItem(session: SessionInfo | undefined): vscode.TreeItem {
  const item = withId("session", new vscode.TreeItem(session?.title ?? ""));
  if (!session) return item;
  item.description = sessionDescription(session);
  item.iconPath = sessionIcon(session);
  item.contextValue = isLive(session) ? "live.session" : "kept.session";
  item.command = { command: "raftlab.openClusterPanel", title: vscode.l10n.t("Open Cluster Panel") };
  return item;
}

function serverIcon(server: ServerView): vscode.ThemeIcon {
  if (server.status === "down")
    return new vscode.ThemeIcon("circle-slash", new vscode.ThemeColor("testing.iconFailed"));
  if (server.status === "paused") return new vscode.ThemeIcon("debug-pause");
  switch (server.role) {
    case "leader":
      return new vscode.ThemeIcon("star-full", new vscode.ThemeColor("charts.yellow"));
    case "candidate":
    case "pre-candidate":
      return new vscode.ThemeIcon("megaphone");
    case "follower":
      return new vscode.ThemeIcon("circle-large-outline");
  }
}

function serverTooltip(server: ServerView): vscode.MarkdownString {
  const rows: [string, string][] = [
    [vscode.l10n.t("Role"), server.status === "up" ? roleText(server.role) : serverDescription(server)],
    [vscode.l10n.t("Term"), String(server.term)],
    [vscode.l10n.t("Vote"), server.vote ?? "–"],
    [vscode.l10n.t("Leader"), server.leader ?? "–"],
    [vscode.l10n.t("Commit index"), String(server.commitIndex)],
    [vscode.l10n.t("Applied"), String(server.appliedIndex)],
    [vscode.l10n.t("Durable"), `${server.durableIndex} / ${server.lastIndex}`],
  ];
  const lines = rows.map(([name, value]) => `|${name}|${value}|`).join("\n");
  return new vscode.MarkdownString(`|${server.name}||\n|---|---|\n${lines}`);
}
