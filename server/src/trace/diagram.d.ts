import { type DiagramRow } from "./diagram-rows.js";
import type { Recording } from "./recording.js";
import type { Mark } from "./view.js";
/** What a diagram leaves out. Empty lists leave nothing out. */
export interface DiagramFilter {
    /** Servers of which at least one takes part in a message. */
    readonly servers?: readonly string[];
    /** Message types; `Heartbeat` and `HeartbeatReply` are AppendEntries without entries and their answers. */
    readonly types?: readonly string[];
    /** Fold runs of heartbeats and their replies; default true. */
    readonly foldHeartbeats?: boolean;
    /** Show clients, their requests and replies; default true. */
    readonly clients?: boolean;
}
/** Which events a diagram shows. */
export type DiagramWindow = {
    readonly kind: "events";
    readonly from: number;
    readonly to: number;
} | {
    readonly kind: "time";
    readonly fromUs: number;
    readonly toUs: number;
} | {
    readonly kind: "around";
    readonly eventId: number;
};
/** A server or client of a diagram. */
export interface Lifeline {
    readonly name: string;
    readonly kind: "server" | "client";
}
/** A sequence diagram of a window of events: one model for mermaid, for our own drawing and for text. */
export interface Diagram {
    readonly fromEvent: number;
    readonly toEvent: number;
    readonly fromUs: number;
    readonly toUs: number;
    readonly lifelines: readonly Lifeline[];
    readonly rows: readonly DiagramRow[];
    /** Rows left out after the last one. */
    readonly moreRows: number;
    /** The same as mermaid text; row n of `rows` is the n-th message or note in it. */
    readonly mermaid: string;
}
/** The sequence diagram of a window, at most `limit` rows. `marks`: what was found beside the trace. */
export declare function diagramOf(recording: Recording, window: DiagramWindow, filter?: DiagramFilter, limit?: number, marks?: readonly Mark[]): Diagram;
/** The first and last event of a window; `to` is below `from` when it is empty. */
export declare function eventsOf(recording: Recording, window: DiagramWindow, limit?: number): {
    from: number;
    to: number;
};
