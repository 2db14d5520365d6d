import { t } from "../l10n/text.js";
import type { Bookmark } from "../protocol/bookmarks.js";
import type { Failure } from "../protocol/requests.js";
import type { EventId } from "../protocol/session.js";

/** Most bookmarks of a session, and characters of a name. */
export const MOST_BOOKMARKS = 500;
const LONGEST_NAME = 200;

/** The bookmarks with one more, or one renamed, in the order of their events; or why not. */
export function withBookmark(bookmarks: readonly Bookmark[], added: Bookmark): readonly Bookmark[] | Failure {
  const name = cleanName(added.name);
  if (name === "") return { ok: false, message: t("A bookmark needs a name.") };
  const others = bookmarks.filter(({ eventId }) => eventId !== added.eventId);
  if (others.length >= MOST_BOOKMARKS) {
    return { ok: false, message: t("A session keeps at most {0} bookmarks. Remove one first.", MOST_BOOKMARKS) };
  }
  return [...others, { ...added, name }].sort((a, b) => a.eventId - b.eventId);
}

/** The bookmarks without that of an event; or that there is none. */
export function withoutBookmark(bookmarks: readonly Bookmark[], eventId: EventId): readonly Bookmark[] | Failure {
  const others = bookmarks.filter((bookmark) => bookmark.eventId !== eventId);
  if (others.length < bookmarks.length) return others;
  return { ok: false, message: t("There is no bookmark at event {0}.", eventId) };
}

/** One line, and not too long to be read. */
export function cleanName(name: string): string {
  return [...name.replace(/\s+/g, " ").trim()].slice(0, LONGEST_NAME).join("");
}
