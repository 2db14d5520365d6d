import type { Command } from "../kv/command.js";
import type { Raft } from "../raft/contract.js";
import type { ClientOperation, ServerRequest } from "./client-operation.js";
import type { Kernel } from "./kernel.js";
import type { ClientRequest } from "./message.js";
import type { SimServer } from "./server.js";
/** Whether a server answers by itself, without the log and without a quorum. */
export declare function isServerRequest(operation: ClientOperation): operation is ServerRequest;
/** Answers what does not go through the log. What only the leader's lessor knows is redirected to the leader. */
export declare function answerHere(kernel: Kernel, server: SimServer, raft: Raft<Command>, request: ClientRequest, body: ServerRequest, sendEvent: number): void;
