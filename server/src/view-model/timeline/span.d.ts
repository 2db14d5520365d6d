/** Spans of virtual time that a timeline shows: zooming, panning, following the cursor, and which known view fits one. */
import type { TimelineView } from "../../protocol/views.js";
/** A span of virtual time, microseconds. */
export interface Span {
  readonly fromUs: number;
  readonly toUs: number;
}
/** A span zoomed by a factor around an instant, within the whole. `null` is all of it. */
export declare function zoomed(span: Span, aroundUs: number, factor: number, endUs: number): Span | null;
/** A span moved, as far as the run goes. */
export declare function panned(span: Span, byUs: number, endUs: number): Span;
/** The span between two instants in either order; `null` for all of the run. */
export declare function between(aUs: number, bUs: number, endUs: number): Span | null;
/** The span, moved if an instant is outside of it: then the instant stands in the middle. */
export declare function containing(span: Span, us: number, endUs: number): Span;
/** What to ask for so as to show a span: half of it more on either side, so that a pan finds its picture there. */
export declare function widened({ fromUs, toUs }: Span, endUs: number): Span;
/** The known view that shows a span best: of those that cover all of it the closest look; `null` when none does. */
export declare function bestView(views: readonly TimelineView[], span: Span): TimelineView | null;
/**
 * Whether a view still serves for a span without asking anew: it has room on both sides, and was made for about this zoom.
 *
 * @param room share of the span that must be left on each side, but at the run's own ends
 */
export declare function isAmple(view: TimelineView, span: Span, room: number): boolean;
