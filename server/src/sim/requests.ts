import type { Applied, Command } from "../kv/command.js";
import type { Raft } from "../raft/contract.js";
import type { ReadOutcome } from "../raft/output.js";
import { reason } from "../raft/reason.js";
import type { Index, Term } from "../raft/types.js";
import type { OperationResult } from "./client-operation.js";
import type { EndpointId } from "./config.js";
import type { Kernel } from "./kernel.js";
import type { ClientRequest } from "./message.js";
import { readHere } from "./read-here.js";
import type { SimServer } from "./server.js";

/** Answers the request that was waiting for the entry at `index`, if it is the one that was proposed. */
export function answerApplied(
  kernel: Kernel,
  server: SimServer,
  index: Index,
  term: Term,
  applied: Applied,
  cause: number,
): void {
  const proposal = server.proposals.get(index);
  if (proposal === undefined) return;
  server.proposals.delete(index);
  if (proposal.term === term) reply(kernel, server, proposal.request, applied.result, cause);
}

/** Serves or refuses the reads that Raft has decided on. Everything committed is applied by now. */
export function answerReads(kernel: Kernel, server: SimServer, outcomes: readonly ReadOutcome[], cause: number): void {
  for (const outcome of outcomes) {
    const request = server.reads.get(outcome.context);
    if (request === undefined) continue;
    server.reads.delete(outcome.context);
    if (outcome.kind === "refused") {
      redirect(kernel, server, request, server.raft?.leader ?? 0, cause);
    } else if (request.body.kind === "range" || request.body.kind === "txn") {
      reply(kernel, server, request, readHere(server, request.body), cause);
    }
  }
}

/** Sends a result to the client that asked. */
export function reply(
  kernel: Kernel,
  server: SimServer,
  request: ClientRequest,
  result: OperationResult,
  cause: number,
): void {
  const { operation, attempt, from: to } = request;
  kernel.transmit(
    { type: "ClientRequestReply", from: server.id, to, operation, attempt, body: { kind: "result", result } },
    cause,
    null,
  );
}

/** Sends a client to the leader known here (0: none). */
export function redirect(
  kernel: Kernel,
  server: SimServer,
  request: ClientRequest,
  leader: EndpointId,
  cause: number,
): void {
  const { operation, attempt, from: to } = request;
  kernel.transmit(
    { type: "ClientRequestReply", from: server.id, to, operation, attempt, body: { kind: "not-leader", leader } },
    cause,
    reason("not-leader", leader),
  );
}

/**
 * Whether a server is a learner by its own configuration: it answers nothing but status and serializable reads (etcd). A leader
 * that is to become one serves on until its change is committed.
 */
export function isLearner(server: SimServer, raft: Raft<Command>): boolean {
  return raft.role !== "leader" && raft.configuration.learners.includes(server.id);
}
