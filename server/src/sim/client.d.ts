import type { KvEvent } from "../kv/response.js";
import type { Reason } from "../raft/reason.js";
import type { ClientOperation } from "./client-operation.js";
import type { EndpointId } from "./config.js";
import type { QueueItem } from "./queue.js";
import type { WatchOptions } from "./watch-options.js";
/** An operation under way at a client. */
export interface PendingOperation {
    readonly number: number;
    readonly body: ClientOperation;
    readonly session: number;
    readonly sequence: number;
    /** The one server to ask, or `null` for the one believed to lead. */
    readonly at: EndpointId | null;
    readonly invokeEvent: number;
    attempt: number;
    target: EndpointId;
    /** Servers that did not answer this operation: hints to them are not followed. */
    silent: readonly EndpointId[];
    /** Why it pauses before it asks again; `null` when it does not. */
    pause: {
        readonly why: Reason;
        readonly event: number;
    } | null;
}
/** A session of a client: requests of one session are in sequence (dissertation §6.3). */
export interface ClientSession {
    readonly id: number;
    sequence: number;
    busy: boolean;
}
/** A watch as its client keeps it: what it needs to resume without a gap. */
export interface WatchStream {
    readonly number: number;
    readonly options: WatchOptions;
    readonly at: EndpointId | null;
    target: EndpointId;
    /** Counts connections. */
    stream: number;
    /** The life of the server that this connection belongs to; 0 until it has answered. */
    incarnation: number;
    /** Last response seen on this connection. */
    sequence: number;
    /** First revision not seen yet; 0 until the server has said where "from now" is. */
    nextRevision: number;
    /** Revision of the last event or progress. */
    seenRevision: number;
    /** Heard from since the last time the client looked. */
    alive: boolean;
    /** Events of a response whose other parts are still to come. */
    fragments: readonly KvEvent[];
    /** The server ended this connection, and the client pauses before it goes to another one. */
    broken: {
        readonly why: Reason;
        readonly event: number;
    } | null;
}
/**
 * A client process. It asks the server it believes to lead, follows hints, tries the next server when an answer
 * stays away, and gives up after `client-timeout`. Operations under way at once use a session each.
 */
export declare class ClientProcess {
    readonly id: EndpointId;
    readonly name: string;
    status: "up" | "down" | "paused";
    /** Counts crashes: the end of one that was restarted by hand is void. */
    incarnation: number;
    /** Counts pauses, for the same reason. */
    pauses: number;
    /** The server believed to lead. */
    believed: EndpointId;
    pending: Map<number, PendingOperation>;
    sessions: ClientSession[];
    watches: Map<number, WatchStream>;
    /** What came in while paused, in order. */
    inbox: QueueItem[];
    constructor(id: EndpointId, name: string, believed: EndpointId);
    /** An independent copy. */
    clone(): ClientProcess;
}
