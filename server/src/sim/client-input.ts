import { type Reason, reason } from "../raft/reason.js";
import type { ClientProcess, ClientSession, PendingOperation } from "./client.js";
import { type ClientOperation, isRead, type OperationResult } from "./client-operation.js";
import type { EndpointId, Micros } from "./config.js";
import type { OperationOutcome } from "./history.js";
import type { Kernel } from "./kernel.js";
import type { ClientRequestReply } from "./message.js";
import { EVENT_CODE, OPERATION_OUTCOMES } from "./recorder.js";

/** An answer that stays away this share of `client-timeout` makes a client try another server. */
const TRIES_PER_TIMEOUT = 4;
/** A server that knows no leader is left alone for this share of `client-timeout`. */
const BACK_OFFS_PER_TIMEOUT = 40;

/** Starts an operation and returns its number. `line` is the scenario's, 0 for none. */
export function invoke(
  kernel: Kernel,
  client: ClientProcess,
  body: ClientOperation,
  at: EndpointId | null,
  line: number,
  cause: number,
): { number: number; eventId: number } {
  const number = kernel.nextNumber("operation");
  const { recorder, nowUs, history, config, queue } = kernel;
  const eventId = recorder.record(nowUs, EVENT_CODE.invoke, client.id, cause, null, 2, line, number);
  const session = freeSession(kernel, client);
  session.sequence += 1;
  session.busy = true;
  const { id, sequence } = session;
  history?.operations.push({
    number,
    client: client.id,
    body,
    at,
    session: id,
    sequence,
    invokeUs: nowUs,
    invokeEvent: eventId,
    returnUs: null,
    returnEvent: null,
    outcome: null,
    attempts: 0,
  });
  const target = at ?? client.believed;
  const pending: PendingOperation = {
    number,
    body,
    session: id,
    sequence,
    at,
    invokeEvent: eventId,
    attempt: 0,
    target,
    silent: [],
    pause: null,
  };
  client.pending.set(number, pending);
  const timeUs = nowUs + config.clientTimeout;
  queue.push({
    kind: "client",
    timeUs,
    order: queue.nextOrder(),
    client: client.id,
    timer: "timeout",
    operation: number,
    attempt: 0,
  });
  ask(kernel, client, pending, target, eventId);
  return { number, eventId };
}

/** A reply reaches its client. */
export function receiveReply(
  kernel: Kernel,
  client: ClientProcess,
  message: ClientRequestReply,
  sendEvent: number,
): void {
  const event = kernel.recorder.record(kernel.nowUs, EVENT_CODE.deliver, client.id, sendEvent, null, 0);
  const pending = client.pending.get(message.operation);
  if (pending === undefined) return;
  if (message.body.kind === "result") {
    if (isLearnerRefusal(message.body.result) && pending.at === null) {
      if (message.attempt !== pending.attempt) return;
      const target = next(kernel, message.from);
      const why = reason("retry-learner", message.from);
      ask(kernel, client, pending, target, retryEvent(kernel, client, pending, target, why, event));
      return;
    }
    client.believed = pending.at === null ? message.from : client.believed;
    finish(kernel, client, pending, resultOutcome(message.body.result), event);
    return;
  }
  if (message.attempt !== pending.attempt) return;
  const hint = message.body.leader;
  if (pending.at !== null) {
    // A write that stayed unanswered before may still take effect: only asking on, or giving up, is honest then.
    if (pending.attempt > 1 && !isRead(pending.body)) return;
    finish(kernel, client, pending, { kind: "error", error: hint === 0 ? "no-leader" : "not-leader" }, event);
    return;
  }
  if (hint !== 0 && hint !== message.from && !pending.silent.includes(hint)) {
    ask(kernel, client, pending, hint, event);
    return;
  }
  // Nobody leads as far as this server knows: ask the next one after a pause, not in a storm.
  pending.target = next(kernel, pending.target);
  pending.pause = { why: reason("retry-no-leader", message.from), event };
  scheduleTry(
    kernel,
    client,
    pending,
    kernel.nowUs + Math.ceil(kernel.config.clientTimeout / BACK_OFFS_PER_TIMEOUT),
    true,
  );
}

/** A client's timer comes up; true when it had any effect. */
export function clientTimerDue(
  kernel: Kernel,
  client: ClientProcess,
  operation: number,
  timer: "try" | "timeout",
  attempt: number,
): boolean {
  const pending = client.pending.get(operation);
  if (pending === undefined) return false;
  if (timer === "timeout") {
    finish(kernel, client, pending, { kind: "timeout" }, pending.invokeEvent);
    return true;
  }
  if (attempt < 0) {
    if (-attempt !== pending.attempt) return false;
    const { target, pause, invokeEvent } = pending;
    const why = pause?.why ?? null;
    ask(kernel, client, pending, target, retryEvent(kernel, client, pending, target, why, pause?.event ?? invokeEvent));
    return true;
  }
  if (attempt !== pending.attempt) return false;
  unanswered(kernel, client, pending);
  return true;
}

/**
 * An answer stays away. With `retries reads` only what changes nothing is asked again (clientv3/retry.go, repeatable): a write
 * may have been executed, so its client waits until the deadline, and then nobody knows.
 */
function unanswered(kernel: Kernel, client: ClientProcess, pending: PendingOperation): void {
  const { at, target: silent, body, invokeEvent } = pending;
  if (kernel.config.retries === "reads" && !isRead(body)) {
    // What the client asks next it asks elsewhere: its connection to a silent server counts as broken.
    if (at === null) client.believed = next(kernel, silent);
    retryEvent(kernel, client, pending, 0, reason("retry-withheld", silent), invokeEvent);
    return;
  }
  if (at === null) pending.silent = [...pending.silent, silent];
  const target = at ?? next(kernel, silent);
  const why = reason(at === null ? "retry-silent" : "retry-silent-pinned", silent);
  ask(kernel, client, pending, target, retryEvent(kernel, client, pending, target, why, invokeEvent));
}

/** Its client's process is gone: nobody will hear how the operation ended, and nobody knows whether it took effect. */
export function abandon(kernel: Kernel, client: ClientProcess, pending: PendingOperation, cause: number): void {
  finish(kernel, client, pending, { kind: "timeout" }, cause, reason("client-crashed"));
}

/** `target` 0: it does not ask again. */
function retryEvent(
  kernel: Kernel,
  client: ClientProcess,
  pending: PendingOperation,
  target: EndpointId,
  why: Reason | null,
  cause: number,
): number {
  const { recorder, nowUs } = kernel;
  return recorder.record(nowUs, EVENT_CODE.retry, client.id, cause, why, 2, pending.number, target);
}

function ask(
  kernel: Kernel,
  client: ClientProcess,
  pending: PendingOperation,
  target: EndpointId,
  cause: number,
): void {
  pending.attempt += 1;
  pending.pause = null;
  pending.target = target;
  if (pending.at === null) client.believed = target;
  const record = kernel.history?.operation(pending.number);
  if (record !== undefined) record.attempts = pending.attempt;
  const { number: operation, session, sequence, attempt, body } = pending;
  kernel.transmit(
    { type: "ClientRequest", from: client.id, to: target, operation, session, sequence, attempt, body },
    cause,
    null,
  );
  scheduleTry(
    kernel,
    client,
    pending,
    kernel.nowUs + Math.ceil(kernel.config.clientTimeout / TRIES_PER_TIMEOUT),
    false,
  );
}

/** `backOff`: ask `pending.target` itself then; otherwise the server after it. A newer attempt voids the timer. */
function scheduleTry(
  kernel: Kernel,
  client: ClientProcess,
  pending: PendingOperation,
  timeUs: Micros,
  backOff: boolean,
): void {
  const attempt = backOff ? -pending.attempt : pending.attempt;
  const order = kernel.queue.nextOrder();
  kernel.queue.push({
    kind: "client",
    timeUs,
    order,
    client: client.id,
    timer: "try",
    operation: pending.number,
    attempt,
  });
}

function finish(
  kernel: Kernel,
  client: ClientProcess,
  pending: PendingOperation,
  outcome: OperationOutcome,
  cause: number,
  why: Reason | null = null,
): void {
  client.pending.delete(pending.number);
  const session = client.sessions.find((candidate) => candidate.id === pending.session);
  if (session !== undefined) session.busy = false;
  const code = OPERATION_OUTCOMES.indexOf(outcomeName(outcome));
  const eventId = kernel.recorder.record(
    kernel.nowUs,
    EVENT_CODE.return,
    client.id,
    cause,
    why,
    2,
    pending.number,
    code,
  );
  const record = kernel.history?.operation(pending.number);
  if (record === undefined) return;
  record.returnUs = kernel.nowUs;
  record.returnEvent = eventId;
  record.outcome = outcome;
}

/** A learner answers next to nothing: like a server that does not lead, it has done nothing. */
function isLearnerRefusal(result: OperationResult): boolean {
  return result.kind === "error" && result.error === "learner";
}

function resultOutcome(result: OperationResult): OperationOutcome {
  return result.kind === "error" ? { kind: "error", error: result.error } : { kind: "result", result };
}

/** The short name of an outcome. */
function outcomeName(outcome: OperationOutcome): (typeof OPERATION_OUTCOMES)[number] {
  if (outcome.kind !== "result") return outcome.kind;
  const { result } = outcome;
  switch (result.kind) {
    case "txn":
      return result.succeeded ? "ok" : "failed";
    case "range":
      return result.count > 0 ? "ok" : "none";
    case "delete":
      return result.deleted > 0 ? "ok" : "none";
    case "lease-keepalive":
      return result.ttl > 0 ? "ok" : "none";
    case "lease-ttl":
      return result.ttl >= 0 ? "ok" : "none";
    default:
      return "ok";
  }
}

function freeSession(kernel: Kernel, client: ClientProcess): ClientSession {
  const free = client.sessions.find((session) => !session.busy);
  if (free !== undefined) return free;
  const made: ClientSession = { id: kernel.nextNumber("session"), sequence: 0, busy: false };
  client.sessions.push(made);
  return made;
}

function next(kernel: Kernel, server: EndpointId): EndpointId {
  return (server % kernel.serverCount) + 1;
}
