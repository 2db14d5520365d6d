/** Bookmarks: moments of a session that a person wants to find again. They are kept with the session, and end with it. */
import type { NotificationDefinition, Outcome, RequestDefinition } from "./requests.js";
import type { EventId, SessionId } from "./session.js";

const request = <P, R>(method: string): RequestDefinition<P, R> => ({ method });
const notification = <P>(method: string): NotificationDefinition<P> => ({ method });

/** A moment with a name. An event has at most one. */
export interface Bookmark {
  readonly eventId: EventId;
  readonly timeUs: number;
  /** At most 200 characters. */
  readonly name: string;
}

/** Client to server. A session's bookmarks, as their events follow one another. */
export const bookmarksRequest = request<
  { readonly sessionId: SessionId },
  Outcome<{ readonly bookmarks: readonly Bookmark[] }>
>("raftlab/bookmarks");

/** A session's bookmarks, as their events follow one another. */
export interface SessionBookmarks {
  readonly sessionId: SessionId;
  readonly bookmarks: readonly Bookmark[];
}

/** Client to server. The bookmarks of all sessions that have any. */
export const allBookmarksRequest = request<
  Record<string, never>,
  Outcome<{ readonly sessions: readonly SessionBookmarks[] }>
>("raftlab/bookmarks/all");

/**
 * Client to server. Sets a bookmark at an event, or renames the one that is there. `name`: the event's own words when left out.
 * A session has at most 500. Answers when it is on the disk.
 */
export const putBookmarkRequest = request<
  { readonly sessionId: SessionId; readonly eventId: EventId; readonly name?: string },
  Outcome<{ readonly bookmark: Bookmark; readonly bookmarks: readonly Bookmark[] }>
>("raftlab/bookmarks/put");

/** Client to server. Takes the bookmark of an event away. Answers when it is gone from the disk. */
export const removeBookmarkRequest = request<
  { readonly sessionId: SessionId; readonly eventId: EventId },
  Outcome<{ readonly bookmarks: readonly Bookmark[] }>
>("raftlab/bookmarks/remove");

/** Server to client. A session's bookmarks have changed. */
export const bookmarksChangedNotification = notification<SessionBookmarks>("raftlab/bookmarksChanged");

/** The nearest bookmark after or before an event, of a list in the order of events; `null` when there is none. */
export function nextBookmark(
  bookmarks: readonly Bookmark[],
  from: EventId,
  direction: "next" | "previous",
): Bookmark | null {
  const found =
    direction === "next"
      ? bookmarks.find(({ eventId }) => eventId > from)
      : bookmarks.findLast(({ eventId }) => eventId < from);
  return found ?? null;
}
