/** What the panel does with bookmarks: loads those of the shown session, sets, renames, removes them, and goes from one to the next. */
import { t } from "../../server/src/l10n/text.js";
import {
  type Bookmark,
  bookmarksRequest,
  nextBookmark,
  putBookmarkRequest,
  removeBookmarkRequest,
} from "../../server/src/protocol/bookmarks.js";
import type { EventId } from "../../server/src/protocol/session.js";
import { arrayOf, object } from "../shared/guard.js";
import { isBookmark } from "../shared/guards.js";
import type { PanelHost } from "./panel-host.js";

const isList = object({ bookmarks: arrayOf(isBookmark) });

/** Keeps `bookmarks` of the state. */
export class BookmarkMoves {
  readonly #host: PanelHost;

  constructor(host: PanelHost) {
    this.#host = host;
  }

  /** Another session is shown, or its server is back. */
  async load(): Promise<void> {
    const { connection, store } = this.#host;
    const { session } = store.state;
    if (session === null) return;
    const answer = await connection.ask(bookmarksRequest, { sessionId: session.id }, isList, "bookmarks");
    if (answer.kind === "ok" && store.state.session?.id === session.id) this.take(answer.value.bookmarks);
  }

  /** The bookmarks are these now. */
  take(bookmarks: readonly Bookmark[]): void {
    this.#host.store.set({ bookmarks });
  }

  /** Sets a bookmark at the cursor, or takes the one away that is there. */
  toggle(): void {
    const { view, bookmarks } = this.#host.store.state;
    const eventId = view?.eventId ?? -1;
    if (eventId < 0) this.#host.say("info", t("Nothing has happened yet: there is no event to mark."));
    else if (bookmarks.some((bookmark) => bookmark.eventId === eventId)) void this.remove(eventId);
    else void this.put(eventId);
  }

  async put(eventId: EventId, name?: string): Promise<void> {
    const { session } = this.#host.store.state;
    if (session === null) return;
    const asked = { sessionId: session.id, eventId, ...(name === undefined ? {} : { name }) };
    const answer = await this.#host.connection.ask(
      putBookmarkRequest,
      asked,
      object({ bookmark: isBookmark, bookmarks: arrayOf(isBookmark) }),
    );
    if (answer.kind === "ok") this.take(answer.value.bookmarks);
    else if (answer.kind === "failed") this.#host.say("error", answer.message);
  }

  async remove(eventId: EventId): Promise<void> {
    const { session } = this.#host.store.state;
    if (session === null) return;
    const answer = await this.#host.connection.ask(removeBookmarkRequest, { sessionId: session.id, eventId }, isList);
    if (answer.kind === "ok") this.take(answer.value.bookmarks);
    else if (answer.kind === "failed") this.#host.say("error", answer.message);
  }

  /** Goes to the nearest bookmark in a direction. */
  jump(direction: "next" | "previous"): void {
    const { view, bookmarks } = this.#host.store.state;
    const found = nextBookmark(bookmarks, view?.eventId ?? -1, direction);
    if (found === null) this.#host.say("info", t("There is no bookmark in that direction."));
    else this.#host.move({ kind: "event", eventId: found.eventId });
  }

  /** The name of a bookmark is to be written. */
  startRenaming({ eventId }: Bookmark): void {
    this.#host.store.set({ renaming: eventId });
  }

  /** Ends the renaming of a bookmark: with a new name, or as it was. */
  rename(bookmark: Bookmark, name: string | null): void {
    const { store } = this.#host;
    if (store.state.renaming !== bookmark.eventId) return;
    store.set({ renaming: null });
    if (name !== null && name.trim() !== "" && name !== bookmark.name) void this.put(bookmark.eventId, name);
  }
}
