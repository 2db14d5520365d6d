/** The sessions that the lab knows, and which of them the views and commands mean. */
import * as vscode from "vscode";
import {
  cursorChangedNotification,
  openSessionRequest,
  sessionChangedNotification,
  sessionDeletedNotification,
  sessionsRequest,
} from "../../server/src/protocol/requests.js";
import type { EventId, SessionId, SessionInfo } from "../../server/src/protocol/session.js";
import { type ErrorReporter, ExpectedError, unwrap } from "./errors.js";
import type { LabServer } from "./server.js";

const CURRENT_KEY = "raftlab.currentSession";

/** Where the cursor of a session went. */
export interface CursorChange {
  readonly sessionId: SessionId;
  readonly cursor: EventId | null;
  /** 1-based line of the scenario, or `null`. */
  readonly line: number | null;
}

/** A live cluster that can still be acted on. */
export function isLive(session: SessionInfo): boolean {
  return session.kind === "live" && (session.state.kind === "running" || session.state.kind === "paused");
}

/** What paused a live cluster, when that was not a person: a broken safety property, a full trace. */
function pausedBecause({ state }: SessionInfo): string | null {
  return state.kind === "paused" ? (state.because ?? null) : null;
}

/** Mirrors the lab's sessions in the extension. One of them is current: the one last started, opened or selected. */
export class Sessions implements vscode.Disposable {
  readonly #server: LabServer;
  readonly #memento: vscode.Memento;
  readonly #errors: ErrorReporter;
  readonly #changed = new vscode.EventEmitter<SessionInfo>();
  readonly #deleted = new vscode.EventEmitter<SessionId>();
  readonly #cursor = new vscode.EventEmitter<CursorChange>();
  readonly #current = new vscode.EventEmitter<SessionInfo | undefined>();
  readonly #list = new vscode.EventEmitter<void>();
  readonly #ready = new vscode.EventEmitter<void>();
  #byId = new Map<SessionId, SessionInfo>();
  #currentId: SessionId | undefined;
  #reloading: Promise<void> = Promise.resolve();

  /** A session appeared or changed. */
  readonly onDidChangeSession = this.#changed.event;
  /** A session is gone. */
  readonly onDidDeleteSession = this.#deleted.event;
  /** A time cursor moved. */
  readonly onDidMoveCursor = this.#cursor.event;
  /** Another session is current, or the current one changed. */
  readonly onDidChangeCurrent = this.#current.event;
  /** Sessions were added, removed or replaced as a whole. */
  readonly onDidChangeList = this.#list.event;
  /** The server runs and the current session is available in it: views may ask for it. */
  readonly onDidBecomeReady = this.#ready.event;

  constructor(server: LabServer, memento: vscode.Memento, errors: ErrorReporter) {
    this.#server = server;
    this.#memento = memento;
    this.#errors = errors;
    this.#currentId = memento.get<string>(CURRENT_KEY);
    server.onNotification(sessionChangedNotification, ({ session }) => this.#take(session));
    server.onNotification(sessionDeletedNotification, ({ sessionId }) => this.#drop(sessionId));
    server.onNotification(cursorChangedNotification, (change) => {
      const session = this.#byId.get(change.sessionId);
      if (session) this.#byId.set(session.id, { ...session, cursor: change.cursor });
      this.#cursor.fire(change);
    });
    server.onDidChangeStatus((status) => {
      if (status.kind === "running") this.#reloading = this.#reload();
    });
  }

  /** All sessions, newest first. */
  get all(): readonly SessionInfo[] {
    return [...this.#byId.values()].sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  }

  /** The session that views and commands mean. */
  get current(): SessionInfo | undefined {
    return this.#currentId === undefined ? undefined : this.#byId.get(this.#currentId);
  }

  /** The live cluster that operations act on: the current session, or else the newest that lives. */
  get live(): SessionInfo | undefined {
    const current = this.current;
    return current && isLive(current) ? current : this.all.find(isLive);
  }

  /** A session by its id. */
  get(id: SessionId): SessionInfo | undefined {
    return this.#byId.get(id);
  }

  /** The newest session of a scenario with the settings of its text. */
  latestOf(uri: string, scenario: string | undefined): SessionInfo | undefined {
    return this.all.find(
      (s) => s.uri === uri && (scenario === undefined || s.title === scenario) && s.settings === undefined,
    );
  }

  /** Resolves when, after a start or restart of the server, the current session is available again. */
  whenReady(): Promise<void> {
    return this.#reloading;
  }

  /** Makes a session current. */
  select(session: SessionInfo): void {
    this.#byId.set(session.id, session);
    this.#currentId = session.id;
    void this.#memento.update(CURRENT_KEY, session.id);
    this.#current.fire(session);
    this.#list.fire();
  }

  /** Makes a kept session available again, and current when asked to. */
  async open(id: SessionId, select: boolean, token?: vscode.CancellationToken): Promise<SessionInfo> {
    const { session } = unwrap(await this.#server.request(openSessionRequest, { sessionId: id }, token));
    if (select) this.select(session);
    else this.#take(session);
    return session;
  }

  /** Asks the lab for its sessions, which starts it when needed. */
  async refresh(): Promise<void> {
    const { sessions } = await this.#server.request(sessionsRequest, {});
    this.#byId = new Map(sessions.map((session) => [session.id, session]));
    this.#list.fire();
    this.#current.fire(this.current);
  }

  dispose(): void {
    for (const emitter of [this.#changed, this.#deleted, this.#cursor, this.#current, this.#list, this.#ready]) {
      emitter.dispose();
    }
  }

  /** After a start or restart of the server: what was current is brought back where it was. */
  async #reload(): Promise<void> {
    try {
      await this.refresh();
      const current = this.current;
      if (current) await this.open(current.id, true);
    } catch (error) {
      this.#errors.log("while bringing the sessions back", error);
    } finally {
      this.#ready.fire();
    }
  }

  #take(session: SessionInfo): void {
    const before = this.#byId.get(session.id);
    const known = before !== undefined;
    const because = pausedBecause(session);
    // It stopped by itself, so the person may be looking elsewhere.
    if (because !== null && known && pausedBecause(before) !== because) {
      this.#errors.show(`session ${session.id}`, new ExpectedError(`${session.title}: ${because}`));
    }
    this.#byId.set(session.id, session);
    this.#changed.fire(session);
    if (session.id === this.#currentId) this.#current.fire(session);
    if (!known) this.#list.fire();
  }

  #drop(id: SessionId): void {
    if (!this.#byId.delete(id)) return;
    this.#deleted.fire(id);
    if (id === this.#currentId) {
      this.#currentId = undefined;
      void this.#memento.update(CURRENT_KEY, undefined);
      this.#current.fire(undefined);
    }
    this.#list.fire();
  }
}
