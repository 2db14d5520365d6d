import type { Message } from "./message.js";
import type { Reason } from "./reason.js";
import type { Configuration, Entry, Index, Role, ServerId, Snapshot, Term, TimerKind } from "./types.js";
/** Number of a write to stable storage, from 1, ascending in the order of issue. */
export type WriteId = number;
/**
 * State to make durable. Writes complete in order; a crash loses those that have not. Fields that are
 * `null` are unchanged.
 */
export interface Write<C> {
    readonly id: WriteId;
    readonly hardState: {
        readonly term: Term;
        readonly vote: ServerId;
    } | null;
    /**
     * A snapshot to keep instead of the last one; `null` when there is none to write. It stands before the log's other
     * changes in this write.
     */
    readonly snapshot: Snapshot | null;
    /** Drop entries up to this index: a snapshot that is durable, or this write's own, covers them; 0 for none. */
    readonly compactTo: Index;
    /**
     * The log begins anew after the snapshot of this write: nothing that stood in it remains (§7, an installed snapshot that
     * the log does not agree with).
     */
    readonly restart: boolean;
    /** Remove entries from this index on before appending; 0 when nothing is removed. */
    readonly truncateFrom: Index;
    /** Index of `entries[0]`; 0 when there are none. */
    readonly firstIndex: Index;
    readonly entries: readonly Entry<C>[];
}
/** A message to send, once `after` is durable (0: at once). */
export interface Outgoing<C> {
    readonly message: Message<C>;
    readonly after: WriteId;
    /** Why this message says what it says; `null` where there was nothing to decide. */
    readonly reason: Reason | null;
}
/** Set or stop a timer. The runner draws the duration; setting a timer again restarts it. */
export interface TimerRequest {
    readonly timer: TimerKind;
    readonly action: "set" | "stop";
}
/** Starts the election timer anew. */
export declare const SET_ELECTION_TIMER: TimerRequest;
/** Stops the election timer. */
export declare const STOP_ELECTION_TIMER: TimerRequest;
/** Starts the heartbeat timer anew. */
export declare const SET_HEARTBEAT_TIMER: TimerRequest;
/** Stops the heartbeat timer. */
export declare const STOP_HEARTBEAT_TIMER: TimerRequest;
/** A role, term, vote or leader that changed, in the order it happened. */
export interface Transition {
    readonly role: Role;
    readonly term: Term;
    readonly vote: ServerId;
    /** The leader this server follows, or {@link NONE}. */
    readonly leader: ServerId;
    readonly reason: Reason;
}
/** A read that may be served once `index` is applied, or one refused because leadership was lost. */
export type ReadOutcome = {
    readonly kind: "ready";
    readonly context: number;
    readonly index: Index;
} | {
    readonly kind: "refused";
    readonly context: number;
    readonly reason: Reason;
};
/** The fate of a proposal. `refused`: this server leads, but must not or need not append it. */
export type ProposalOutcome = {
    readonly kind: "appended";
    readonly index: Index;
    readonly term: Term;
} | {
    readonly kind: "not-leader";
    readonly leader: ServerId;
    readonly reason: Reason;
} | {
    readonly kind: "refused";
    readonly reason: Reason;
};
/**
 * What one input made a server do. The server fills it during an input; the runner reads it afterwards and
 * clears it with {@link clearOutput} before the next. Reused, so that an idle heartbeat allocates nothing here.
 */
export interface Output<C> {
    readonly transitions: Transition[];
    readonly writes: Write<C>[];
    readonly messages: Outgoing<C>[];
    readonly timers: TimerRequest[];
    readonly reads: ReadOutcome[];
    /**
     * A snapshot that replaces the state machine's state: whoever runs the server restores it before it applies any entry.
     * `null` for none.
     */
    installed: Snapshot | null;
    /** The configuration that came into force with this input (the newest, if several did); `null` for none. */
    configuration: Configuration | null;
    /** The decision that a person would ask about first: why the input was refused, ignored, or had no further effect. */
    reason: Reason | null;
    /** True when the commit index advanced during this input. */
    committed: boolean;
}
/** An empty output. */
export declare function createOutput<C>(): Output<C>;
/** Empties an output for the next input. */
export declare function clearOutput<C>(output: Output<C>): void;
