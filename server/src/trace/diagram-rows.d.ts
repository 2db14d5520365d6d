import type { DiagramItem } from "./diagram-items.js";
import type { Recording } from "./recording.js";
import type { EventCategory } from "./view.js";
/** A message, or a run of heartbeats, of a diagram. */
export interface MessageRow {
    readonly kind: "message";
    /** The send event. */
    readonly eventId: number;
    /** The delivery; `null` when lost or still under way. */
    readonly deliveredId: number | null;
    readonly from: string;
    readonly to: string;
    readonly type: string;
    readonly label: string;
    readonly sentUs: number;
    readonly deliveredUs: number | null;
    readonly lost: boolean;
    /** Heartbeats folded into this row; 1 for none. */
    readonly count: number;
    /** Replies folded into this row. */
    readonly replies: number;
    readonly line: number | null;
}
/** A note on a lifeline, or across all of them. */
export interface EventRow {
    readonly kind: "event";
    readonly eventId: number;
    readonly at: string | null;
    readonly category: EventCategory;
    readonly text: string;
    readonly timeUs: number;
    readonly line: number | null;
}
/** A line across: a term begins. */
export interface TermRow {
    readonly kind: "term";
    readonly eventId: number;
    readonly term: number;
    readonly timeUs: number;
}
/** One row of a diagram. */
export type DiagramRow = MessageRow | EventRow | TermRow;
/**
 * Folds runs of heartbeats and their replies, then makes rows of the first `limit`. A run goes on until anything but a
 * heartbeat happens, so that folding never moves a message past something it may have caused.
 */
export declare function foldRows(recording: Recording, items: readonly DiagramItem[], fold: boolean, limit: number): {
    readonly rows: DiagramRow[];
    readonly moreRows: number;
};
