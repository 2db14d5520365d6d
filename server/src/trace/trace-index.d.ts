import type { EndpointId } from "../sim/config.js";
import type { Recording } from "./recording.js";
import type { RoleText } from "./view.js";
/** What a server was from one event on. */
export interface LaneState {
    readonly eventId: number;
    readonly timeUs: number;
    readonly status: "up" | "down" | "paused";
    readonly role: RoleText;
    readonly term: number;
    /** Whom it voted for in the term; 0 for nobody. */
    readonly vote: EndpointId;
    /** Whom it follows; 0 for nobody. */
    readonly leader: EndpointId;
}
/** Events that a cursor can jump to, each list ascending. */
export type Landmark = "leader"
/** One that nobody used before, but for the first. */
 | "configuration" | "install" | "commit" | "failure" | "note" | "fault" | "undone" | "step" | "invoke" | "return" | "term";
/**
 * What a recording's landmarks say, sorted by subject, so that views need not go through the run. It follows the
 * recording: each use takes in what has been recorded since.
 */
export declare class TraceIndex {
    #private;
    private constructor();
    /** The index of a recording, up to date. */
    static of(recording: Recording): TraceIndex;
    /** What a server was over time, ascending; empty for what is no server. */
    lane(server: EndpointId): readonly LaneState[];
    /** What a server was after event `eventId`; `null` before it started. */
    stateAfter(server: EndpointId, eventId: number): LaneState | null;
    /** Events of a kind, ascending. */
    events(kind: Landmark): readonly number[];
    /** The first event of a scenario line, rather one that has an effect than the step's own mark; -1 for none. */
    eventOfLine(line: number): number;
    /** The event that began a fault; -1 when there is none. */
    beginOfFault(fault: number): number;
}
/** Position of the last of `count` ascending numbers that is at most `limit`; -1 when there is none. */
export declare function lastAtMost(count: number, limit: number, at: (position: number) => number): number;
