import type { EventLog } from "./event-log.js";
import type { Recording } from "./recording.js";
/**
 * The 1-based scenario line behind an event: its own, or that of the nearest cause that has one, going back through
 * messages and disks but not through timers, which would lead every election back to some unrelated step, unless a tick let
 * them run out. `null` for none.
 */
export declare function lineOf(recording: Recording, eventId: number): number | null;
/** The line that an event itself carries, or `null`. */
export declare function ownLine(log: EventLog, eventId: number): number | null;
/** The first event that a scenario line caused; -1 when the line caused none. */
export declare function eventOfLine(recording: Recording, line: number): number;
/** A text with the scenario line behind what it tells; the text alone for `null`. */
export declare function withLine(text: string, line: number | null): string;
