import type { Command } from "../kv/command.js";
import type { KvEvent } from "../kv/contract.js";
import type { Raft } from "../raft/contract.js";
import type { Message } from "../raft/message.js";
import { clearOutput, type Output } from "../raft/output.js";
import type { TimerKind } from "../raft/types.js";
import type { Kernel } from "./kernel.js";
import { EVENT_CODE, ROLE_CODES } from "./recorder.js";
import { answerApplied, answerReads } from "./requests.js";
import type { SimServer } from "./server.js";
import { notifyWatches } from "./watch-server.js";

/** Hands a message to a running server. */
export function receive(
  kernel: Kernel,
  server: SimServer,
  raft: Raft<Command>,
  message: Message<Command>,
  sendEvent: number,
): void {
  raft.receive(message);
  const event = kernel.recorder.record(kernel.nowUs, EVENT_CODE.deliver, server.id, sendEvent, raft.output.reason, 0);
  settle(kernel, server, raft, event);
}

/** A timer of a running server comes up; true when it really fired (it may have been set anew or stopped). */
export function timerDue(kernel: Kernel, server: SimServer, raft: Raft<Command>, kind: TimerKind): boolean {
  const timer = server.timers[kind];
  timer.queuedUs = null;
  if (timer.deadlineUs === null) return false;
  if (timer.deadlineUs > kernel.nowUs) {
    queueTimer(kernel, server, kind, timer.deadlineUs);
    return false;
  }
  timer.deadlineUs = null;
  if (kind === "election") server.electionTimeoutUs = 0;
  fireTimer(kernel, server, raft, kind, timer.setBy);
  return true;
}

function fireTimer(kernel: Kernel, server: SimServer, raft: Raft<Command>, kind: TimerKind, cause: number): void {
  if (kind === "election") raft.electionTimeout(false);
  else raft.heartbeatTimeout();
  const code = kind === "election" ? 0 : 1;
  const event = kernel.recorder.record(kernel.nowUs, EVENT_CODE.timer, server.id, cause, raft.output.reason, 1, code);
  settle(kernel, server, raft, event);
}

/** A write of a running server, and all before it, are durable. `cause` is the event that issued the write. */
export function persisted(kernel: Kernel, server: SimServer, raft: Raft<Command>, write: number, cause: number): void {
  server.disk.complete(write);
  server.durableWrite = write;
  raft.persisted(write);
  const event = kernel.recorder.record(
    kernel.nowUs,
    EVENT_CODE.durable,
    server.id,
    cause,
    raft.output.reason,
    1,
    server.disk.log.lastIndex,
  );
  if (server.waiting.length > 0) sendWaiting(kernel, server, event);
  settle(kernel, server, raft, event);
}

function sendWaiting(kernel: Kernel, server: SimServer, cause: number): void {
  const { waiting, durableWrite } = server;
  let kept = 0;
  for (const item of waiting) {
    if (item.after <= durableWrite) {
      kernel.transmit(item.message, cause, item.reason);
    } else {
      waiting[kept] = item;
      kept += 1;
    }
  }
  while (waiting.length > kept) waiting.pop();
}

/** Carries out what an input made a server do, tells the monitor, and clears the output. `cause` is the input's event. */
export function settle(kernel: Kernel, server: SimServer, raft: Raft<Command>, cause: number): void {
  const output = raft.output;
  if (output.transitions.length > 0) recordTransitions(kernel, server, output, cause);
  for (const write of output.writes) {
    if (write.truncateFrom > 0) {
      kernel.recorder.record(kernel.nowUs, EVENT_CODE.truncate, server.id, cause, null, 1, write.truncateFrom);
    }
    const timeUs = server.disk.submit(write, kernel.nowUs);
    const { incarnation } = server;
    const order = kernel.queue.nextOrder();
    kernel.queue.push({ kind: "durable", timeUs, order, server: server.id, write: write.id, cause, incarnation });
  }
  if (output.committed) commit(kernel, server, raft, cause);
  for (const { message, after, reason } of output.messages) {
    if (after > server.durableWrite) server.waiting.push({ message, after, reason });
    else kernel.transmit(message, cause, reason);
  }
  if (output.reads.length > 0) answerReads(kernel, server, output.reads, cause);
  for (const { timer, action } of output.timers) {
    if (action === "set") setTimer(kernel, server, timer, cause);
    else server.timers[timer].deadlineUs = null;
  }
  kernel.monitor?.afterInput(server.id, raft, output, kernel.recorder.count - 1);
  clearOutput(output);
}

function recordTransitions(kernel: Kernel, server: SimServer, output: Output<Command>, cause: number): void {
  for (const t of output.transitions) {
    const role = ROLE_CODES.indexOf(t.role);
    const { transition } = EVENT_CODE;
    kernel.recorder.record(kernel.nowUs, transition, server.id, cause, t.reason, 4, role, t.term, t.vote, t.leader);
    // A new role or term begins with a timeout of its own (§5.2).
    server.electionTimeoutUs = 0;
    if (t.role !== "leader") server.proposals.clear();
  }
}

function commit(kernel: Kernel, server: SimServer, raft: Raft<Command>, cause: number): void {
  const from = raft.appliedIndex + 1;
  const to = raft.commitIndex;
  const event = kernel.recorder.record(kernel.nowUs, EVENT_CODE.commit, server.id, cause, null, 1, to);
  const events: KvEvent[] = [];
  let last = raft.appliedIndex;
  for (let index = from; index <= to; index += 1) {
    const entry = raft.log.at(index);
    // A broken engine may commit beyond its log's end: there is nothing to apply there, and the checks have seen it.
    if (entry === undefined) break;
    const applied = entry.kind === "command" ? server.machine.apply(entry.command) : null;
    kernel.monitor?.applied(server.id, index, entry, applied, event);
    last = index;
    if (applied === null) continue;
    answerApplied(kernel, server, index, entry.term, applied, event);
    if (server.watches.length > 0) for (const change of applied.events) events.push(change);
  }
  raft.applied(last);
  if (events.length > 0) notifyWatches(kernel, server, events, event);
}

/** Sets a timer anew. The election timeout is drawn once per role and term and after it fired (§5.2). */
function setTimer(kernel: Kernel, server: SimServer, kind: TimerKind, cause: number): void {
  const { config, nowUs } = kernel;
  const timer = server.timers[kind];
  if (kind === "election" && server.electionTimeoutUs === 0) {
    server.electionTimeoutUs = server.random.integer(config.electionTimeout.min, config.electionTimeout.max);
  }
  const deadlineUs = nowUs + (kind === "election" ? server.electionTimeoutUs : config.heartbeat);
  timer.deadlineUs = deadlineUs;
  timer.startUs = nowUs;
  timer.setBy = cause;
  if (timer.queuedUs === null || timer.queuedUs > deadlineUs) queueTimer(kernel, server, kind, deadlineUs);
}

function queueTimer(kernel: Kernel, server: SimServer, timer: TimerKind, timeUs: number): void {
  server.timers[timer].queuedUs = timeUs;
  const { incarnation } = server;
  kernel.queue.push({ kind: "timer", timeUs, order: kernel.queue.nextOrder(), server: server.id, timer, incarnation });
}
