/** Every single event as a sign on its server's lane: shapes, how they fade in, and which one is at a point. */
import type { EventId } from "../../protocol/session.js";
import { EVENT_SIGNS, type EventSign, type TimelineView } from "../../protocol/views.js";
import { type TimelineFrame, timeOf, usPerPixel, xOf } from "./geometry.js";

/** How a timeline looks at a zoom: from a density (0) to a sign for each event (1). */
export interface Nearness {
  /** Opacity of the single events. */
  readonly signs: number;
  /** Opacity of the density. */
  readonly density: number;
  /** Half the size of a sign, CSS pixels. */
  readonly radius: number;
}

/** Events a pixel at which single events begin to be seen, and at which they are all there is. */
const FAR = 2;
const NEAR = 0.3;
/** Events a pixel below which a sign has its full size. */
const ROOMY = 0.06;
/** Half sizes: as a tick, and full. */
const TICK = 1.2;
/** How far from a sign a point still means it. */
const REACH = 7;

/** How to draw so many events over a width. */
export function nearness(events: number, width: number, laneHeight: number): Nearness {
  const each = events / Math.max(1, width);
  const share = (low: number, high: number): number => {
    if (each <= low) return 1;
    return each >= high ? 0 : Math.log(high / each) / Math.log(high / low);
  };
  const signs = share(NEAR, FAR);
  const full = Math.max(TICK, Math.min(4.6, laneHeight / 2 - 2));
  return { signs, density: 1 - 0.8 * signs, radius: TICK + (full - TICK) * share(ROOMY, NEAR) };
}

/** How many of a view's events are in the frame, and where they begin; `null` when the view does not tell of each. */
export function eventsInFrame(
  frame: TimelineFrame,
  { each, fromUs }: TimelineView,
): { readonly from: number; readonly to: number } | null {
  if (each === null) return null;
  const at = (us: number) => firstAtLeast(each.sinceUs, us - fromUs);
  return { from: at(frame.span.fromUs), to: at(frame.span.toUs + 1) };
}

/** All signs of one kind as one path. */
export interface SignBatch {
  readonly sign: EventSign;
  readonly path: string;
}

/** The signs in the frame, one path a kind, whatever their number. */
export function signBatches(frame: TimelineFrame, view: TimelineView, radius: number): readonly SignBatch[] {
  const inside = eventsInFrame(frame, view);
  const { each } = view;
  if (inside === null || each === null) return [];
  const paths = new Map<EventSign, string[]>();
  for (let position = inside.from; position < inside.to; position += 1) {
    const sign = EVENT_SIGNS[each.signs[position] ?? 0] ?? "step";
    const x = xOf(frame, view.fromUs + (each.sinceUs[position] ?? 0));
    const y = laneMiddle(frame, each.lanes[position] ?? -1);
    const parts = paths.get(sign) ?? [];
    if (parts.length === 0) paths.set(sign, parts);
    parts.push(shapeAt(sign, x, y, radius));
  }
  return EVENT_SIGNS.flatMap((sign) => {
    const parts = paths.get(sign);
    return parts === undefined ? [] : [{ sign, path: parts.join("") }];
  });
}

/** The middle of a server's lane; clients and the lab have the room of the density, which has faded by then. */
export function laneMiddle(frame: TimelineFrame, lane: number): number {
  if (lane < 0) return frame.densityY + frame.densityHeight / 2;
  return frame.lanesY + lane * frame.laneHeight + frame.laneHeight / 2 - 1;
}

/** The event whose sign is at a point; `null` where there is none. */
export function eventAtPoint(frame: TimelineFrame, view: TimelineView, x: number, y: number): EventId | null {
  const { each } = view;
  if (each === null) return null;
  const perPixel = usPerPixel(frame);
  const us = frame.span.fromUs + (x - frame.left) * perPixel;
  const first = firstAtLeast(each.sinceUs, us - REACH * perPixel - view.fromUs);
  let best: { readonly at: number; readonly distance: number } | null = null;
  for (let at = first; at < each.sinceUs.length; at += 1) {
    const dx = xOf(frame, view.fromUs + (each.sinceUs[at] ?? 0)) - x;
    if (dx > REACH) break;
    const dy = laneMiddle(frame, each.lanes[at] ?? -1) - y;
    if (Math.abs(dy) > Math.max(REACH, frame.laneHeight / 2)) continue;
    const distance = Math.hypot(dx, dy);
    if (best === null || distance < best.distance) best = { at, distance };
  }
  return best === null ? null : each.first + best.at;
}

/** Where an event's sign is; `null` when the view does not tell of it or it is outside the frame. */
export function pointOfEvent(
  frame: TimelineFrame,
  view: TimelineView,
  eventId: EventId,
): { readonly x: number; readonly y: number } | null {
  const { each } = view;
  const since = each?.sinceUs[eventId - each.first];
  if (each === null || since === undefined) return null;
  const us = view.fromUs + since;
  if (us < frame.span.fromUs || us > frame.span.toUs) return null;
  return { x: xOf(frame, us), y: laneMiddle(frame, each.lanes[eventId - each.first] ?? -1) };
}

/** The last instant of an event at or before a pixel, for a step by pixels. */
export function instantAt(frame: TimelineFrame, x: number): number {
  return timeOf(frame, x);
}

/** Signs that are filled; the others are lines. */
export const FILLED_SIGNS: ReadonlySet<EventSign> = new Set(["send", "deliver", "role", "client", "fault", "note"]);

function shapeAt(sign: EventSign, x: number, y: number, r: number): string {
  const p = (dx: number, dy: number) => `${(x + dx * r).toFixed(1)} ${(y + dy * r).toFixed(1)}`;
  if (r < 1.9)
    return `M${p(-0.4, -2.6)}H${(x + 0.4 * r).toFixed(1)}V${(y + 2.6 * r).toFixed(1)}H${(x - 0.4 * r).toFixed(1)}Z`;
  switch (sign) {
    case "send":
      return `M${p(-0.75, 0.6)}L${p(0, -0.9)}L${p(0.75, 0.6)}Z`;
    case "deliver":
      return `M${p(-0.75, -0.6)}L${p(0, 0.9)}L${p(0.75, -0.6)}Z`;
    case "lost":
      return `M${p(-0.7, -0.7)}L${p(0.7, 0.7)}M${p(-0.7, 0.7)}L${p(0.7, -0.7)}`;
    case "timer":
      return `M${p(-0.8, -0.9)}H${(x + 0.8 * r).toFixed(1)}L${p(-0.8, 0.9)}H${(x + 0.8 * r).toFixed(1)}Z`;
    case "role":
      return `M${p(0, -1.1)}L${p(0.3, -0.3)}L${p(1.1, 0)}L${p(0.3, 0.3)}L${p(0, 1.1)}L${p(-0.3, 0.3)}L${p(-1.1, 0)}L${p(-0.3, -0.3)}Z`;
    case "commit":
      return `M${p(-0.9, 0)}L${p(-0.3, 0.7)}L${p(0.9, -0.7)}`;
    case "log":
      return `M${p(-0.9, -0.6)}H${(x + 0.9 * r).toFixed(1)}M${p(-0.9, 0)}H${(x + 0.9 * r).toFixed(1)}M${p(-0.9, 0.6)}H${(x + 0.3 * r).toFixed(1)}`;
    case "disk":
      return `M${p(-0.7, -0.7)}H${(x + 0.7 * r).toFixed(1)}V${(y + 0.7 * r).toFixed(1)}H${(x - 0.7 * r).toFixed(1)}Z`;
    case "client":
      return circle(x, y, 0.75 * r);
    case "watch":
      return `M${p(-1, 0)}Q${p(0, -1.3)} ${p(1, 0)}Q${p(0, 1.3)} ${p(-1, 0)}Z`;
    case "fault":
      return `M${p(0.2, -1.1)}L${p(-0.8, 0.2)}H${(x - 0.1 * r).toFixed(1)}L${p(-0.2, 1.1)}L${p(0.8, -0.2)}H${(x + 0.1 * r).toFixed(1)}Z`;
    case "step":
      return `M${p(0, -1)}V${(y + r).toFixed(1)}`;
    case "note":
      return `M${p(-0.6, 1)}V${(y - r).toFixed(1)}L${p(0.8, -0.5)}L${p(-0.6, 0)}Z`;
  }
}

function circle(x: number, y: number, r: number): string {
  const d = (2 * r).toFixed(1);
  const radius = r.toFixed(1);
  return `M${(x - r).toFixed(1)} ${y.toFixed(1)}a${radius} ${radius} 0 1 0 ${d} 0a${radius} ${radius} 0 1 0 -${d} 0Z`;
}

/** Position of the first of ascending numbers that is at least `limit`; their count when none is. */
function firstAtLeast(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
