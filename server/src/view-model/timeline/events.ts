/** Every single event as a sign on its server's lane: shapes, how they fade in, and which one is at a point. */
import type { EventId } from "../../protocol/session.js";
import { EVENT_SIGNS, type EventSign, type TimelineView } from "../../protocol/timeline-view.js";
import { type TimelineFrame, xOf } from "./geometry.js";

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
/** Half size from which signs of one instant stand side by side, and how far from their instant at most. */
const ROOMY_RADIUS = 3.2;
const FARTHEST = 46;
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

/** Where the signs in the frame are drawn, one for each event from `from` on. */
interface Places {
  readonly from: number;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/**
 * Signs stand at their instants. What happens at one instant on one lane would be a single blot: where signs have their full size, each is
 * moved beside the one before it, up to {@link FARTHEST} pixels.
 */
function placesOf(frame: TimelineFrame, view: TimelineView, radius: number): Places | null {
  const inside = eventsInFrame(frame, view);
  const { each } = view;
  if (inside === null || each === null) return null;
  const ends = new Map<number, number>();
  const apart = radius >= ROOMY_RADIUS ? radius * 1.9 : 0;
  const x: number[] = [];
  const y: number[] = [];
  for (let position = inside.from; position < inside.to; position += 1) {
    const lane = each.lanes[position] ?? -1;
    const exact = xOf(frame, view.fromUs + (each.sinceUs[position] ?? 0));
    const beside = (ends.get(lane) ?? Number.NEGATIVE_INFINITY) + apart;
    const at = apart > 0 && beside > exact && beside - exact <= FARTHEST ? beside : exact;
    ends.set(lane, at);
    x.push(at);
    y.push(laneMiddle(frame, lane));
  }
  return { from: inside.from, x, y };
}

/** The signs in the frame, one path a kind, whatever their number. */
export function signBatches(frame: TimelineFrame, view: TimelineView, radius: number): readonly SignBatch[] {
  const places = placesOf(frame, view, radius);
  if (places === null || view.each === null) return [];
  const paths = new Map<EventSign, string[]>();
  for (const [at, x] of places.x.entries()) {
    const sign = EVENT_SIGNS[view.each.signs[places.from + at] ?? 0] ?? "step";
    const parts = paths.get(sign) ?? [];
    if (parts.length === 0) paths.set(sign, parts);
    parts.push(shapeAt(sign, x, places.y[at] ?? 0, radius));
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

/** The event whose sign is at a point; `null` where there is none. `radius`: that of the signs as they are drawn. */
export function eventAtPoint(
  frame: TimelineFrame,
  view: TimelineView,
  radius: number,
  x: number,
  y: number,
): EventId | null {
  const places = placesOf(frame, view, radius);
  if (places === null || view.each === null) return null;
  let best: { readonly at: number; readonly distance: number } | null = null;
  for (const [at, place] of places.x.entries()) {
    const dx = Math.abs(place - x);
    const dy = Math.abs((places.y[at] ?? 0) - y);
    if (dx > REACH || dy > Math.max(REACH, frame.laneHeight / 2)) continue;
    const distance = Math.hypot(dx, dy);
    if (best === null || distance < best.distance) best = { at, distance };
  }
  return best === null ? null : view.each.first + places.from + best.at;
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
