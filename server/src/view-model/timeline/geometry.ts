/** Numbers of the timeline's drawing: where its parts lie, virtual time to pixels and back. */
import type { TimelineLane, TimelineMark } from "../../protocol/timeline-view.js";
import { niceStep } from "../time.js";
import type { Span } from "./span.js";

/** Fault rows that are drawn at full height; more share the same room. */
const FULL_FAULT_ROWS = 4;
const FAULT_ROW = 14;

/** Where things lie in the timeline, CSS pixels. */
export interface TimelineFrame {
  readonly width: number;
  readonly left: number;
  readonly right: number;
  /** Middle of the row of signs. */
  readonly marksY: number;
  /** Base line of the row of notes and steps; `null` where there is no room for words. */
  readonly scriptY: number | null;
  readonly densityY: number;
  readonly densityHeight: number;
  readonly lanesY: number;
  readonly laneHeight: number;
  readonly lanes: number;
  readonly faultsY: number;
  readonly faultHeight: number;
  readonly faultRows: number;
  /** Top of the row of bookmarks. */
  readonly bookmarksY: number;
  /** The line that carries the ticks; the axis is what lies below it. */
  readonly axisY: number;
  readonly height: number;
  readonly span: Span;
}

/** What a frame is laid out for. */
export interface FrameParts {
  /** Rows of faults. */
  readonly faultRows?: number;
  /** There are notes or steps to be read. */
  readonly script?: boolean;
  /** There are bookmarks. */
  readonly bookmarks?: boolean;
}

/** Lays the timeline out for a width and a number of servers. */
export function timelineFrame(
  width: number,
  lanes: number,
  span: Span,
  labels: boolean,
  { faultRows = 0, script = false, bookmarks = false }: FrameParts = {},
): TimelineFrame {
  const laneHeight = lanes <= 5 ? 15 : lanes <= 9 ? 12 : Math.max(3, Math.floor(110 / lanes));
  const marksY = 10;
  const scriptY = script && labels ? 30 : null;
  const densityY = scriptY === null ? 22 : 37;
  const densityHeight = 22;
  const lanesY = densityY + densityHeight + 5;
  const faultsY = lanesY + lanes * laneHeight + 3;
  const faultHeight = faultRowHeight(faultRows);
  const bookmarksY = faultsY + faultRows * faultHeight + (faultRows > 0 ? 3 : 0);
  const axisY = bookmarksY + (bookmarks ? 15 : 0);
  return {
    width,
    left: labels ? 46 : 8,
    right: 10,
    marksY,
    scriptY,
    densityY,
    densityHeight,
    lanesY,
    laneHeight,
    lanes,
    faultsY,
    faultHeight,
    faultRows,
    bookmarksY,
    axisY,
    height: axisY + 22,
    span: { fromUs: span.fromUs, toUs: Math.max(span.toUs, span.fromUs + 100) },
  };
}

/** Height of a row of faults, CSS pixels: many rows share the room of a few. */
export function faultRowHeight(rows: number): number {
  return rows <= FULL_FAULT_ROWS ? FAULT_ROW : (FULL_FAULT_ROWS * FAULT_ROW) / rows;
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

/** Virtual time that a pixel stands for. */
export function usPerPixel(frame: TimelineFrame): number {
  return (frame.span.toUs - frame.span.fromUs) / Math.max(1, frame.width - frame.left - frame.right);
}

/**
 * The events per bucket as one area; square roots, so that a burst does not flatten all the rest. The buckets may cover another span than
 * the frame: what is outside is cut off.
 */
export function densityPath(frame: TimelineFrame, density: readonly number[], of: Span = frame.span): string {
  // At the very beginning all there is has happened at one instant.
  const width = Math.max(1, of.toUs - of.fromUs) / Math.max(1, density.length);
  const first = Math.max(0, Math.floor((frame.span.fromUs - of.fromUs) / width));
  const end = Math.min(density.length, Math.ceil((frame.span.toUs - of.fromUs) / width));
  const shown = density.slice(first, end);
  const most = shown.reduce((max, count) => Math.max(max, count), 0);
  if (most === 0) return "";
  const base = frame.densityY + frame.densityHeight;
  const within = (us: number) => Math.min(frame.width - frame.right, Math.max(frame.left, xOf(frame, us)));
  const points = shown.map((count, at) => {
    const y = base - frame.densityHeight * Math.sqrt(count / most);
    return `V${y.toFixed(1)}H${within(of.fromUs + (first + at + 1) * width).toFixed(1)}`;
  });
  return `M${within(of.fromUs + first * width).toFixed(1)} ${base}${points.join("")}V${base}Z`;
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

/** A tick of the axis in words, as exact as it takes to tell it from the next one: `841.25 s`. */
export function tickText(frame: TimelineFrame, us: number): string {
  const step = tickStep(frame);
  const [unit, size]: readonly [string, number] =
    frame.span.toUs >= 1_000_000 && us > 0
      ? ["s", 1_000_000]
      : frame.span.toUs >= 1000 && us > 0
        ? ["ms", 1000]
        : ["µs", 1];
  const decimals = Math.min(6, Math.max(0, Math.ceil(-Math.log10(step / size) - 1e-9)));
  return `${(us / size).toFixed(decimals)} ${unit}`;
}

function tickStep({ span: { fromUs, toUs }, width, left }: TimelineFrame): number {
  return niceStep(toUs - fromUs, Math.max(2, Math.floor((width - left) / 90)));
}

/** Instants of the axis' ticks. */
export function ticks(frame: TimelineFrame): readonly number[] {
  const { fromUs, toUs } = frame.span;
  const step = tickStep(frame);
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
