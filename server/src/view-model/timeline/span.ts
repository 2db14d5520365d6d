/** Spans of virtual time that a timeline shows: zooming, panning, following the cursor, and which known view fits one. */
import type { TimelineView } from "../../protocol/timeline-view.js";

/** A span of virtual time, microseconds. */
export interface Span {
  readonly fromUs: number;
  readonly toUs: number;
}

/** The closest look there is. */
const CLOSEST_US = 200;

/** A span zoomed by a factor around an instant, within the whole. `null` is all of it. */
export function zoomed(span: Span, aroundUs: number, factor: number, endUs: number): Span | null {
  const width = Math.max(CLOSEST_US, (span.toUs - span.fromUs) * factor);
  if (width >= endUs) return null;
  const share = (aroundUs - span.fromUs) / Math.max(1, span.toUs - span.fromUs);
  return within(aroundUs - width * share, width, endUs);
}

/** A span moved, as far as the run goes. */
export function panned(span: Span, byUs: number, endUs: number): Span {
  return within(span.fromUs + byUs, span.toUs - span.fromUs, endUs);
}

/** The span between two instants in either order; `null` for all of the run. */
export function between(aUs: number, bUs: number, endUs: number): Span | null {
  const width = Math.max(CLOSEST_US, Math.abs(bUs - aUs));
  if (width >= endUs) return null;
  return within((aUs + bUs - width) / 2, width, endUs);
}

/** The span, moved if an instant is outside of it: then the instant stands in the middle. */
export function containing(span: Span, us: number, endUs: number): Span {
  if (us >= span.fromUs && us <= span.toUs) return span;
  const width = span.toUs - span.fromUs;
  return within(us - width / 2, width, endUs);
}

/** What to ask for so as to show a span: half of it more on either side, so that a pan finds its picture there. */
export function widened({ fromUs, toUs }: Span, endUs: number): Span {
  const margin = (toUs - fromUs) / 2;
  return { fromUs: Math.max(0, Math.round(fromUs - margin)), toUs: Math.min(endUs, Math.round(toUs + margin)) };
}

/** The known view that shows a span best: of those that cover all of it the closest look; `null` when none does. */
export function bestView(views: readonly TimelineView[], span: Span): TimelineView | null {
  let best: TimelineView | null = null;
  for (const view of views) {
    if (view.fromUs > span.fromUs || view.toUs < span.toUs) continue;
    if (best === null || view.toUs - view.fromUs < best.toUs - best.fromUs) best = view;
  }
  return best;
}

/**
 * Whether a view still serves for a span without asking anew: it has room on both sides, and was made for about this zoom.
 *
 * @param room share of the span that must be left on each side, but at the run's own ends
 */
export function isAmple(view: TimelineView, span: Span, room: number): boolean {
  const width = span.toUs - span.fromUs;
  const left = view.fromUs === 0 || span.fromUs - view.fromUs >= width * room;
  const right = view.toUs >= view.endUs || view.toUs - span.toUs >= width * room;
  return left && right && view.toUs - view.fromUs <= width * 2.6;
}

/**
 * The end of an axis for a run that grows: up to an eighth longer than the run, and for some time the same, so that what stands on the axis
 * does not move with every event.
 */
export function endWithRoom(endUs: number): number {
  if (endUs <= 0) return 0;
  const step = 2 ** Math.floor(Math.log2(endUs)) / 8;
  return (Math.floor(endUs / step) + 1) * step;
}

function within(fromUs: number, width: number, endUs: number): Span {
  const from = Math.round(Math.max(0, Math.min(endUs - width, fromUs)));
  return { fromUs: from, toUs: Math.round(from + width) };
}
