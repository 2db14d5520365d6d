/** Hand and keys on the timeline: a drag scrubs, picks a span or moves it; the wheel zooms; a click goes to what is there. */
import type { CursorMove } from "../../server/src/protocol/requests.js";
import type { EventId } from "../../server/src/protocol/session.js";
import type { TimelineView } from "../../server/src/protocol/timeline-view.js";
import { eventAtPoint, eventsInFrame, nearness } from "../../server/src/view-model/timeline/events.js";
import { type TimelineFrame, timeOf, usPerPixel } from "../../server/src/view-model/timeline/geometry.js";
import { between, panned, type Span } from "../../server/src/view-model/timeline/span.js";
import type { Actions } from "./actions.js";

/** Pixels that a hand may tremble in a click. */
const STILL = 3;
/** Single events fainter than this are not meant by a click. */
const SEEN = 0.25;

/** What a timeline shows, for whoever acts on it. */
export interface TimelineAt {
  readonly frame: TimelineFrame;
  readonly view: TimelineView;
  readonly endUs: number;
  readonly zoomed: boolean;
  readonly cursorUs: number;
}

/** What the pointer is at. */
export type TimelineHover =
  | { readonly kind: "event"; readonly eventId: EventId }
  | { readonly kind: "text"; readonly text: string };

/** What the hand does with the timeline at a moment. */
export interface TimelineTouch {
  /** Where the hand has led the cursor, ahead of the answer; `null` while nobody drags. */
  readonly scrubUs: number | null;
  /** The hand is still on it. */
  readonly held: boolean;
  /** The span that is being picked. */
  readonly picked: Span | null;
  readonly hover: { readonly x: number; readonly y: number; readonly what: TimelineHover } | null;
}

/** Nobody's hand is on it. */
export const UNTOUCHED: TimelineTouch = { scrubUs: null, held: false, picked: null, hover: null };

interface Target {
  readonly eventId: EventId;
  readonly why: string | null;
}

/** What a pointer without a drag means on the timeline: the event that is there, otherwise the instant. */
export function momentAt(event: MouseEvent, at: TimelineAt): CursorMove | null {
  const { currentTarget, clientX } = event;
  if (!(currentTarget instanceof HTMLElement)) return null;
  const target = targetOf(event, at);
  if (target !== null) return { kind: "event", eventId: target.eventId };
  return { kind: "time", timeUs: timeOf(at.frame, clientX - currentTarget.getBoundingClientRect().left) };
}

/** Begins a drag, or what turns out to be a click. */
export function startTimelineDrag(event: PointerEvent, at: TimelineAt, span: Span | null, actions: Actions): void {
  const element = event.currentTarget;
  if (!(element instanceof HTMLElement) || event.button !== 0) return;
  const { left } = element.getBoundingClientRect();
  const target = targetOf(event, at);
  const work = dragOf(event, at, span, actions);
  const startX = event.clientX;
  let moved = false;
  let waiting: number | null = null;
  const onMove = (move: PointerEvent) => {
    if (!moved && Math.abs(move.clientX - startX) < STILL) return;
    moved = true;
    const first = waiting === null;
    waiting = move.clientX - left;
    if (!first) return;
    requestAnimationFrame(() => {
      if (waiting !== null) work.move(waiting);
      waiting = null;
    });
  };
  const end = (up: PointerEvent) => {
    element.removeEventListener("pointermove", onMove);
    element.removeEventListener("pointerup", end);
    element.removeEventListener("pointercancel", end);
    waiting = null;
    if (up.type === "pointercancel") actions.touch({ scrubUs: null, held: false, picked: null });
    else if (moved) work.end(up.clientX - left);
    else if (target !== null) goTo(target, actions);
    else work.click(startX - left);
  };
  element.setPointerCapture(event.pointerId);
  element.addEventListener("pointermove", onMove);
  element.addEventListener("pointerup", end);
  element.addEventListener("pointercancel", end);
  element.focus({ preventScroll: true });
  event.preventDefault();
}

interface Drag {
  move(x: number): void;
  end(x: number): void;
  click(x: number): void;
}

function dragOf(event: PointerEvent, at: TimelineAt, span: Span | null, actions: Actions): Drag {
  const { frame } = at;
  const part = event.target instanceof Element ? event.target : null;
  const seek = (x: number) => actions.move({ kind: "time", timeUs: timeOf(frame, x) });
  if (part?.closest("[data-overview]")) return overviewDrag(at, span, actions);
  const element = event.currentTarget;
  const box = element instanceof HTMLElement ? element.getBoundingClientRect() : null;
  const startX = event.clientX - (box?.left ?? 0);
  const onAxis = event.clientY - (box?.top ?? 0) > frame.axisY;
  if (onAxis && span !== null && !event.shiftKey) {
    const perPixel = usPerPixel(frame);
    const pan = (x: number) => actions.zoom(panned(span, (startX - x) * perPixel, at.endUs));
    return { move: pan, end: pan, click: seek };
  }
  if (onAxis || event.shiftKey) {
    const picked = (x: number) => ({ fromUs: timeOf(frame, startX), toUs: timeOf(frame, x) });
    return {
      move: (x) => actions.touch({ picked: picked(x), hover: null }),
      end: (x) => {
        actions.touch({ picked: null });
        const { fromUs, toUs } = picked(x);
        actions.zoom(between(fromUs, toUs, at.endUs));
      },
      click: seek,
    };
  }
  const scrub = (x: number) => {
    actions.touch({ scrubUs: timeOf(frame, x), held: true, hover: null });
    seek(x);
  };
  const end = (x: number) => {
    actions.touch({ held: false });
    seek(x);
  };
  return { move: scrub, end, click: seek };
}

/** On the strip of the whole run: the shown span comes to the pointer. */
function overviewDrag({ frame, endUs }: TimelineAt, span: Span | null, actions: Actions): Drag {
  const centre = (x: number) => {
    if (span === null) return;
    const us = timeOf({ ...frame, span: { fromUs: 0, toUs: endUs } }, x);
    actions.zoom(panned(span, us - (span.fromUs + span.toUs) / 2, endUs));
  };
  return { move: centre, end: centre, click: centre };
}

/** Tells what the pointer is at, while no button is down. */
export function onTimelineMove(event: PointerEvent, at: TimelineAt, touch: TimelineTouch, actions: Actions): void {
  const { currentTarget } = event;
  if (event.buttons !== 0 || !(currentTarget instanceof HTMLElement)) return;
  const box = currentTarget.getBoundingClientRect();
  const [x, y] = [event.clientX - box.left, event.clientY - box.top];
  const words =
    event.target instanceof Element ? event.target.closest("[data-words]")?.getAttribute("data-words") : null;
  const eventId = words == null ? signAt(x, y, at) : null;
  const what: TimelineHover | null =
    words != null ? { kind: "text", text: words } : eventId !== null ? { kind: "event", eventId } : null;
  if (isSame(what, touch.hover?.what ?? null)) return;
  actions.touch({ hover: what === null ? null : { x, y, what } });
}

function isSame(a: TimelineHover | null, b: TimelineHover | null): boolean {
  if (a === null || b === null) return a === b;
  if (a.kind === "event") return b.kind === "event" && a.eventId === b.eventId;
  return b.kind === "text" && a.text === b.text;
}

function targetOf(event: MouseEvent, at: TimelineAt): Target | null {
  const { target, currentTarget } = event;
  if (!(target instanceof Element) || !(currentTarget instanceof HTMLElement) || event.shiftKey) return null;
  const mark = target.closest("[data-go]");
  if (mark !== null) return { eventId: Number(mark.getAttribute("data-go")), why: mark.getAttribute("data-why") };
  const box = currentTarget.getBoundingClientRect();
  const eventId = signAt(event.clientX - box.left, event.clientY - box.top, at);
  return eventId === null ? null : { eventId, why: null };
}

/** The single event at a point, as far as single events can be seen. */
function signAt(x: number, y: number, { frame, view }: TimelineAt): EventId | null {
  const inside = eventsInFrame(frame, view);
  if (inside === null || y > frame.faultsY || y < frame.densityY) return null;
  const { signs, radius } = nearness(inside.to - inside.from, frame.width - frame.left - frame.right, frame.laneHeight);
  return signs < SEEN ? null : eventAtPoint(frame, view, radius, x, y);
}

function goTo({ eventId, why }: Target, actions: Actions): void {
  actions.move({ kind: "event", eventId });
  if (why !== null) actions.why(why, eventId);
}

/** The wheel scrolls the page; Alt, or the pinch that browsers report as Ctrl, zooms; Shift, or a sideways wheel, pans what is zoomed. */
export function onTimelineWheel(event: WheelEvent, { frame, endUs, zoomed }: TimelineAt, actions: Actions): void {
  const { currentTarget } = event;
  if (!(currentTarget instanceof HTMLElement)) return;
  // Wheels that count in lines or pages.
  const unit =
    event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 30 : 300;
  if (event.altKey || event.ctrlKey) {
    event.preventDefault();
    // A pinch comes in small steps.
    const speed = event.ctrlKey && Math.abs(event.deltaY) < 30 ? 90 : 350;
    const x = event.clientX - currentTarget.getBoundingClientRect().left;
    actions.zoomAt(x, frame, Math.exp(((event.deltaY || event.deltaX) * unit) / speed));
    return;
  }
  const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
  if (!zoomed || sideways === 0 || (!event.shiftKey && Math.abs(event.deltaX) <= Math.abs(event.deltaY))) return;
  event.preventDefault();
  actions.zoom(panned(frame.span, sideways * unit * usPerPixel(frame), endUs));
}

/** Page keys move the cursor a twentieth of what is shown; with Shift, or by brackets, the span itself moves. */
export function onTimelineKey(event: KeyboardEvent, at: TimelineAt, actions: Actions): void {
  const { frame, endUs, cursorUs, zoomed } = at;
  const width = frame.span.toUs - frame.span.fromUs;
  const seek = (byUs: number) =>
    actions.move({ kind: "time", timeUs: Math.round(Math.min(endUs, Math.max(0, cursorUs + byUs))) });
  const pan = (byUs: number) => zoomed && actions.zoom(panned(frame.span, byUs, endUs));
  switch (event.key) {
    case "PageUp":
      if (event.shiftKey) pan(-width / 2);
      else seek(-width / 20);
      break;
    case "PageDown":
      if (event.shiftKey) pan(width / 2);
      else seek(width / 20);
      break;
    case "[":
      pan(-width / 5);
      break;
    case "]":
      pan(width / 5);
      break;
    default:
      return;
  }
  event.preventDefault();
  event.stopPropagation();
}
