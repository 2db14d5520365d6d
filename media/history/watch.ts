/** One watch in the picture: what its client was told, at its place, and the promises that were broken. */
import { nothing, svg } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { WatchLaneView, WatchMarkView } from "../../server/src/protocol/history-view.js";
import { type HistoryFrame, xOf } from "../../server/src/view-model/history/frame.js";
import { breachSentence, watchVerdict } from "../../server/src/view-model/history/words.js";
import { labelled, shortened } from "../../server/src/view-model/phrases.js";
import { formatTime } from "../../server/src/view-model/time.js";
import type { HistoryActions } from "./actions.js";

/** Shapes around the lane's line. */
const SIGNS: Readonly<Record<WatchMarkView["kind"], string>> = {
  opened: "M-4 -6L6 0L-4 6Z",
  resumed: "M-6 -6V6M-3 -6L6 0L-3 6Z",
  created: "M-4 -4H4V4H-4Z",
  events: "M0 -5A5 5 0 1 1 0 5A5 5 0 1 1 0 -5Z",
  progress: "M0 -5L5 0L0 5L-5 0Z",
  canceled: "M-5 -5L5 5M-5 5L5 -5",
  ended: "M-4 -5H4V5H-4Z",
};

/** Draws a watch's lane from `y` on. */
export function watchLane(frame: HistoryFrame, watch: WatchLaneView, y: number, actions: HistoryActions) {
  const middle = y + 16;
  const edge = frame.width - frame.right;
  const from = Math.max(frame.left, Math.min(edge, xOf(frame, watch.openedUs)));
  const to = watch.endedUs === null ? edge : Math.max(frame.left, Math.min(edge, xOf(frame, watch.endedUs)));
  const broken = watch.breaches.length > 0;
  const labels = labelled(watch.name, `${watch.request}, ${watchVerdict(watch)}`);
  const room = Math.floor((frame.left - 26) / 7.2);
  return svg`<g class="watch ${broken ? "broken" : ""}" data-watch=${watch.name}>
    <title>${labels}</title>
    <path class="eye" transform="translate(13 ${middle})" d="M-6 0Q0 -6 6 0Q0 6 -6 0ZM0 -1.7A1.7 1.7 0 1 1 0 1.7A1.7 1.7 0 1 1 0 -1.7Z" />
    <text class="client-name" x="23" y=${middle + 4}>${shortened(watch.name, room)}</text>
    <line class="watch-line" x1=${from} x2=${to} y1=${middle} y2=${middle} />
    ${marks(frame, watch, middle, actions)}
    ${breaches(frame, watch, middle, actions)}
  </g>`;
}

function marks(frame: HistoryFrame, watch: WatchLaneView, middle: number, actions: HistoryActions) {
  let free = frame.left;
  return watch.marks.map((mark) => {
    const x = xOf(frame, mark.timeUs);
    if (x < frame.left - 1 || x > frame.width - frame.right + 1) return nothing;
    const label = revisionsOf(mark);
    const half = (label.length * 6.3) / 2 + 3;
    const fits = label !== "" && x - half >= free;
    if (fits) free = x + half;
    return svg`<g class="mark ${mark.kind}" data-picks transform="translate(${x.toFixed(1)} ${middle})" @click=${() => actions.move({ kind: "event", eventId: mark.eventId })}>
      <title>${labelled(`${watch.name}, ${formatTime(mark.timeUs)}`, mark.text)}</title>
      <rect class="mark-hit" x="-7" y="-9" width="14" height="18" />
      <path d=${SIGNS[mark.kind]} />
      ${fits ? svg`<text class="mark-label" y="18">${label}</text>` : nothing}
    </g>`;
  });
}

/** `5`, `5–7`; of other marks nothing. */
function revisionsOf({ kind, fromRevision, toRevision }: WatchMarkView): string {
  if (kind !== "events") return "";
  return fromRevision === toRevision ? String(fromRevision) : `${fromRevision}–${toRevision}`;
}

function breaches(frame: HistoryFrame, watch: WatchLaneView, middle: number, actions: HistoryActions) {
  let free = Number.NEGATIVE_INFINITY;
  let freeLabel = Number.NEGATIVE_INFINITY;
  return watch.breaches.map((breach) => {
    const x = xOf(frame, breach.timeUs);
    if (x < frame.left - 1 || x > frame.width - frame.right + 1 || x - 9 < free) return nothing;
    const words = t("not {0}", breach.guarantee);
    const room = words.length * 6.8 + 18;
    const end = x + room > frame.width;
    const told = end ? x - room >= freeLabel : x >= freeLabel;
    free = x + 10;
    if (told) freeLabel = end ? x + 10 : x + room;
    return svg`<g class="breach" data-picks transform="translate(${x.toFixed(1)} ${middle})" @click=${() => actions.move({ kind: "event", eventId: breach.eventId })}>
      <title>${labelled(watch.name, breachSentence(breach))}</title>
      <circle r="9.5" /><text class="breach-sign" x="0" y="-11">!</text>
      ${told ? svg`<text class="breach-label" x=${end ? -14 : 14} y="-4" text-anchor=${end ? "end" : "start"}>${words}</text>` : nothing}
    </g>`;
  });
}
