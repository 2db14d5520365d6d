/** Bookmarks on the timeline. */
import { nothing, svg } from "lit";
import type { Bookmark } from "../../server/src/protocol/bookmarks.js";
import { labelled } from "../../server/src/view-model/phrases.js";
import { formatTime } from "../../server/src/view-model/time.js";
import { bookmarkPlaces } from "../../server/src/view-model/timeline/bookmarks.js";
import type { TimelineFrame } from "../../server/src/view-model/timeline/geometry.js";

/** A ribbon for each bookmark in the frame, with its name where there is room. */
export function bookmarkFlags(frame: TimelineFrame, bookmarks: readonly Bookmark[]) {
  return bookmarkPlaces(frame, bookmarks).map(
    ({ bookmark, x, label }) => svg`<g class="bookmark" transform="translate(${x.toFixed(1)} 0)"
      data-go=${bookmark.eventId} data-words=${labelled(formatTime(bookmark.timeUs), bookmark.name)}>
      <line class="bookmark-line" y1=${frame.densityY} y2=${frame.axisY} />
      <path class="bookmark-ribbon" d="M-4 ${frame.bookmarksY}H4V${frame.bookmarksY + 12}L0 ${frame.bookmarksY + 8}L-4 ${frame.bookmarksY + 12}Z" />
      ${label === null ? nothing : svg`<text class="bookmark-text" x="7" y=${frame.bookmarksY + 10}>${label}</text>`}
    </g>`,
  );
}
