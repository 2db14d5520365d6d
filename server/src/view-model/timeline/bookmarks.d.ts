/** Where bookmarks stand on a timeline, and how they follow one another. */
import type { Bookmark } from "../../protocol/bookmarks.js";
import type { EventId } from "../../protocol/session.js";
import { type TimelineFrame } from "./geometry.js";
/** A bookmark as it is drawn. */
export interface BookmarkPlace {
  readonly bookmark: Bookmark;
  readonly x: number;
  /** Its name as far as there is room before the next one; `null` for none. */
  readonly label: string | null;
}
/** The bookmarks in the frame, from left to right. */
export declare function bookmarkPlaces(frame: TimelineFrame, bookmarks: readonly Bookmark[]): readonly BookmarkPlace[];
/** The bookmarks as their events follow one another. */
export declare function inOrder(bookmarks: readonly Bookmark[]): readonly Bookmark[];
/** The nearest bookmark after or before an event; `null` when there is none. */
export declare function nextBookmark(
  bookmarks: readonly Bookmark[],
  from: EventId,
  direction: "next" | "previous",
): Bookmark | null;
