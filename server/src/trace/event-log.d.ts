import { type Reason } from "../raft/reason.js";
import type { EndpointId, Micros } from "../sim/config.js";
import { type EventKind, type Recorder } from "../sim/recorder.js";
/**
 * The trace of a run: every event in typed columns, 12 bytes and its words each. Words are nearly always small, and take a
 * byte for every seven bits (LEB128). Events have numbers from 0. Append only; reading an event costs a few array accesses.
 */
export declare class EventLog implements Recorder {
    #private;
    get count(): number;
    /** Bytes held by the columns. */
    get bytes(): number;
    /** Bytes that the recorded events take, without the unused rest of the newest blocks. */
    get usedBytes(): number;
    /**
     * Numbers of the events that are no messages, timers or disk completions: role changes, commits, faults, clients'
     * operations, notes. Ascending; few enough to go through.
     */
    get landmarks(): readonly number[];
    /**
     * Hash of everything that happened to the cluster so far: 16 hexadecimal digits. A scenario's own events (steps, notes,
     * results) and its lines are left out: how it is written, and what it expects, says nothing about the run.
     */
    get hash(): string;
    record(timeUs: Micros, kind: number, at: EndpointId, cause: number, reason: Reason | null, words: number, a?: number, b?: number, c?: number, d?: number, e?: number, f?: number): number;
    /** Virtual time of an event. */
    timeUs(id: number): Micros;
    /** The event that caused it, or -1. */
    cause(id: number): number;
    /** What kind of event it is. */
    kind(id: number): EventKind;
    /** The endpoint it happened at; 0 for none. */
    at(id: number): EndpointId;
    /** The reason given for it, or `null`. */
    reason(id: number): Reason | null;
    /** Word number `position` (from 0) of the event, without the reason's; 0 where there is none. */
    word(id: number, position: number): number;
    /** How many words the event has, without the reason's. */
    wordCount(id: number): number;
    /** The last event at or before `timeUs`; -1 when there is none. */
    lastAt(timeUs: Micros): number;
}
