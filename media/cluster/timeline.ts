/** The timeline: how much happened when, who led in which term, faults, notes, and near by every single event. */
import { html, nothing, svg, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { t } from "../../server/src/l10n/text.js";
import { labelled } from "../../server/src/view-model/phrases.js";
import { formatTime } from "../../server/src/view-model/time.js";
import { type TimelineFrame, timelineFrame, xOf } from "../../server/src/view-model/timeline/geometry.js";
import type { Span } from "../../server/src/view-model/timeline/span.js";
import { styled } from "../shared/styled.js";
import type { Actions } from "./actions.js";
import { bookmarkFlags } from "./bookmark-flags.js";
import { pageOf } from "./events.js";
import { menuHandlers } from "./menu.js";
import type { ClusterState } from "./model.js";
import {
  momentAt,
  onTimelineKey,
  onTimelineMove,
  onTimelineWheel,
  startTimelineDrag,
  type TimelineAt,
} from "./timeline-input.js";
import { overviewStrip, single, still } from "./timeline-parts.js";
import { timelineEnd, timelineSpan } from "./timeline-span.js";

/** Draws the timeline with the cursor at a time. */
export function timeline(state: ClusterState, actions: Actions, nowUs: number): TemplateResult | typeof nothing {
  const { timeline: view, overview, width } = state;
  if (view === null || overview === null || width === 0) return html`<div class="timeline" data-timeline></div>`;
  const cursorUs = state.touch.scrubUs ?? nowUs;
  const endUs = timelineEnd(state, cursorUs);
  const span = timelineSpan(state, cursorUs);
  const frame = timelineFrame(width, view.lanes.length, span, width > 420, {
    faultRows: overview.faultRows,
    script: overview.marks.some(({ kind }) => kind === "note" || kind === "step"),
    bookmarks: state.bookmarks.length > 0,
  });
  const at: TimelineAt = { frame, view, endUs, zoomed: state.span !== null, cursorUs };
  return html`<div
    class="timeline"
    data-timeline
    role="slider"
    tabindex="0"
    aria-label=${t("Time cursor")}
    aria-description=${t("Plus and minus zoom, 0 shows all; page up and page down move the cursor, with Shift the span.")}
    aria-orientation="horizontal"
    aria-valuemin="0"
    aria-valuemax=${overview.endUs}
    aria-valuenow=${Math.round(nowUs)}
    aria-valuetext=${state.event === null ? formatTime(nowUs) : labelled(formatTime(nowUs), state.event.title)}
    @pointerdown=${(event: PointerEvent) => startTimelineDrag(event, at, state.span, actions)}
    @pointermove=${(event: PointerEvent) => onTimelineMove(event, at, state.touch, actions)}
    @pointerleave=${() => state.touch.hover !== null && actions.touch({ hover: null })}
    @contextmenu=${(event: MouseEvent) => openMenu(event, at, actions)}
    @dblclick=${(event: MouseEvent) => onDouble(event, at, actions)}
    @wheel=${{ handleEvent: (event: WheelEvent) => onTimelineWheel(event, at, actions), passive: false }}
    @keydown=${(event: KeyboardEvent) => !menuHandlers({ kind: "moment" }, actions).key(event) && !state.lecture.on && onTimelineKey(event, at, actions)}
  >
    <svg width=${width} height=${frame.height} aria-hidden="true">
      ${guard([view, overview, width, span.fromUs, span.toUs, frame.height], () => still(frame, view, overview))}
      ${guard([view, width, span.fromUs, span.toUs, frame.height], () => single(frame, view))}
      ${bookmarkFlags(frame, state.bookmarks)} ${picked(frame, state.touch.picked)} ${cursor(frame, cursorUs)}
    </svg>
    ${state.span === null ? nothing : overviewStrip(frame, overview, state.span, cursorUs)} ${tip(state, actions, width)}
  </div>`;
}

/** The menu of the moment that was pointed at, which the cursor goes to. */
function openMenu(event: MouseEvent, at: TimelineAt, actions: Actions): void {
  const move = momentAt(event, at);
  if (move !== null) actions.move(move);
  menuHandlers({ kind: "moment" }, actions).pointer(event);
}

function onDouble(event: MouseEvent, { frame, view }: TimelineAt, actions: Actions): void {
  const { currentTarget } = event;
  if (!(currentTarget instanceof HTMLElement) || view.endUs === 0) return;
  const x = event.clientX - currentTarget.getBoundingClientRect().left;
  actions.zoomAt(x, frame, event.shiftKey ? 3 : 1 / 3);
}

function picked(frame: TimelineFrame, span: Span | null) {
  if (span === null) return nothing;
  const a = xOf(frame, Math.min(span.fromUs, span.toUs));
  const b = xOf(frame, Math.max(span.fromUs, span.toUs));
  return svg`<rect class="picked-span" x=${a.toFixed(1)} y="2" width=${Math.max(1, b - a).toFixed(1)} height=${frame.axisY} />`;
}

function cursor(frame: TimelineFrame, nowUs: number) {
  if (nowUs < frame.span.fromUs || nowUs > frame.span.toUs) return nothing;
  const x = xOf(frame, nowUs).toFixed(1);
  return svg`<g class="cursor" transform="translate(${x} 0)">
    <line y1="4" y2=${frame.axisY + 3} />
    <path d="M-6 ${frame.axisY + 5}H6L0 ${frame.axisY - 3}Z" />
  </g>`;
}

/** What the pointer is at, in words. The event list says the same without a pointer. */
function tip(state: ClusterState, actions: Actions, width: number): TemplateResult | typeof nothing {
  const { hover } = state.touch;
  if (hover === null) return nothing;
  const { x, y, what } = hover;
  // To the left of the pointer where there is more room.
  const place = x > width / 2 ? { right: `${width - x + 10}px`, left: "auto" } : { left: `${x + 10}px`, right: "auto" };
  return html`<div class="timeline-tip" aria-hidden="true" ${styled({ ...place, top: `${y + 14}px` })}>
    ${what.kind === "text" ? html`<b>${what.text}</b>` : eventTip(state, actions, what.eventId)}
  </div>`;
}

function eventTip(state: ClusterState, actions: Actions, eventId: number) {
  const page = pageOf(eventId);
  const event = state.pages.get(page)?.[eventId - page];
  if (event === undefined) {
    actions.loadPage(page);
    return html`<b>${t("event {0}", eventId)}</b>`;
  }
  return html`<span class="quiet">${formatTime(event.timeUs)} · ${t("event {0}", eventId)}</span><b>${event.title}</b>
    ${event.reason === null ? nothing : html`<span>${event.reason}</span>`}`;
}
