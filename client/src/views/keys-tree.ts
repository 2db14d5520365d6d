/** The Keys view: the keys of the leader at the cursor as a tree by `/`, each with its revisions. */
import * as vscode from "vscode";
import type { KeyChildView, KeyRevisionView } from "../../../server/src/protocol/kv-views.js";
import { keyHistoryRequest, keysRequest } from "../../../server/src/protocol/requests.js";
import type { SessionInfo } from "../../../server/src/protocol/session.js";
import { unwrap } from "../errors.js";
import { AtCursor, type ViewServices } from "./at-cursor.js";
import { keyItem, moreItem, prefixItem, revisionItem } from "./key-items.js";

/** An element of the tree. Its members are also the argument of the commands in its menu. */
export type KeyNode =
  /** `key` and `prefix` are what the operations of the menu take. */
  | { readonly kind: "prefix"; readonly sessionId: string; readonly key: string; readonly prefix: true }
  | { readonly kind: "key"; readonly sessionId: string; readonly key: string; readonly parent: string }
  | { readonly kind: "revision"; readonly sessionId: string; readonly key: string; readonly revision: number }
  /** There are more children below `below`: keys of a prefix, or revisions of a key. */
  | { readonly kind: "more"; readonly sessionId: string; readonly of: "keys" | "revisions"; readonly below: string };

/** Children of one level that are fetched at once. */
const PAGE = 100;

interface Level {
  readonly children: readonly KeyNode[];
  readonly looks: string;
}

/** Provides the tree: only levels that are open are asked for, and only they are asked for again. */
export class KeysTree implements vscode.TreeDataProvider<KeyNode>, vscode.Disposable {
  readonly #services: ViewServices;
  readonly #emitter = new vscode.EventEmitter<KeyNode[] | undefined>();
  readonly #atCursor: AtCursor;
  readonly #nodes = new Map<string, KeyNode>();
  /** Open levels, by the node above; the roots stand below `""`. */
  readonly #levels = new Map<string, Level>();
  readonly #pages = new Map<string, number>();
  readonly #children = new Map<string, KeyChildView>();
  readonly #revisions = new Map<string, KeyRevisionView>();
  #view: vscode.TreeView<KeyNode> | undefined;
  #session: SessionInfo | undefined;

  readonly onDidChangeTreeData = this.#emitter.event;

  constructor(services: ViewServices) {
    this.#services = services;
    this.#atCursor = new AtCursor(services, "Keys", (session) => this.#load(session));
  }

  /** The view that shows this tree. */
  attach(view: vscode.TreeView<KeyNode>): vscode.Disposable {
    this.#view = view;
    this.#atCursor.attach(view);
    return view.onDidCollapseElement(({ element }) => this.#close(element));
  }

  get selected(): KeyNode | undefined {
    return this.#view?.selection.at(-1);
  }

  /** Shows another page of the level that a "more" node ends. */
  showMore(node: KeyNode): void {
    if (node.kind !== "more") return;
    const level = levelOf(node);
    this.#pages.set(level, (this.#pages.get(level) ?? 1) + 1);
    this.#nodes.delete(idOf(node));
    this.#atCursor.schedule();
  }

  async getChildren(node?: KeyNode): Promise<KeyNode[]> {
    const id = node === undefined ? "" : idOf(node);
    const known = this.#levels.get(id);
    if (known !== undefined) return [...known.children];
    const session = this.#session;
    if (session === undefined || node?.kind === "revision" || node?.kind === "more") return [];
    try {
      const level = await this.#fetch(session, node);
      this.#levels.set(id, level);
      return [...level.children];
    } catch (error) {
      this.#services.errors.log("in the Keys view", error);
      return [];
    }
  }

  getTreeItem(node: KeyNode): vscode.TreeItem {
    switch (node.kind) {
      case "prefix":
        return prefixItem(node, this.#children.get(idOf(node)), this.#session);
      case "key":
        return keyItem(node, this.#children.get(idOf(node)), this.#session);
      case "revision":
        return revisionItem(node, this.#revisions.get(idOf(node)));
      case "more":
        return moreItem(node);
    }
  }

  dispose(): void {
    this.#atCursor.dispose();
    this.#emitter.dispose();
  }

  /** A level that was folded, and those inside it, are not asked for any more. */
  #close(element: KeyNode): void {
    this.#levels.delete(idOf(element));
    if (element.kind !== "prefix") return;
    for (const id of [...this.#levels.keys()]) {
      const node = this.#nodes.get(id);
      if ((node?.kind === "prefix" || node?.kind === "key") && node.key.startsWith(element.key))
        this.#levels.delete(id);
    }
  }

  /** Forgets what stands in no open level any more. */
  #prune(): void {
    const shown = new Set([...this.#levels.values()].flatMap(({ children }) => children.map(idOf)));
    for (const kept of [this.#nodes, this.#children, this.#revisions]) {
      for (const id of kept.keys()) if (!shown.has(id)) kept.delete(id);
    }
  }

  /** Fills the open levels anew, and has those drawn that changed. */
  async #load(session: SessionInfo | undefined): Promise<void> {
    const other = session?.id !== this.#session?.id;
    this.#session = session;
    if (session === undefined || other) {
      for (const kept of [this.#levels, this.#nodes, this.#pages, this.#children, this.#revisions]) kept.clear();
      if (this.#view !== undefined && session === undefined) this.#view.description = "";
      this.#emitter.fire(undefined);
      if (session === undefined) return;
    }
    const changed: KeyNode[] = [];
    let everything = false;
    if (!this.#levels.has("")) this.#levels.set("", { children: [], looks: "" });
    for (const [id, before] of [...this.#levels]) {
      const node = id === "" ? undefined : this.#nodes.get(id);
      if (id !== "" && node === undefined) {
        this.#levels.delete(id);
        continue;
      }
      const level = await this.#fetch(session, node);
      if (!this.#levels.has(id)) continue;
      this.#levels.set(id, level);
      if (level.looks === before.looks) continue;
      if (node === undefined) everything = true;
      else changed.push(node);
    }
    this.#prune();
    if (everything) this.#emitter.fire(undefined);
    else if (changed.length > 0) this.#emitter.fire(changed);
  }

  #fetch(session: SessionInfo, node: KeyNode | undefined): Promise<Level> {
    return node?.kind === "key"
      ? this.#fetchRevisions(session, node.key)
      : this.#fetchKeys(session, node?.kind === "prefix" ? node.key : "");
  }

  async #fetchKeys(session: SessionInfo, prefix: string): Promise<Level> {
    const sessionId = session.id;
    const found: KeyChildView[] = [];
    let more = true;
    let after: string | undefined;
    for (let page = this.#pages.get(`keys ${prefix}`) ?? 1; page > 0 && more; page -= 1) {
      const last: { after?: string } = after === undefined ? {} : { after };
      const parameters = { sessionId, eventId: null, prefix, limit: PAGE, ...last };
      const { view } = unwrap(await this.#services.server.request(keysRequest, parameters));
      found.push(...view.children);
      const end = view.children.at(-1);
      more = view.more && end !== undefined;
      after = end?.kind === "key" ? end.key : end?.prefix;
      if (prefix === "" && this.#view !== undefined) {
        this.#view.description = vscode.l10n.t("{0}, revision {1}", view.server, view.revision);
      }
    }
    const children = found.map((child) => {
      const node: KeyNode =
        child.kind === "key"
          ? { kind: "key", sessionId, key: child.key, parent: prefix }
          : { kind: "prefix", sessionId, key: child.prefix, prefix: true };
      this.#children.set(idOf(node), child);
      return this.#node(node);
    });
    if (more) children.push(this.#node({ kind: "more", sessionId, of: "keys", below: prefix }));
    return { children, looks: JSON.stringify([found, more]) };
  }

  async #fetchRevisions(session: SessionInfo, key: string): Promise<Level> {
    const sessionId = session.id;
    const limit = Math.min(500, 20 * (this.#pages.get(`revisions ${key}`) ?? 1));
    const { view } = unwrap(
      await this.#services.server.request(keyHistoryRequest, { sessionId, eventId: null, key, limit }),
    );
    const children = view.revisions.map((revision) => {
      const node: KeyNode = { kind: "revision", sessionId, key, revision: revision.revision };
      this.#revisions.set(idOf(node), revision);
      return this.#node(node);
    });
    if (view.more && limit < 500) children.push(this.#node({ kind: "more", sessionId, of: "revisions", below: key }));
    return { children, looks: JSON.stringify([view.revisions, view.more]) };
  }

  #node(fresh: KeyNode): KeyNode {
    const id = idOf(fresh);
    const known = this.#nodes.get(id);
    if (known !== undefined) return known;
    this.#nodes.set(id, fresh);
    return fresh;
  }
}

function idOf(node: KeyNode): string {
  return JSON.stringify(node);
}

function levelOf({ of, below }: KeyNode & { readonly kind: "more" }): string {
  return `${of} ${below}`;
}
