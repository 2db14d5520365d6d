/** The bookmarks of sessions, as the lab tells of them. */
import * as vscode from "vscode";
import {
  allBookmarksRequest,
  type Bookmark,
  bookmarksChangedNotification,
  bookmarksRequest,
  putBookmarkRequest,
  removeBookmarkRequest,
  type SessionBookmarks,
} from "../../server/src/protocol/bookmarks.js";
import type { EventId, SessionId } from "../../server/src/protocol/session.js";
import { type ErrorReporter, unwrap } from "./errors.js";
import type { LabServer } from "./server.js";

/** Asks for bookmarks, keeps them for lists, and tells of their changes. */
export class Bookmarks implements vscode.Disposable {
  readonly #server: LabServer;
  readonly #changed = new vscode.EventEmitter<SessionBookmarks>();
  readonly #readAll = new vscode.EventEmitter<void>();
  #known: ReadonlyMap<SessionId, readonly Bookmark[]> = new Map();

  /** The bookmarks of a session are others now. */
  readonly onDidChange = this.#changed.event;

  /** The lab has told of all that there are. */
  readonly onDidRead = this.#readAll.event;

  constructor(server: LabServer, errors: ErrorReporter) {
    this.#server = server;
    server.onNotification(bookmarksChangedNotification, (change) => {
      this.#known = new Map([...this.#known, [change.sessionId, change.bookmarks]]);
      this.#changed.fire(change);
    });
    server.onDidChangeStatus(({ kind }) => {
      if (kind === "running") this.#read().catch((error: unknown) => errors.log("while reading the bookmarks", error));
    });
  }

  /** The bookmarks by session, as far as the lab has told of them: those of a session that was deleted may be among them. */
  get known(): ReadonlyMap<SessionId, readonly Bookmark[]> {
    return this.#known;
  }

  async #read(): Promise<void> {
    const { sessions } = unwrap(await this.#server.request(allBookmarksRequest, {}));
    this.#known = new Map(sessions.map(({ sessionId, bookmarks }) => [sessionId, bookmarks]));
    this.#readAll.fire();
  }

  /** A session's bookmarks, in the order of their events. */
  async of(sessionId: SessionId): Promise<readonly Bookmark[]> {
    return unwrap(await this.#server.request(bookmarksRequest, { sessionId })).bookmarks;
  }

  /** Sets or renames one. `name`: the event's own words when left out. */
  async put(sessionId: SessionId, eventId: EventId, name?: string): Promise<Bookmark> {
    const asked = { sessionId, eventId, ...(name === undefined ? {} : { name }) };
    return unwrap(await this.#server.request(putBookmarkRequest, asked)).bookmark;
  }

  async remove(sessionId: SessionId, eventId: EventId): Promise<void> {
    unwrap(await this.#server.request(removeBookmarkRequest, { sessionId, eventId }));
  }

  dispose(): void {
    this.#changed.dispose();
    this.#readAll.dispose();
  }
}
