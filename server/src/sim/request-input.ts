import { checkRequest } from "../kv/check-request.js";
import type { Command } from "../kv/command.js";
import type { KvError } from "../kv/error.js";
import type { KvRequest, RangeRequest, TxnRequest } from "../kv/request.js";
import type { KvResponse } from "../kv/response.js";
import { isReadOnly, isSerializable } from "../kv/txn.js";
import type { Raft } from "../raft/contract.js";
import { type Reason, reason } from "../raft/reason.js";
import { acknowledgesAfterCommit } from "../raft/rules.js";
import type { Index } from "../raft/types.js";
import type { Kernel } from "./kernel.js";
import { nextLeaseId } from "./lease-ids.js";
import type { ClientRequest } from "./message.js";
import { isOverQuota, raiseNoSpace } from "./quota.js";
import { readHere } from "./read-here.js";
import { EVENT_CODE } from "./recorder.js";
import { isLearner, redirect, reply } from "./requests.js";
import type { SimServer } from "./server.js";
import { settle } from "./server-input.js";
import { answerHere, isServerRequest } from "./server-requests.js";
import { readClock } from "./timers.js";

/** Hands a client's request to a running server: a write or log read is proposed, other reads ask for a read index. */
export function receiveRequest(
  kernel: Kernel,
  server: SimServer,
  raft: Raft<Command>,
  request: ClientRequest,
  sendEvent: number,
): void {
  const { body } = request;
  if (isServerRequest(body)) {
    answerHere(kernel, server, raft, request, body, sendEvent);
    return;
  }
  const refused = refusal(kernel, server, raft, body);
  if (refused !== null) {
    const event = delivered(kernel, server, sendEvent, null);
    const result: KvResponse = { kind: "error", revision: server.machine.store.revision, error: refused };
    if (refused === "no-space") raiseNoSpace(kernel, server, raft, event);
    reply(kernel, server, request, result, event);
    return;
  }
  if (body.kind === "range" || (body.kind === "txn" && isReadOnly(body)))
    read(kernel, server, raft, request, body, sendEvent);
  else propose(kernel, server, raft, request, body, sendEvent);
}

/** Why a server refuses a request before anything is proposed (etcdserver/api/v3rpc/key.go, quota.go); `null` when it does not. */
function refusal(kernel: Kernel, server: SimServer, raft: Raft<Command>, body: KvRequest): KvError | null {
  if (isLearner(server, raft) && !(body.kind === "range" && body.serializable)) return "learner";
  const { maxTxnOps, maxRequestBytes } = kernel.config;
  const refused = checkRequest(body, { maxTxnOps, maxRequestBytes });
  if (refused !== null) return refused;
  // Who does not lead sends the client on, and the leader decides.
  return raft.role === "leader" && isOverQuota(kernel, server, body) ? "no-space" : null;
}

function read(
  kernel: Kernel,
  server: SimServer,
  raft: Raft<Command>,
  request: ClientRequest,
  body: RangeRequest | TxnRequest,
  sendEvent: number,
): void {
  const serializable = body.kind === "txn" ? isSerializable(body) : body.serializable === true;
  if (serializable) {
    const event = delivered(kernel, server, sendEvent, reason("read-local", raft.appliedIndex));
    reply(kernel, server, request, readHere(server, body), event);
    return;
  }
  if (kernel.config.reads === "log") {
    propose(kernel, server, raft, request, body, sendEvent);
    return;
  }
  const context = server.nextReadContext;
  server.nextReadContext += 1;
  server.reads.set(context, request);
  readClock(kernel, server, raft);
  raft.readIndex(context);
  const event = delivered(kernel, server, sendEvent, raft.output.reason);
  settle(kernel, server, raft, event);
}

function propose(
  kernel: Kernel,
  server: SimServer,
  raft: Raft<Command>,
  request: ClientRequest,
  body: KvRequest,
  sendEvent: number,
): void {
  readClock(kernel, server, raft);
  const operation = body.kind === "lease-grant" && body.id === 0 ? { ...body, id: nextLeaseId(server) } : body;
  const outcome = raft.propose({ client: request.session, sequence: request.sequence, operation });
  if (outcome.kind === "appended" && acknowledgesAfterCommit(kernel.config.rules)) {
    server.proposals.set(outcome.index, { request, term: outcome.term });
  }
  const event = delivered(kernel, server, sendEvent, raft.output.reason);
  if (outcome.kind === "appended" && !acknowledgesAfterCommit(kernel.config.rules)) {
    const foreseen = foresee(server, raft, outcome.index);
    if (foreseen !== null) reply(kernel, server, request, foreseen, event);
  }
  if (outcome.kind === "not-leader") redirect(kernel, server, request, outcome.leader, event);
  // Leadership is on its way elsewhere, and nobody knows yet whether it arrives: the client asks again.
  else if (outcome.kind === "refused") redirect(kernel, server, request, 0, event);
  settle(kernel, server, raft, event);
}

function delivered(kernel: Kernel, server: SimServer, sendEvent: number, why: Reason | null): number {
  return kernel.recorder.record(kernel.nowUs, EVENT_CODE.deliver, server.id, sendEvent, why, 0);
}

/** What the entry at `index` will give if everything before it is applied as it stands; `null` when it is no command. */
function foresee(server: SimServer, raft: Raft<Command>, index: Index): KvResponse | null {
  const machine = server.machine.clone();
  let result: KvResponse | null = null;
  for (let next = raft.appliedIndex + 1; next <= index; next += 1) {
    const entry = raft.log.at(next);
    result = entry?.kind === "command" ? machine.apply(entry.command).result : null;
  }
  return result;
}
