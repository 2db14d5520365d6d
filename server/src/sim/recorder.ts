import type { Reason } from "../raft/reason.js";
import { ROLES } from "../raft/types.js";
import type { EndpointId, Micros } from "./config.js";

/**
 * Kinds of events in the order of their codes in the trace; append only. The words after each name are what
 * {@link Recorder.record} gets as its words, before the reason's two arguments.
 */
export const EVENT_KINDS = [
  "start", // ()                            a server begins with an empty or given disk
  "send", // (peer, type and flag in one, term, …)  packSend and what follows it in transmit.ts
  "deliver", // ()                          cause: the send
  "drop", // (why)                          cause: the send; DROP_CAUSES
  "timer", // (timer)                       0 election, 1 heartbeat; after a tick, its cause, also the event that set it
  "transition", // (role, term, vote, leader)
  "truncate", // (from index)
  "durable", // (last durable index)
  "commit", // (commit index)
  "crash", // (line)
  "restart", // (line)
  "pause", // (line)
  "resume", // (line)
  "wipe", // (line)
  "timeout", // (line)                      an election timeout asked for
  "fault", // (line, fault number)
  "undo", // (fault number)                 a fault ended by itself
  "heal", // (line)
  "release", // (line, fault number)
  "lose", // (line, send event)
  "invoke", // (line, operation)
  "return", // (operation, outcome)         OPERATION_OUTCOMES
  "retry", // (operation, target)           a client tries (another) server; target 0: it does not ask again
  "watch", // (line, watch)                 a client opens a watch
  "unwatch", // (line, watch)
  "watch-events", // (watch, first revision, last revision, count) a client received events
  "watch-resume", // (watch, from revision, server) a client opens a watch anew, there
  "step", // (line)
  "note", // (line)
  "result", // (line, ok)
  "add-client", // (line)
  "held", // (fault number)                 cause: the send; kept by a hold rule
  "tick", // (line, microseconds)           time passes on a server's timers
  "deliver-asked", // (line, send event)    a waiting message is let through
  "copy-asked", // (line, send event)       a waiting message is made two
  "struck", // (fault number)               a server comes to a place where a crash waits for it
  "disk-error", // ()                       a server cannot write, and stops itself
  "disk-lost", // (what, last index, entries lost, term, vote)  DISK_LOSSES; what is left on the disk
  "no-start", // (line, why, index)         a server cannot start: 0 its disk fails, 1 the entry's record is damaged
  "take-snapshot", // (line)               a snapshot asked for
  "snapshot", // (last included index, term, bytes) a server took a snapshot; cause: what it had applied, or who asked
  "install", // (last included index, term, bytes) a snapshot replaced a server's state; cause: its last chunk
  "membership", // (line)                   a server is asked for a change of the configuration
  "transfer", // (line)                     a server is asked to hand its leadership over
  "configuration", // (index, number)       a configuration came into force; its entry, History.configurations
  "lease-promote", // (leases, term)         a new leader gives every lease its time anew
  "lease-expired", // (id, in two words)     a server finds that a lease's time is over; cause: what it counted from
  "watch-progress", // (line, watch)        a client asks how far its watch has come
  "watch-created", // (watch, revision, server) a client learns that its watch is open; the store's revision there
  "watch-notified", // (watch, revision)    a client learns that everything up to there was sent
  "watch-canceled", // (watch, error, compact revision) a server ended a client's watch; WATCH_ERRORS from 1
  "watch-catch-up", // (watch, first revision, store's revision, events, more) a server sends what a watch has missed
  "delay-asked", // (line, send event)      a message under way is made later
] as const;

/** An event's kind. */
export type EventKind = (typeof EVENT_KINDS)[number];

/** Codes by name, so that the hot path passes numbers. */
export const EVENT_CODE = Object.fromEntries(EVENT_KINDS.map((kind, code) => [kind, code])) as Readonly<
  Record<EventKind, number>
>;

/** Why a message was lost, in the order of their codes; append only. `server-down`: whoever should get it, a client too. */
export const DROP_CAUSES = ["loss", "blocked", "rule", "server-down", "cut-on-the-way", "lost-by-hand"] as const;

/** Why a message was lost. */
export type DropCause = (typeof DROP_CAUSES)[number];

/** How an operation ended, in the order of their codes; append only. */
export const OPERATION_OUTCOMES = ["ok", "failed", "none", "error", "timeout"] as const;

/** Roles in the order of their codes in `transition` events. */
export const ROLE_CODES = ROLES;

/** Takes down what happens. Implementations: the trace (all of it), a replay (counts only). */
export interface Recorder {
  /** Events recorded so far; the next one gets this number. */
  readonly count: number;
  /**
   * Records one event and returns its number. `words` says how many of `a`..`f` count; a reason's arguments
   * are appended to them. `cause` is an earlier event or -1.
   */
  record(
    timeUs: Micros,
    kind: number,
    at: EndpointId,
    cause: number,
    reason: Reason | null,
    words: number,
    a?: number,
    b?: number,
    c?: number,
    d?: number,
    e?: number,
    f?: number,
  ): number;
}

/** Counts events without keeping them: for replays, whose events are already in a trace. */
export class CountingRecorder implements Recorder {
  count: number;

  /** Continues at event number `count`. */
  constructor(count: number) {
    this.count = count;
  }

  record(): number {
    const id = this.count;
    this.count += 1;
    return id;
  }
}
