/** When a view of the current session at its cursor is to be filled anew: at most four times a second, and only while it is visible. */
import type * as vscode from "vscode";
import type { SessionInfo } from "../../../server/src/protocol/session.js";
import type { ErrorReporter } from "../errors.js";
import type { LabServer } from "../server.js";
import type { Sessions } from "../sessions.js";

const REFRESH_MS = 250;

/** The lab's parts that a view needs. */
export interface ViewServices {
  readonly server: LabServer;
  readonly sessions: Sessions;
  readonly errors: ErrorReporter;
}

/** Calls `load` whenever what a view shows may have changed. */
export class AtCursor implements vscode.Disposable {
  readonly #services: ViewServices;
  readonly #name: string;
  /** Gets the current session, or `undefined` when there is nothing to show. */
  readonly #load: (session: SessionInfo | undefined) => Promise<void>;
  readonly #subscriptions: vscode.Disposable[];
  #isVisible = (): boolean => false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #loading = false;

  /** `name` is the view's, for the log. */
  constructor(services: ViewServices, name: string, load: (session: SessionInfo | undefined) => Promise<void>) {
    this.#services = services;
    this.#name = name;
    this.#load = load;
    const { sessions } = services;
    this.#subscriptions = [
      sessions.onDidChangeCurrent(() => this.schedule()),
      sessions.onDidBecomeReady(() => this.schedule()),
      sessions.onDidMoveCursor((change) => {
        if (change.sessionId === sessions.current?.id) this.schedule();
      }),
    ];
  }

  /** The view that shows it. */
  attach<T>(view: vscode.TreeView<T>): void {
    this.#isVisible = () => view.visible;
    this.#subscriptions.push(
      view.onDidChangeVisibility(({ visible }) => {
        if (visible) this.#show();
      }),
    );
    if (view.visible) this.#show();
  }

  /** Has it filled soon. */
  schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#refresh();
    }, REFRESH_MS);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #show(): void {
    const { server, sessions, errors } = this.#services;
    if (!server.wanted) sessions.refresh().catch((error) => errors.log(`in the ${this.#name} view`, error));
    this.schedule();
  }

  async #refresh(): Promise<void> {
    const { server, sessions, errors } = this.#services;
    const session = sessions.current;
    // While the server is down the view keeps its last picture.
    if (session !== undefined && server.status.kind !== "running") return;
    if (session !== undefined && !this.#isVisible()) return;
    if (this.#loading) {
      this.schedule();
      return;
    }
    this.#loading = true;
    try {
      await this.#load(session);
    } catch (error) {
      errors.log(`while refreshing the ${this.#name} view`, error);
    } finally {
      this.#loading = false;
    }
  }
}
