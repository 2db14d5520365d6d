import type { DiagramFilter } from "./diagram.js";
import type { Recording } from "./recording.js";
import { type Sent } from "./sent.js";
import type { EventCategory, Mark } from "./view.js";
/** A message of the window with its fate. */
export interface MessageItem {
    readonly kind: "message";
    readonly sent: Sent;
    /** The delivery; -1 while unknown. */
    deliveredId: number;
    lost: boolean;
}
/** Anything else that a diagram shows. */
export interface NoteItem {
    readonly kind: "event";
    readonly eventId: number;
    readonly at: string | null;
    readonly category: EventCategory;
    readonly text: string;
}
/** The first event of a term. */
export interface TermItem {
    readonly kind: "term";
    readonly eventId: number;
    readonly term: number;
}
/** What a diagram shows, in order. */
export type DiagramItem = MessageItem | NoteItem | TermItem;
/** Everything to show of events `from`..`to`, unfolded, and how much there is beyond what is held. */
export declare function diagramItems(recording: Recording, from: number, to: number, filter: DiagramFilter, marks: readonly Mark[]): {
    readonly items: DiagramItem[];
    readonly notCollected: number;
};
