/** Where two runs lie on one axis of virtual time, CSS pixels. Of each server the left run's lane stands above the right one's. */
import type { TimelineLane, TimelineView } from "../../protocol/timeline-view.js";
import { type FaultBar, faultBars } from "../timeline/faults.js";
import {
  faultRowHeight,
  type LaneBar,
  laneBars,
  type TimelineFrame,
  timelineFrame,
  xOf,
} from "../timeline/geometry.js";

/** One of the two runs. */
export type Side = "left" | "right";

/** Both, the left one first. */
export const SIDES = ["left", "right"] as const;

/** A span of virtual time, microseconds. */
export interface TimeSpan {
  readonly fromUs: number;
  readonly toUs: number;
}

/** The axis and what stands on it. */
export interface CompareFrame {
  /** Virtual time to pixels and back: for `xOf`, `timeOf`, `ticks`. */
  readonly axis: TimelineFrame;
  /** Base lines of the two rows of signs: the left run's above all else, the right one's below. */
  readonly signsY: Readonly<Record<Side, number>>;
  /** Tops of the two runs' rows of faults: the left run's above all lanes, the right one's below. */
  readonly faultsY: Readonly<Record<Side, number>>;
  /** Height of a row of faults. */
  readonly faultHeight: Readonly<Record<Side, number>>;
  /** From here to `bottom` are lanes and faults. */
  readonly top: number;
  readonly bottom: number;
  readonly laneHeight: number;
  readonly height: number;
  readonly servers: readonly ServerLanes[];
}

/** The two lanes of one server. */
export interface ServerLanes {
  readonly server: string;
  /** Top of the pair. */
  readonly y: number;
  /** Missing where that run has no such server. */
  readonly lanes: Readonly<Record<Side, PlacedLane | null>>;
}

/** A lane with its place. */
export interface PlacedLane {
  readonly y: number;
  readonly lane: TimelineLane;
}

/** Room between the lanes of two servers. */
const GAP = 5;
/** Room between lanes and faults. */
const FAULTS_GAP = 3;

/** Lays two timelines out for a width. */
export function compareFrame(
  width: number,
  span: TimeSpan,
  views: Readonly<Record<Side, TimelineView | null>>,
): CompareFrame {
  const names = [...new Set(SIDES.flatMap((side) => views[side]?.lanes.map(({ server }) => server) ?? []))];
  const axis = { ...timelineFrame(width, names.length, span, true), left: 58 };
  const laneHeight = names.length <= 5 ? 13 : names.length <= 9 ? 10 : 7;
  const top = 40;
  const faultHeight = { left: faultRowHeight(rowsOf(views.left)), right: faultRowHeight(rowsOf(views.right)) };
  const room = (side: Side): number => {
    const rows = rowsOf(views[side]);
    return rows === 0 ? 0 : rows * faultHeight[side] + FAULTS_GAP;
  };
  const lanesY = top + room("left");
  const lanesEnd = lanesY + names.length * (2 * laneHeight + GAP);
  const bottom = lanesEnd + room("right");
  const servers = names.map((server, at): ServerLanes => {
    const y = lanesY + at * (2 * laneHeight + GAP);
    const lane = (side: Side, top: number): PlacedLane | null => {
      const found = views[side]?.lanes.find((each) => each.server === server);
      return found === undefined ? null : { y: top, lane: found };
    };
    return { server, y, lanes: { left: lane("left", y), right: lane("right", y + laneHeight) } };
  });
  const signsY = { left: 28, right: bottom + 9 };
  const faultsY = { left: top, right: lanesEnd };
  return { axis, signsY, faultsY, faultHeight, top, bottom, laneHeight, height: bottom + 42, servers };
}

function rowsOf(view: TimelineView | null): number {
  return view?.faultRows ?? 0;
}

/** The faults of a run in pixels, none beyond where it ends. */
export function faultBarsOf(frame: CompareFrame, side: Side, view: TimelineView | null): readonly FaultBar[] {
  const place = { faultsY: frame.faultsY[side], faultHeight: frame.faultHeight[side] };
  return view === null ? [] : faultBars({ ...frame.axis, ...place }, view.faults, view.endUs);
}

/** The stretches of a lane in pixels, none beyond where its run ends. */
export function barsOf({ axis }: CompareFrame, { lane }: PlacedLane): readonly LaneBar[] {
  return laneBars(axis, lane);
}

/** How high a stretch is drawn, as a share of its lane, so that roles differ in shape. */
export function heightOf(role: LaneBar["role"]): number {
  switch (role) {
    case "leader":
      return 1;
    case "candidate":
    case "pre-candidate":
      return 0.7;
    case "follower":
      return 0.36;
    case "down":
    case "paused":
      return 0.16;
  }
}

/** The stretch in which both runs are the same, in pixels; `null` where none of it is in sight. `partUs`: `null` for all of both. */
export function commonStretch(
  { axis }: CompareFrame,
  partUs: number | null,
  endUs: number,
): { readonly x: number; readonly width: number } | null {
  const end = Math.min(partUs ?? endUs, axis.span.toUs);
  if (end <= axis.span.fromUs) return null;
  const x = xOf(axis, Math.max(0, axis.span.fromUs));
  return { x, width: Math.max(0, xOf(axis, end) - x) };
}

/** Where an instant is, or `null` when it is not in sight. */
export function placeOf({ axis }: CompareFrame, us: number): number | null {
  return us < axis.span.fromUs || us > axis.span.toUs ? null : xOf(axis, us);
}

/** A span zoomed by a factor around an instant; `null` is all of it. */
export function zoomSpan(span: TimeSpan, aroundUs: number, factor: number, endUs: number): TimeSpan | null {
  const width = Math.max(200, (span.toUs - span.fromUs) * factor);
  if (width >= endUs) return null;
  const share = (aroundUs - span.fromUs) / Math.max(1, span.toUs - span.fromUs);
  return within(aroundUs - width * share, width, endUs);
}

/** A span moved by a share of its width. */
export function panSpan(span: TimeSpan, share: number, endUs: number): TimeSpan {
  const width = span.toUs - span.fromUs;
  return within(span.fromUs + width * share, width, endUs);
}

/** A look from near at an instant: a fifth of it before. */
export function lookAt(us: number, endUs: number): TimeSpan | null {
  const width = Math.max(20_000, Math.min(endUs / 8, 400_000));
  return width >= endUs ? null : within(us - width / 5, width, endUs);
}

function within(fromUs: number, width: number, endUs: number): TimeSpan {
  const from = Math.round(Math.max(0, Math.min(endUs - width, fromUs)));
  return { fromUs: from, toUs: Math.round(from + width) };
}
