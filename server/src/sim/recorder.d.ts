import type { Reason } from "../raft/reason.js";
import type { EndpointId, Micros } from "./config.js";
/**
 * Kinds of events in the order of their codes in the trace; append only. The words after each name are what
 * {@link Recorder.record} gets as its words, before the reason's two arguments.
 */
export declare const EVENT_KINDS: readonly ["start", "send", "deliver", "drop", "timer", "transition", "truncate", "durable", "commit", "crash", "restart", "pause", "resume", "wipe", "timeout", "fault", "undo", "heal", "release", "lose", "invoke", "return", "retry", "watch", "unwatch", "watch-events", "watch-resume", "step", "note", "result", "add-client", "held", "tick", "deliver-asked", "copy-asked", "struck", "disk-error", "disk-lost", "no-start", "take-snapshot", "snapshot", "install", "membership", "transfer", "configuration", "lease-promote", "lease-expired", "watch-progress", "watch-created", "watch-notified", "watch-canceled", "watch-catch-up"];
/** An event's kind. */
export type EventKind = (typeof EVENT_KINDS)[number];
/** Codes by name, so that the hot path passes numbers. */
export declare const EVENT_CODE: Readonly<Record<EventKind, number>>;
/** Why a message was lost, in the order of their codes; append only. `server-down`: whoever should get it, a client too. */
export declare const DROP_CAUSES: readonly ["loss", "blocked", "rule", "server-down", "cut-on-the-way", "lost-by-hand"];
/** Why a message was lost. */
export type DropCause = (typeof DROP_CAUSES)[number];
/** How an operation ended, in the order of their codes; append only. */
export declare const OPERATION_OUTCOMES: readonly ["ok", "failed", "none", "error", "timeout"];
/** Roles in the order of their codes in `transition` events. */
export declare const ROLE_CODES: readonly ["follower", "pre-candidate", "candidate", "leader"];
/** Takes down what happens. Implementations: the trace (all of it), a replay (counts only). */
export interface Recorder {
    /** Events recorded so far; the next one gets this number. */
    readonly count: number;
    /**
     * Records one event and returns its number. `words` says how many of `a`..`f` count; a reason's arguments
     * are appended to them. `cause` is an earlier event or -1.
     */
    record(timeUs: Micros, kind: number, at: EndpointId, cause: number, reason: Reason | null, words: number, a?: number, b?: number, c?: number, d?: number, e?: number, f?: number): number;
}
/** Counts events without keeping them: for replays, whose events are already in a trace. */
export declare class CountingRecorder implements Recorder {
    count: number;
    /** Continues at event number `count`. */
    constructor(count: number);
    record(): number;
}
