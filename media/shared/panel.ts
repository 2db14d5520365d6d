/** What both panels do alike: the handshake, the session they show, the server's status, the state they keep. */
import type { Bookmark } from "../../server/src/protocol/bookmarks.js";
import { openSessionRequest } from "../../server/src/protocol/requests.js";
import type { EventId, SessionId, SessionInfo } from "../../server/src/protocol/session.js";
import type { PanelApi } from "./api.js";
import { Connection } from "./connection.js";
import { object } from "./guard.js";
import { isSessionInfo } from "./guards.js";
import { onScrolled, scrollBack } from "./scroll.js";

/** Where the language server stands, as far as the panel knows. */
export interface ServerStatus {
  readonly status: "starting" | "running" | "stopped";
  readonly message: string;
}

/** What a panel is told. */
export interface PanelEvents {
  /** The session to show from now on; `null` when there is none yet. */
  session(session: SessionInfo | null): void;
  /** The shown session changed (state, events, leader, pace). */
  changed(session: SessionInfo): void;
  cursor(cursor: EventId | null): void;
  server(status: ServerStatus): void;
  /** The bookmarks of the shown session have changed. */
  bookmarks?(bookmarks: readonly Bookmark[]): void;
  /** Somebody asked for lecture mode. */
  lecture?(): void;
  /** The caret of the editor moved in a scenario, of whatever session. */
  caret?(uri: string, line: number): void;
}

/** The line to the extension together with the session that the panel shows. */
export class Panel {
  readonly connection: Connection;
  readonly #api: PanelApi;
  readonly #events: PanelEvents;
  #sessionId: SessionId | null = null;
  #view: unknown = null;
  #scrollTop: number;
  /** The session whose view was kept. */
  readonly keptSessionId: SessionId | null;

  constructor(api: PanelApi, events: PanelEvents) {
    this.#api = api;
    this.#events = events;
    this.connection = new Connection(api);
    const { view, sessionId, scrollTop = 0 } = api.read();
    this.#view = view;
    this.#scrollTop = scrollTop;
    this.keptSessionId = sessionId;
  }

  /** The view's own state from before a reload; JSON of unknown shape. */
  get keptView(): unknown {
    return this.#view;
  }

  /** Listens and says `ready`. */
  start(): void {
    window.addEventListener("message", (event: MessageEvent<unknown>) => this.#receive(event.data));
    window.addEventListener("error", (event) => this.connection.tell({ kind: "error", message: event.message }));
    window.addEventListener("unhandledrejection", (event) =>
      this.connection.tell({ kind: "error", message: String(event.reason) }),
    );
    scrollBack(this.#scrollTop);
    onScrolled((top) => {
      this.#scrollTop = top;
      this.#keep();
    });
    this.connection.tell({ kind: "ready" });
  }

  /** Shows another session. */
  show(session: SessionInfo | null): void {
    this.#sessionId = session?.id ?? null;
    this.#keep();
    this.#events.session(session);
  }

  /** Keeps the view's own state for the next reload. */
  keepView(view: unknown): void {
    this.#view = view;
    this.#keep();
  }

  #keep(): void {
    this.#api.keep({ sessionId: this.#sessionId, view: this.#view, scrollTop: this.#scrollTop });
  }

  #receive(data: unknown): void {
    const message = this.connection.receive(data);
    switch (message?.kind) {
      case "init":
        if (message.session === null) void this.#restore();
        else this.show(message.session);
        break;
      case "session":
        if (message.session.id === this.#sessionId) this.#events.changed(message.session);
        else if (this.#sessionId === null) this.show(message.session);
        break;
      case "cursor":
        if (message.sessionId === this.#sessionId) this.#events.cursor(message.cursor);
        break;
      case "server":
        this.#events.server({ status: message.status, message: message.message });
        break;
      case "bookmarks":
        if (message.sessionId === this.#sessionId) this.#events.bookmarks?.(message.bookmarks);
        break;
      case "lecture":
        this.#events.lecture?.();
        break;
      case "caret":
        this.#events.caret?.(message.uri, message.line);
        break;
      case "compare":
      case "deleted":
      case undefined:
        break;
    }
  }

  async #restore(): Promise<void> {
    const { sessionId } = this.#api.read();
    if (sessionId === null) {
      this.show(null);
      return;
    }
    const answer = await this.connection.ask(openSessionRequest, { sessionId }, object({ session: isSessionInfo }));
    this.show(answer.kind === "ok" ? answer.value.session : null);
  }
}
