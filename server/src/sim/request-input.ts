import type { Command } from "../kv/command.js";
import type { KvResult } from "../kv/contract.js";
import type { Raft } from "../raft/contract.js";
import { reason } from "../raft/reason.js";
import { acknowledgesAfterCommit } from "../raft/rules.js";
import type { Index } from "../raft/types.js";
import type { Kernel } from "./kernel.js";
import type { ClientRequest } from "./message.js";
import { EVENT_CODE } from "./recorder.js";
import { redirect, reply } from "./requests.js";
import type { SimServer } from "./server.js";
import { settle } from "./server-input.js";
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
  if (body.kind === "get" && body.serializable) {
    const why = reason("read-local", raft.appliedIndex);
    const event = kernel.recorder.record(kernel.nowUs, EVENT_CODE.deliver, server.id, sendEvent, why, 0);
    reply(kernel, server, request, server.machine.store.read(body), event);
    return;
  }
  if (body.kind === "get" && kernel.config.reads !== "log") {
    const context = server.nextReadContext;
    server.nextReadContext += 1;
    server.reads.set(context, request);
    readClock(kernel, server, raft);
    raft.readIndex(context);
    const event = kernel.recorder.record(kernel.nowUs, EVENT_CODE.deliver, server.id, sendEvent, raft.output.reason, 0);
    settle(kernel, server, raft, event);
    return;
  }
  readClock(kernel, server, raft);
  const outcome = raft.propose({ client: request.session, sequence: request.sequence, operation: body });
  if (outcome.kind === "appended" && acknowledgesAfterCommit(kernel.config.rules)) {
    server.proposals.set(outcome.index, { request, term: outcome.term });
  }
  const event = kernel.recorder.record(kernel.nowUs, EVENT_CODE.deliver, server.id, sendEvent, raft.output.reason, 0);
  if (outcome.kind === "appended" && !acknowledgesAfterCommit(kernel.config.rules)) {
    const foreseen = foresee(server, raft, outcome.index);
    if (foreseen !== null) reply(kernel, server, request, foreseen, event);
  }
  if (outcome.kind === "not-leader") redirect(kernel, server, request, outcome.leader, event);
  // Leadership is on its way elsewhere, and nobody knows yet whether it arrives: the client asks again.
  else if (outcome.kind === "refused") redirect(kernel, server, request, 0, event);
  settle(kernel, server, raft, event);
}

/** What the entry at `index` will give if everything before it is applied as it stands; `null` when it is no command. */
function foresee(server: SimServer, raft: Raft<Command>, index: Index): KvResult | null {
  const machine = server.machine.clone();
  let result: KvResult | null = null;
  for (let next = raft.appliedIndex + 1; next <= index; next += 1) {
    const entry = raft.log.at(next);
    result = entry?.kind === "command" ? machine.apply(entry.command).result : null;
  }
  return result;
}
