/** Where bookmarks stand on a timeline, and how they follow one another. */
import type { Bookmark } from "../../protocol/bookmarks.js";
import { letters, shortened } from "../phrases.js";
import { type TimelineFrame, xOf } from "./geometry.js";

const LETTER = 5.9;
const LONGEST = 24;

/** A bookmark as it is drawn. */
export interface BookmarkPlace {
  readonly bookmark: Bookmark;
  readonly x: number;
  /** Its name as far as there is room before the next one; `null` for none. */
  readonly label: string | null;
}

/** The bookmarks in the frame, from left to right. */
export function bookmarkPlaces(frame: TimelineFrame, bookmarks: readonly Bookmark[]): readonly BookmarkPlace[] {
  const inside = bookmarks
    .filter(({ timeUs }) => timeUs >= frame.span.fromUs && timeUs <= frame.span.toUs)
    .map((bookmark) => ({ bookmark, x: xOf(frame, bookmark.timeUs) }));
  return inside.map(({ bookmark, x }, at) => {
    const room = Math.floor(((inside[at + 1]?.x ?? frame.width - frame.right) - x - 14) / LETTER);
    const label = room < Math.min(4, letters(bookmark.name)) ? null : shortened(bookmark.name, Math.min(room, LONGEST));
    return { bookmark, x, label };
  });
}
