/** The bookmarks of sessions, as the lab tells of them. */
import * as vscode from "vscode";
import {
  type Bookmark,
  bookmarksChangedNotification,
  bookmarksRequest,
  putBookmarkRequest,
  removeBookmarkRequest,
} from "../../server/src/protocol/bookmarks.js";
import type { EventId, SessionId } from "../../server/src/protocol/session.js";
import { unwrap } from "./errors.js";
import type { LabServer } from "./server.js";

/** A session's bookmarks after a change. */
export interface BookmarksChange {
  readonly sessionId: SessionId;
  readonly bookmarks: readonly Bookmark[];
}

/** Asks for bookmarks and tells of their changes. */
export class Bookmarks implements vscode.Disposable {
  readonly #server: LabServer;
  readonly #changed = new vscode.EventEmitter<BookmarksChange>();

  /** The bookmarks of a session are others now. */
  readonly onDidChange = this.#changed.event;

  constructor(server: LabServer) {
    this.#server = server;
    server.onNotification(bookmarksChangedNotification, (change) => this.#changed.fire(change));
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
  }
}
