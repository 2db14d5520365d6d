import type { Command } from "../kv/command.js";
import type { KvEvent } from "../kv/contract.js";
import type { Raft } from "../raft/contract.js";
import type { Message } from "../raft/message.js";
import { clearOutput, type Output } from "../raft/output.js";
import type { TimerKind } from "../raft/types.js";
import type { Micros } from "./config.js";
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
  const event = fireTimer(kernel, raft, kind, server.id, timer.setBy, 1, 0);
  settle(kernel, server, raft, event);
  return true;
}

function fireTimer(
  { recorder, nowUs }: Kernel,
  raft: Raft<Command>,
  kind: TimerKind,
  at: number,
  cause: number,
  words: number,
  setBy: number,
): number {
  if (kind === "election") raft.electionTimeout(false);
  else raft.heartbeatTimeout();
  const code = kind === "election" ? 0 : 1;
  return recorder.record(nowUs, EVENT_CODE.timer, at, cause, raft.output.reason, words, code, setBy);
}

/**
 * Lets `durationUs` pass on the timers of a running server, though not in its world: those that come due fire, in the order
 * in which they do, and one that is set anew meanwhile may fire again. `cause` is the tick's event. Returns how many fired.
 */
export function tick(
  kernel: Kernel,
  server: SimServer,
  raft: Raft<Command>,
  durationUs: Micros,
  cause: number,
): number {
  const base = kernel.config.timers === "manual" ? 0 : kernel.nowUs;
  const { election, heartbeat } = server.timers;
  let leftUs = durationUs;
  let fired = 0;
  for (;;) {
    const electionUs = election.deadlineUs ?? Number.POSITIVE_INFINITY;
    const kind = (heartbeat.deadlineUs ?? Number.POSITIVE_INFINITY) < electionUs ? "heartbeat" : "election";
    const timer = server.timers[kind];
    const dueUs = timer.deadlineUs === null ? Number.POSITIVE_INFINITY : Math.max(0, timer.deadlineUs - base);
    const passUs = Math.min(leftUs, dueUs);
    for (const each of [election, heartbeat]) {
      each.startUs -= passUs;
      if (each.deadlineUs !== null) each.deadlineUs -= passUs;
    }
    if (dueUs > leftUs) break;
    leftUs -= dueUs;
    timer.deadlineUs = null;
    if (kind === "election") server.electionTimeoutUs = 0;
    settle(kernel, server, raft, fireTimer(kernel, raft, kind, server.id, cause, 2, timer.setBy));
    fired += 1;
  }
  if (kernel.config.timers === "auto") {
    for (const kind of ["election", "heartbeat"] as const) {
      const { deadlineUs, queuedUs } = server.timers[kind];
      if (deadlineUs !== null && (queuedUs === null || queuedUs > deadlineUs)) {
        queueTimer(kernel, server, kind, deadlineUs);
      }
    }
  }
  return fired;
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
      kernel.monitor?.sent(server.id, item.message, durableWrite, cause);
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
    else {
      kernel.monitor?.sent(server.id, message, server.durableWrite, cause);
      kernel.transmit(message, cause, reason);
    }
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
  const { config } = kernel;
  // The timers of a manual world stand still: what they count is what is left to them.
  const isManual = config.timers === "manual";
  const nowUs = isManual ? 0 : kernel.nowUs;
  const timer = server.timers[kind];
  if (kind === "election" && server.electionTimeoutUs === 0) {
    server.electionTimeoutUs = server.random.integer(config.electionTimeout.min, config.electionTimeout.max);
  }
  const deadlineUs = nowUs + (kind === "election" ? server.electionTimeoutUs : config.heartbeat);
  timer.deadlineUs = deadlineUs;
  timer.startUs = nowUs;
  timer.setBy = cause;
  if (isManual) return;
  if (timer.queuedUs === null || timer.queuedUs > deadlineUs) queueTimer(kernel, server, kind, deadlineUs);
}

function queueTimer(kernel: Kernel, server: SimServer, timer: TimerKind, timeUs: number): void {
  server.timers[timer].queuedUs = timeUs;
  const { incarnation } = server;
  kernel.queue.push({ kind: "timer", timeUs, order: kernel.queue.nextOrder(), server: server.id, timer, incarnation });
}
