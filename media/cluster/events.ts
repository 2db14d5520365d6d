/** The events in words: the text twin of all pictures. Only the rows in sight exist, whatever the run's length. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { EventView } from "../../server/src/protocol/event-view.js";
import type { EventId } from "../../server/src/protocol/session.js";
import { formatTime } from "../../server/src/view-model/time.js";
import { icon } from "../shared/icon.js";
import { styled } from "../shared/styled.js";
import { CATEGORY_ICONS } from "../shared/why.js";
import type { Actions } from "./actions.js";
import { PAGE } from "./event-pages.js";
import type { ClusterState } from "./model.js";

/** Height of a row, CSS pixels. */
export const ROW = 24;

/** Rows in sight. */
export const ROWS = 11;

/** Browsers stop at some 30 million pixels; beyond this many rows the scroll bar is a scale, not a ruler. */
const TALLEST = 8_000_000;

/** Height of the whole list. */
export function listHeight(events: number): number {
  return Math.min(TALLEST, events * ROW);
}

/** The first event in sight at a scroll position. */
export function topOfScroll(scrollTop: number, events: number): EventId {
  const tall = listHeight(events) - ROWS * ROW;
  if (tall <= 0) return 0;
  return Math.round((Math.min(scrollTop, tall) / tall) * Math.max(0, events - ROWS));
}

/** The scroll position that brings an event to the top. */
export function scrollOfTop(top: EventId, events: number): number {
  const tall = listHeight(events) - ROWS * ROW;
  return tall <= 0 || events <= ROWS ? 0 : (top / (events - ROWS)) * tall;
}

/** The section's content. */
export function eventList(state: ClusterState, actions: Actions): TemplateResult {
  const { session, view } = state;
  if (session === null) return html``;
  const events = session.events;
  const top = Math.max(0, Math.min(state.listTop, events - ROWS));
  const shown = Math.min(ROWS + 1, events - top);
  for (const page of new Set([pageOf(top), pageOf(top + ROWS)])) {
    if (page < events) actions.loadPage(page);
  }
  const current = view?.eventId ?? -1;
  return html`<div
    class="event-list"
    data-events
    role="listbox"
    tabindex="0"
    aria-label=${t("Events")}
    aria-activedescendant=${current >= top && current < top + shown ? `event-${current}` : nothing}
    @scroll=${(event: Event) => {
      const { currentTarget } = event;
      if (currentTarget instanceof HTMLElement) actions.scrollList(topOfScroll(currentTarget.scrollTop, events));
    }}
    @keydown=${(event: KeyboardEvent) => onKey(event, actions)}
  >
    <div class="event-space" ${styled({ height: `${listHeight(events)}px` })}>
      <div class="event-rows" ${styled({ transform: `translateY(${scrollOfTop(top, events).toFixed(1)}px)` })}>
        ${Array.from({ length: Math.max(0, shown) }, (_, at) => row(top + at, current, state, actions))}
      </div>
    </div>
  </div>`;
}

/** The page that holds an event. */
export function pageOf(event: EventId): EventId {
  return Math.floor(event / PAGE) * PAGE;
}

function eventAt(state: ClusterState, id: EventId): EventView | undefined {
  return state.pages.get(pageOf(id))?.[id % PAGE];
}

function row(id: EventId, current: EventId, state: ClusterState, actions: Actions) {
  const event = eventAt(state, id);
  const total = state.session?.events ?? 0;
  return html`<div
    class="event-row ${id === current ? "current" : ""} ${id > current ? "later" : ""} ${event?.category ?? ""}"
    id="event-${id}"
    role="option"
    aria-selected=${String(id === current)}
    aria-setsize=${total}
    aria-posinset=${id + 1}
    @click=${() => actions.move({ kind: "event", eventId: id })}
    @dblclick=${() => event !== undefined && actions.why(event.title, id)}
  >
    <span class="event-id">${id}</span>
    <span class="event-time">${event === undefined ? "" : formatTime(event.timeUs)}</span>
    ${icon(event === undefined ? "loading" : CATEGORY_ICONS[event.category])}
    <span class="event-title" title=${event?.title ?? ""}>${event?.title ?? "…"}</span>
    <span class="event-reason" title=${event?.reason ?? ""}>${event?.reason ?? ""}</span>
  </div>`;
}

function onKey(event: KeyboardEvent, actions: Actions): void {
  const by: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: ROWS, PageUp: -ROWS };
  const step = by[event.key];
  if (step === undefined) return;
  actions.move({ kind: "by", events: step });
  event.preventDefault();
  event.stopPropagation();
}
