import { t } from "../l10n/text.js";
import type { Bookmark, SessionBookmarks } from "../protocol/bookmarks.js";
import type { EventView } from "../protocol/event-view.js";
import type { Failure, Outcome } from "../protocol/requests.js";
import type { EventId, SessionId } from "../protocol/session.js";
import { cleanName, withBookmark, withoutBookmark } from "./bookmarks.js";
import type { LabEvents } from "./lab-events.js";
import type { SessionStore } from "./store.js";

/** That a session is not known, or not any more. */
export function unknownSession(): Failure {
  return { ok: false, message: t("There is no such session. It may have been deleted.") };
}

/** Sessions' bookmarks in the store: a change is on the disk when it is told. */
export class KeptBookmarks {
  readonly #store: SessionStore;
  readonly #events: LabEvents;

  constructor(store: SessionStore, events: LabEvents) {
    this.#store = store;
    this.#events = events;
  }

  list(sessionId: SessionId): Outcome<{ readonly bookmarks: readonly Bookmark[] }> {
    const record = this.#store.find(sessionId);
    return record === undefined ? unknownSession() : { ok: true, bookmarks: record.bookmarks ?? [] };
  }

  /** Those of all sessions that have any. */
  all(): readonly SessionBookmarks[] {
    return this.#store.records.flatMap(({ info: { id: sessionId }, bookmarks = [] }) =>
      bookmarks.length === 0 ? [] : [{ sessionId, bookmarks }],
    );
  }

  /** Sets one, or renames the one that is there; without a name it is called like its event. */
  async put(
    sessionId: SessionId,
    { id: eventId, timeUs, title }: EventView,
    name = title,
  ): Promise<Outcome<{ readonly bookmark: Bookmark; readonly bookmarks: readonly Bookmark[] }>> {
    const bookmark = { eventId, timeUs, name: cleanName(name) };
    const kept = await this.#change(sessionId, (old) => withBookmark(old, bookmark));
    return kept.ok ? { ok: true, bookmark, bookmarks: kept.bookmarks } : kept;
  }

  remove(sessionId: SessionId, eventId: EventId): Promise<Outcome<{ readonly bookmarks: readonly Bookmark[] }>> {
    return this.#change(sessionId, (old) => withoutBookmark(old, eventId));
  }

  async #change(
    sessionId: SessionId,
    change: (old: readonly Bookmark[]) => readonly Bookmark[] | Failure,
  ): Promise<Outcome<{ readonly bookmarks: readonly Bookmark[] }>> {
    const record = this.#store.find(sessionId);
    if (record === undefined) return unknownSession();
    const bookmarks = change(record.bookmarks ?? []);
    if ("ok" in bookmarks) return bookmarks;
    this.#store.setBookmarks(sessionId, bookmarks);
    this.#events.emit({ kind: "bookmarks-changed", sessionId, bookmarks });
    await this.#store.flush();
    return { ok: true, bookmarks };
  }
}
