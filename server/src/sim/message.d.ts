import type { Command } from "../kv/command.js";
import type { KvEvent } from "../kv/response.js";
import type { Message } from "../raft/message.js";
import type { ClientOperation, OperationResult } from "./client-operation.js";
import type { EndpointId } from "./config.js";
import type { WatchError, WatchOptions } from "./watch-options.js";
/** A client's request (dissertation §6.1). A retry repeats `session` and `sequence` with a higher `attempt`. */
export interface ClientRequest {
    readonly type: "ClientRequest";
    readonly from: EndpointId;
    readonly to: EndpointId;
    /** Number of the operation in the history. */
    readonly operation: number;
    readonly session: number;
    readonly sequence: number;
    readonly attempt: number;
    readonly body: ClientOperation;
}
/** The answer to a client's request. `not-leader` hints at the leader (0: unknown). */
export interface ClientRequestReply {
    readonly type: "ClientRequestReply";
    readonly from: EndpointId;
    readonly to: EndpointId;
    readonly operation: number;
    readonly attempt: number;
    readonly body: {
        readonly kind: "result";
        readonly result: OperationResult;
    } | {
        readonly kind: "not-leader";
        readonly leader: EndpointId;
    };
}
/** Opens or resumes a watch. Each watch has a connection of its own. */
export interface WatchCreateRequest {
    readonly type: "WatchCreateRequest";
    readonly from: EndpointId;
    readonly to: EndpointId;
    readonly watch: number;
    /** Numbers the client's (re)connections; the server's answers carry it. */
    readonly stream: number;
    readonly options: WatchOptions;
    /** The first revision wanted on this connection; 0 for "from now". */
    readonly revision: number;
}
/** Ends a connection of a watch. One that the server does not know gets no answer, as in etcd. */
export interface WatchCancelRequest {
    readonly type: "WatchCancelRequest";
    readonly from: EndpointId;
    readonly to: EndpointId;
    readonly watch: number;
    readonly stream: number;
}
/** Asks how far all watches of the client at this server have come (etcd: WatchProgressRequest). */
export interface WatchProgressRequest {
    readonly type: "WatchProgressRequest";
    readonly from: EndpointId;
    readonly to: EndpointId;
    /** The watch at which the client asked. */
    readonly watch: number;
}
/** Is the connection of a watch still there? Stands for the PING of HTTP/2, on which gRPC's keep-alive rests. */
export interface WatchPing {
    readonly type: "WatchPing";
    readonly from: EndpointId;
    readonly to: EndpointId;
    readonly watch: number;
    readonly stream: number;
}
/** It is, and this was the last response on it; or the server does not know it. */
export interface WatchPong {
    readonly type: "WatchPong";
    readonly from: EndpointId;
    readonly to: EndpointId;
    readonly watch: number;
    readonly stream: number;
    readonly incarnation: number;
    /** Number of the last response; 0 for a connection that the server does not know. */
    readonly sequence: number;
}
/**
 * etcd's WatchResponse: events in order; or that the watch was created or canceled; or, with nothing else in it, its
 * progress. `incarnation` and `sequence` show gaps, as TCP does: a connection belongs to one life of its server, and its responses are
 * numbered from 1.
 */
export interface WatchResponse {
    readonly type: "WatchResponse";
    readonly from: EndpointId;
    readonly to: EndpointId;
    readonly watch: number;
    readonly stream: number;
    /** Counts the starts of the server. */
    readonly incarnation: number;
    readonly sequence: number;
    readonly created: boolean;
    readonly canceled: boolean;
    /** Why it was canceled; `null` where the client asked for it. */
    readonly error: WatchError | null;
    /** Where history begins, for a watch that wanted what was before; otherwise 0. */
    readonly compactRevision: number;
    /** The header's: of the events' revision for a synced watch, otherwise the store's. */
    readonly revision: number;
    readonly events: readonly KvEvent[];
    /** More events of the same response follow. */
    readonly fragment: boolean;
}
/** Messages to and from clients. */
export type ClientMessage = ClientRequest | ClientRequestReply | WatchCreateRequest | WatchCancelRequest | WatchProgressRequest | WatchPing | WatchPong | WatchResponse;
/** Everything that crosses the network. */
export type NetworkMessage = Message<Command> | ClientMessage;
/** Type names in the order of their codes in the trace; append only. */
export declare const MESSAGE_TYPES: readonly ["RequestVote", "RequestVoteReply", "PreVote", "PreVoteReply", "AppendEntries", "AppendEntriesReply", "ClientRequest", "ClientRequestReply", "WatchCreateRequest", "WatchCancelRequest", "WatchResponse", "InstallSnapshot", "InstallSnapshotReply", "TimeoutNow", "TimeoutNowReply", "ReadIndex", "ReadIndexReply", "WatchProgressRequest", "WatchPing", "WatchPong"];
/** A type that message rules can name; `Heartbeat` is AppendEntries without entries. */
export type MessageSelector = NetworkMessage["type"] | "Heartbeat" | "HeartbeatReply";
/** Whether a rule for `selector` (`null`: every type) concerns this message. */
export declare function messageMatches(selector: MessageSelector | null, message: NetworkMessage): boolean;
