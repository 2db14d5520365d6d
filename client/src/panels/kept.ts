/** What each panel showed last: a panel that is opened again goes on from there. */
import type * as vscode from "vscode";
import type { PanelKind, WebviewState } from "../../../server/src/protocol/webview.js";
import { parseWebviewState } from "./messages.js";

/** Real time between two writes of one panel's state. */
const PAUSE_MS = 400;

/** Keeps the newest state of each kind of panel in the workspace's storage. */
export class KeptPanels implements vscode.Disposable {
  readonly #memento: vscode.Memento;
  readonly #newest = new Map<PanelKind, WebviewState>();
  readonly #timers = new Map<PanelKind, ReturnType<typeof setTimeout>>();

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  /** The state kept for a kind of panel; the empty one when there is none, or none that can be read. */
  read(kind: PanelKind): WebviewState {
    return this.#newest.get(kind) ?? parseWebviewState(this.#memento.get(keyOf(kind)));
  }

  /** Keeps a state; of several within a moment the newest is written. */
  put(kind: PanelKind, state: WebviewState): void {
    this.#newest.set(kind, state);
    if (this.#timers.has(kind)) return;
    this.#timers.set(
      kind,
      setTimeout(() => this.#write(kind), PAUSE_MS),
    );
  }

  dispose(): void {
    for (const kind of [...this.#timers.keys()]) this.#write(kind);
  }

  #write(kind: PanelKind): void {
    clearTimeout(this.#timers.get(kind));
    this.#timers.delete(kind);
    void this.#memento.update(keyOf(kind), this.#newest.get(kind));
  }
}

function keyOf(kind: PanelKind): string {
  return `raftlab.panel.${kind}`;
}
