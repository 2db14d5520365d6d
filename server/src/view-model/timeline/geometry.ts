/** Numbers of the timeline's drawing: virtual time to pixels and back, and shapes made from it. */
import type { TimelineLane, TimelineMark } from "../../protocol/views.js";
import { niceStep } from "../time.js";

/** A span of virtual time. */
export interface Span {
  readonly fromUs: number;
  readonly toUs: number;
}

/** Where things lie in the timeline, CSS pixels. */
export interface TimelineFrame {
  readonly width: number;
  readonly left: number;
  readonly right: number;
  readonly marksY: number;
  readonly densityY: number;
  readonly densityHeight: number;
  readonly lanesY: number;
  readonly laneHeight: number;
  readonly lanes: number;
  readonly height: number;
  readonly span: Span;
}

/** Lays the timeline out for a width and a number of servers. */
export function timelineFrame(width: number, lanes: number, span: Span, labels: boolean): TimelineFrame {
  const laneHeight = lanes <= 5 ? 14 : lanes <= 9 ? 11 : Math.max(3, Math.floor(110 / lanes));
  const marksY = 10;
  const densityY = 22;
  const densityHeight = 24;
  const lanesY = densityY + densityHeight + 5;
  return {
    width,
    left: labels ? 40 : 8,
    right: 10,
    marksY,
    densityY,
    densityHeight,
    lanesY,
    laneHeight,
    lanes,
    height: lanesY + lanes * laneHeight + 20,
    span: { fromUs: span.fromUs, toUs: Math.max(span.toUs, span.fromUs + 1000) },
  };
}

/** Pixels of an instant. */
export function xOf(frame: TimelineFrame, us: number): number {
  const inner = frame.width - frame.left - frame.right;
  return frame.left + ((us - frame.span.fromUs) / (frame.span.toUs - frame.span.fromUs)) * inner;
}

/** The instant at a pixel, within the span. */
export function timeOf(frame: TimelineFrame, x: number): number {
  const inner = Math.max(1, frame.width - frame.left - frame.right);
  const fraction = Math.min(1, Math.max(0, (x - frame.left) / inner));
  return Math.round(frame.span.fromUs + fraction * (frame.span.toUs - frame.span.fromUs));
}

/** The events per bucket as one area; square roots, so that a burst does not flatten all the rest. */
export function densityPath(frame: TimelineFrame, density: readonly number[]): string {
  const most = density.reduce((max, count) => Math.max(max, count), 0);
  if (most === 0 || density.length === 0) return "";
  const base = frame.densityY + frame.densityHeight;
  const inner = frame.width - frame.left - frame.right;
  const step = inner / density.length;
  const points = density.map((count, at) => {
    const x = frame.left + at * step;
    const y = base - frame.densityHeight * Math.sqrt(count / most);
    return `V${y.toFixed(1)}H${(x + step).toFixed(1)}`;
  });
  return `M${frame.left} ${base}${points.join("")}V${base}Z`;
}

/** One stretch of a lane as it is drawn. */
export interface LaneBar {
  readonly x: number;
  readonly width: number;
  readonly role: TimelineLane["segments"][number]["role"];
  readonly term: number;
}

/**
 * A lane's stretches in pixels. Those narrower than a pixel would pile up by the thousand in a long run: of each
 * pixel only the first stays, but a leader is never dropped.
 */
export function laneBars(frame: TimelineFrame, lane: TimelineLane): readonly LaneBar[] {
  const bars: LaneBar[] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const { fromUs, toUs, role, term } of lane.segments) {
    if (toUs < frame.span.fromUs || fromUs > frame.span.toUs) continue;
    const x = xOf(frame, Math.max(fromUs, frame.span.fromUs));
    const right = xOf(frame, Math.min(toUs, frame.span.toUs));
    if (right - end < 1 && role !== "leader") continue;
    bars.push({ x, width: Math.max(1, right - x), role, term });
    end = Math.max(end, right);
  }
  return bars;
}

/** Instants of the axis' ticks. */
export function ticks(frame: TimelineFrame): readonly number[] {
  const { fromUs, toUs } = frame.span;
  const step = niceStep(toUs - fromUs, Math.max(2, Math.floor((frame.width - frame.left) / 90)));
  const list: number[] = [];
  for (let us = Math.ceil(fromUs / step) * step; us <= toUs; us += step) list.push(us);
  return list;
}

/** How grave a mark is: the graver is drawn over the others. */
const GRAVITY: Readonly<Record<TimelineMark["kind"], number>> = {
  step: 0,
  undone: 1,
  install: 2,
  note: 3,
  fault: 4,
  configuration: 5,
  leader: 6,
  failure: 7,
  violation: 8,
};

/** The marks to draw, gravest last. Of several of one kind at the same pixel the first stays. */
export function visibleMarks(frame: TimelineFrame, marks: readonly TimelineMark[]): readonly TimelineMark[] {
  const taken = new Set<string>();
  return marks
    .filter((mark) => {
      if (mark.timeUs < frame.span.fromUs || mark.timeUs > frame.span.toUs) return false;
      const place = `${mark.kind} ${Math.round(xOf(frame, mark.timeUs) / 3)}`;
      if (taken.has(place)) return false;
      taken.add(place);
      return true;
    })
    .sort((a, b) => GRAVITY[a.kind] - GRAVITY[b.kind]);
}

/** A span zoomed by a factor around an instant, within the whole. `null` is all of it. */
export function zoomed(span: Span, aroundUs: number, factor: number, endUs: number): Span | null {
  const width = Math.max(200, (span.toUs - span.fromUs) * factor);
  if (width >= endUs) return null;
  const share = (aroundUs - span.fromUs) / Math.max(1, span.toUs - span.fromUs);
  const fromUs = Math.round(Math.min(endUs - width, Math.max(0, aroundUs - width * share)));
  return { fromUs, toUs: Math.round(fromUs + width) };
}
