import type { KvEvent } from "../kv/response.js";
import type { Configuration } from "../raft/types.js";
import type { ClientOperation, OperationResult } from "./client-operation.js";
import type { EndpointId, Micros } from "./config.js";
import type { WatchError, WatchOptions } from "./watch-options.js";
/** How an operation ended. `timeout`: nobody knows whether it took effect. */
export type OperationOutcome = {
    readonly kind: "result";
    readonly result: OperationResult;
} | {
    readonly kind: "error";
    readonly error: string;
} | {
    readonly kind: "timeout";
};
/** One client operation of a run's history. */
export interface OperationRecord {
    /** From 1, in the order of invocation. */
    readonly number: number;
    readonly client: EndpointId;
    readonly body: ClientOperation;
    readonly at: EndpointId | null;
    /** Session and sequence number of the request (dissertation §6.3), as they stand in the log. */
    readonly session: number;
    readonly sequence: number;
    readonly invokeUs: Micros;
    readonly invokeEvent: number;
    returnUs: Micros | null;
    returnEvent: number | null;
    outcome: OperationOutcome | null;
    /** How often a server was asked. */
    attempts: number;
}
/** An event that a client received on a watch. Those with one `eventId` came in one response, of whatever many parts. */
export interface ReceivedEvent {
    readonly event: KvEvent;
    readonly timeUs: Micros;
    /** The `watch-events` event. */
    readonly eventId: number;
}
/** A connection of a watch: the first one, or one by which its client resumed it. */
export interface WatchConnection {
    /** From 1. */
    readonly stream: number;
    readonly server: EndpointId;
    /** The first revision asked for; 0: from now on. */
    readonly startRevision: number;
    /** The store's revision at the server when it opened the watch; `null` while it has not said so. */
    createdRevision: number | null;
    readonly timeUs: Micros;
    /** The `watch` or `watch-resume` event. */
    readonly eventId: number;
}
/** A notification: everything up to `revision` has been sent. */
export interface WatchProgress {
    readonly revision: number;
    readonly timeUs: Micros;
    /** The `watch-notified` event. */
    readonly eventId: number;
}
/** How a watch ended. */
export interface WatchCancellation {
    /** `null`: its client ended it, or crashed. */
    readonly error: WatchError | null;
    /** For `compacted`: where history begins; otherwise 0. */
    readonly compactRevision: number;
    readonly timeUs: Micros;
    /** The `watch-canceled`, `unwatch` or `crash` event. */
    readonly eventId: number;
}
/** A watch as its client sees it. */
export interface WatchRecord {
    /** From 1, in the order of creation. */
    readonly number: number;
    readonly name: string;
    readonly client: EndpointId;
    readonly options: WatchOptions;
    /** First revision asked for; 0 until the server has said where "from now" is. */
    fromRevision: number;
    /** Oldest first. */
    readonly connections: WatchConnection[];
    readonly received: ReceivedEvent[];
    readonly progress: WatchProgress[];
    /** It is over: nothing more comes. */
    cancelled: boolean;
    /** `null` until it is over. */
    cancellation: WatchCancellation | null;
}
/** Everything that clients saw, for checks, expectations and people. Kept by the original run, not by replays. */
export declare class History {
    readonly operations: OperationRecord[];
    readonly watches: WatchRecord[];
    /** The configurations that came into force somewhere; events name them by their number, from 1. */
    readonly configurations: Configuration[];
    /** The operation with this number. */
    operation(number: number): OperationRecord | undefined;
    /** The number of a configuration that came into force. Those of one entry have one number. */
    configurationNumber(configuration: Configuration): number;
    /** The watch with this number. */
    watch(number: number): WatchRecord | undefined;
}
