/** Numbers of the timeline's drawing: where its parts lie, virtual time to pixels and back. */
import type { TimelineLane, TimelineMark } from "../../protocol/views.js";
import type { Span } from "./span.js";
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
}
/** Lays the timeline out for a width and a number of servers. */
export declare function timelineFrame(
  width: number,
  lanes: number,
  span: Span,
  labels: boolean,
  { faultRows, script }?: FrameParts,
): TimelineFrame;
/** Pixels of an instant. */
export declare function xOf(frame: TimelineFrame, us: number): number;
/** The instant at a pixel, within the span. */
export declare function timeOf(frame: TimelineFrame, x: number): number;
/** Virtual time that a pixel stands for. */
export declare function usPerPixel(frame: TimelineFrame): number;
/**
 * The events per bucket as one area; square roots, so that a burst does not flatten all the rest. The buckets may cover another span than
 * the frame: what is outside is cut off.
 */
export declare function densityPath(frame: TimelineFrame, density: readonly number[], of?: Span): string;
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
export declare function laneBars(frame: TimelineFrame, lane: TimelineLane): readonly LaneBar[];
/** A tick of the axis in words, as exact as it takes to tell it from the next one: `841.25 s`. */
export declare function tickText(frame: TimelineFrame, us: number): string;
/** Instants of the axis' ticks. */
export declare function ticks(frame: TimelineFrame): readonly number[];
/** The marks to draw, gravest last. Of several of one kind at the same pixel the first stays. */
export declare function visibleMarks(frame: TimelineFrame, marks: readonly TimelineMark[]): readonly TimelineMark[];
