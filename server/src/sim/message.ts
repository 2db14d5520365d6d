import type { Command } from "../kv/command.js";
import type { KvEvent } from "../kv/response.js";
import type { Message } from "../raft/message.js";
import type { ClientOperation, OperationResult } from "./client-operation.js";
import type { EndpointId } from "./config.js";
import type { WatchOptions } from "./watch-options.js";

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
  readonly body:
    | { readonly kind: "result"; readonly result: OperationResult }
    | { readonly kind: "not-leader"; readonly leader: EndpointId };
}

/** Opens, resumes or keeps alive a watch. */
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

/** Ends a watch. */
export interface WatchCancelRequest {
  readonly type: "WatchCancelRequest";
  readonly from: EndpointId;
  readonly to: EndpointId;
  readonly watch: number;
}

/** Events of a watch in order, or its creation when `created`. `sequence` and `after` show gaps within one stream. */
export interface WatchResponse {
  readonly type: "WatchResponse";
  readonly from: EndpointId;
  readonly to: EndpointId;
  readonly watch: number;
  readonly stream: number;
  readonly sequence: number;
  readonly created: boolean;
  /** Events up to this revision were sent before on this stream, or not asked for. */
  readonly after: number;
  /** The store's revision at the server. */
  readonly revision: number;
  readonly events: readonly KvEvent[];
}

/** Messages to and from clients. */
export type ClientMessage =
  | ClientRequest
  | ClientRequestReply
  | WatchCreateRequest
  | WatchCancelRequest
  | WatchResponse;

/** Everything that crosses the network. */
export type NetworkMessage = Message<Command> | ClientMessage;

/** Type names in the order of their codes in the trace; append only. */
export const MESSAGE_TYPES = [
  "RequestVote",
  "RequestVoteReply",
  "PreVote",
  "PreVoteReply",
  "AppendEntries",
  "AppendEntriesReply",
  "ClientRequest",
  "ClientRequestReply",
  "WatchCreateRequest",
  "WatchCancelRequest",
  "WatchResponse",
  "InstallSnapshot",
  "InstallSnapshotReply",
  "TimeoutNow",
  "TimeoutNowReply",
  "ReadIndex",
  "ReadIndexReply",
] as const satisfies readonly NetworkMessage["type"][];

/** A type that message rules can name; `Heartbeat` is AppendEntries without entries. */
export type MessageSelector = NetworkMessage["type"] | "Heartbeat" | "HeartbeatReply";

/** Whether a rule for `selector` (`null`: every type) concerns this message. */
export function messageMatches(selector: MessageSelector | null, message: NetworkMessage): boolean {
  if (selector === null || selector === message.type) return true;
  if (selector === "Heartbeat") return message.type === "AppendEntries" && message.entries.length === 0;
  return selector === "HeartbeatReply" && message.type === "AppendEntriesReply" && message.heartbeat;
}
