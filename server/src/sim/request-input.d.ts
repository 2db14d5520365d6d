import type { Command } from "../kv/command.js";
import type { Raft } from "../raft/contract.js";
import type { Kernel } from "./kernel.js";
import type { ClientRequest } from "./message.js";
import type { SimServer } from "./server.js";
/** Hands a client's request to a running server: a write or log read is proposed, other reads ask for a read index. */
export declare function receiveRequest(kernel: Kernel, server: SimServer, raft: Raft<Command>, request: ClientRequest, sendEvent: number): void;
