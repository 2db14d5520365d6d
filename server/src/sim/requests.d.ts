import type { Applied, Command } from "../kv/command.js";
import type { Raft } from "../raft/contract.js";
import type { ReadOutcome } from "../raft/output.js";
import type { Index, Term } from "../raft/types.js";
import type { OperationResult } from "./client-operation.js";
import type { EndpointId } from "./config.js";
import type { Kernel } from "./kernel.js";
import type { ClientRequest } from "./message.js";
import type { SimServer } from "./server.js";
/** Answers the request that was waiting for the entry at `index`, if it is the one that was proposed. */
export declare function answerApplied(kernel: Kernel, server: SimServer, index: Index, term: Term, applied: Applied, cause: number): void;
/** Serves or refuses the reads that Raft has decided on. Everything committed is applied by now. */
export declare function answerReads(kernel: Kernel, server: SimServer, outcomes: readonly ReadOutcome[], cause: number): void;
/** Sends a result to the client that asked. */
export declare function reply(kernel: Kernel, server: SimServer, request: ClientRequest, result: OperationResult, cause: number): void;
/** Sends a client to the leader known here (0: none). */
export declare function redirect(kernel: Kernel, server: SimServer, request: ClientRequest, leader: EndpointId, cause: number): void;
/**
 * Whether a server is a learner by its own configuration: it answers nothing but status and serializable reads (etcd). A leader
 * that is to become one serves on until its change is committed.
 */
export declare function isLearner(server: SimServer, raft: Raft<Command>): boolean;
