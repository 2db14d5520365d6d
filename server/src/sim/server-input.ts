import type { Command } from "../kv/command.js";
import type { Raft } from "../raft/contract.js";
import type { Message } from "../raft/message.js";
import { clearOutput } from "../raft/output.js";
import type { Configuration, Snapshot, TimerKind } from "../raft/types.js";
import type { Micros } from "./config.js";
import { awaitsCrash, crashesAt, stopOnDiskError } from "./crash.js";
import type { Kernel } from "./kernel.js";
import { leasesAfterApply, leasesAfterStart, leasesAfterStepDown } from "./lease-clock.js";
import { EVENT_CODE, ROLE_CODES } from "./recorder.js";
import { answerApplied, answerReads } from "./requests.js";
import type { SimServer, SimTimer } from "./server.js";
import { installSnapshot, snapshotDue, takeSnapshot } from "./snapshots.js";
import { clockChanged, localNow, queueTimer, readClock, setTimer } from "./timers.js";
import { notifyWatches } from "./watch-notify.js";

/** Hands a message to a running server. */
export function receive(
  kernel: Kernel,
  server: SimServer,
  raft: Raft<Command>,
  message: Message<Command>,
  sendEvent: number,
): void {
  readClock(kernel, server, raft);
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
  readClock(kernel, server, raft);
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
 * Lets `durationUs` pass on the clock of a running server, though not in its world: of its timers, those that come due fire, in the order
 * in which they do, and one that is set anew meanwhile may fire again. `cause` is the tick's event. Returns how many fired.
 */
export function tick(
  kernel: Kernel,
  server: SimServer,
  raft: Raft<Command>,
  durationUs: Micros,
  cause: number,
): number {
  const { election, heartbeat } = server.timers;
  const dueIn = (timer: SimTimer): Micros =>
    timer.deadlineUs === null
      ? Number.POSITIVE_INFINITY
      : Math.max(0, timer.localDeadlineUs - localNow(kernel, server));
  let leftUs = durationUs;
  let fired = 0;
  for (;;) {
    const kind = dueIn(heartbeat) < dueIn(election) ? "heartbeat" : "election";
    const timer = server.timers[kind];
    const dueUs = dueIn(timer);
    const passUs = Math.min(leftUs, dueUs);
    server.clock.jump(passUs, kernel.nowUs);
    for (const each of [election, heartbeat]) each.startUs -= passUs;
    if (dueUs > leftUs) break;
    leftUs -= dueUs;
    timer.deadlineUs = null;
    if (kind === "election") server.electionTimeoutUs = 0;
    readClock(kernel, server, raft);
    settle(kernel, server, raft, fireTimer(kernel, raft, kind, server.id, cause, 2, timer.setBy));
    fired += 1;
  }
  clockChanged(kernel, server);
  return fired;
}

/** A write of a running server, and all before it, are durable. `cause` is the event that issued the write. */
export function persisted(kernel: Kernel, server: SimServer, raft: Raft<Command>, write: number, cause: number): void {
  if (server.disk.faults.fails) {
    stopOnDiskError(kernel, server, raft, cause);
    return;
  }
  server.disk.complete(write);
  if (server.crashPoints.length > 0) {
    const installed = server.installing > 0 && server.installing <= write;
    const place = installed && awaitsCrash(server, "after", "install") ? "install" : "fsync";
    if (awaitsCrash(server, "after", place)) {
      // Neither Raft nor anybody who waited for the write hears of it.
      const code = EVENT_CODE.durable;
      const event = kernel.recorder.record(kernel.nowUs, code, server.id, cause, null, 1, server.disk.log.lastIndex);
      crashesAt(kernel, server, raft, "after", place, event);
      return;
    }
  }
  if (server.installing <= write) server.installing = 0;
  server.durableWrite = write;
  readClock(kernel, server, raft);
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
    // A crash point struck as one of them left: the others never do.
    if (server.waiting !== waiting) return;
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
  // A crash point may have struck while the input was handled.
  if (server.raft !== raft) return;
  const output = raft.output;
  if (output.transitions.length > 0) recordTransitions(kernel, server, raft, cause);
  if (output.installed !== null) install(kernel, server, raft, output.installed, cause);
  else if (output.writes.length > 0) submit(kernel, server, raft, cause);
  if (server.raft !== raft) return;
  const due = takeEffect(kernel, server, raft, cause);
  for (const { message, after, reason } of output.messages) {
    if (server.raft !== raft) return;
    if (after > server.durableWrite) server.waiting.push({ message, after, reason });
    else {
      kernel.monitor?.sent(server.id, message, server.durableWrite, cause);
      kernel.transmit(message, cause, reason);
    }
  }
  if (server.raft !== raft) return;
  if (output.reads.length > 0) answerReads(kernel, server, output.reads, cause);
  if (server.raft !== raft) return;
  for (const { timer, action } of output.timers) {
    if (action === "set") setTimer(kernel, server, timer, cause);
    else server.timers[timer].deadlineUs = null;
  }
  kernel.monitor?.afterInput(server.id, raft, output, kernel.recorder.count - 1);
  clearOutput(output);
  if (due) snapshotNow(kernel, server, raft, cause);
}

/** A snapshot goes to the disk and replaces the server's state. A crash point may strike on the way. */
function install(kernel: Kernel, server: SimServer, raft: Raft<Command>, snapshot: Snapshot, cause: number): void {
  if (server.crashPoints.length > 0 && crashesAt(kernel, server, raft, "before", "install", cause)) return;
  server.installing = raft.output.writes.at(-1)?.id ?? 0;
  submit(kernel, server, raft, cause);
  if (server.raft !== raft) return;
  installSnapshot(kernel, server, snapshot, cause);
  leasesAfterStart(kernel, server, raft, cause);
}

/** Hands an input's writes to the disk. A crash point may strike on the way, or the disk fail. */
function submit(kernel: Kernel, server: SimServer, raft: Raft<Command>, cause: number): void {
  for (const write of raft.output.writes) {
    if (write.truncateFrom > 0) {
      kernel.recorder.record(kernel.nowUs, EVENT_CODE.truncate, server.id, cause, null, 1, write.truncateFrom);
    }
    if (server.crashPoints.length > 0 && crashesAt(kernel, server, raft, "before", "fsync", cause)) return;
    if (server.disk.faults.fails) {
      stopOnDiskError(kernel, server, raft, cause);
      return;
    }
    const timeUs = server.disk.submit(write, kernel.nowUs);
    const { incarnation } = server;
    const order = kernel.queue.nextOrder();
    kernel.queue.push({ kind: "durable", timeUs, order, server: server.id, write: write.id, cause, incarnation });
  }
}

/** A server takes a snapshot at once. Returns the event, or -1 when there is nothing new to take. */
export function snapshotNow(kernel: Kernel, server: SimServer, raft: Raft<Command>, cause: number): number {
  const event = takeSnapshot(kernel, server, raft, cause);
  if (event >= 0) settle(kernel, server, raft, event);
  return event;
}

/** What an input changed in the cluster's configuration and in what is committed. Returns whether a snapshot is due. */
function takeEffect(kernel: Kernel, server: SimServer, raft: Raft<Command>, cause: number): boolean {
  const { configuration, committed, transitions } = raft.output;
  if (configuration !== null) recordConfiguration(kernel, server, raft, configuration, cause);
  const due = committed && commit(kernel, server, raft, cause);
  // What was committed with the last of a leadership has been answered: a leader that removes itself steps down with that.
  if (transitions.length > 0 && raft.role !== "leader" && server.proposals.size > 0) server.proposals.clear();
  return due;
}

function recordTransitions(kernel: Kernel, server: SimServer, raft: Raft<Command>, cause: number): void {
  for (const t of raft.output.transitions) {
    const role = ROLE_CODES.indexOf(t.role);
    const { transition } = EVENT_CODE;
    kernel.recorder.record(kernel.nowUs, transition, server.id, cause, t.reason, 4, role, t.term, t.vote, t.leader);
    if (t.role !== "leader") leasesAfterStepDown(kernel, server, raft, cause);
    // A new role or term begins with a timeout of its own (§5.2).
    server.electionTimeoutUs = 0;
  }
}

function recordConfiguration(
  kernel: Kernel,
  server: SimServer,
  raft: Raft<Command>,
  configuration: Configuration,
  cause: number,
): void {
  const number = kernel.history?.configurationNumber(configuration) ?? 0;
  const code = EVENT_CODE.configuration;
  kernel.recorder.record(kernel.nowUs, code, server.id, cause, null, 2, raft.configurationIndex, number);
}

/** Applies what is committed. Returns whether a snapshot is due. */
function commit(kernel: Kernel, server: SimServer, raft: Raft<Command>, cause: number): boolean {
  const from = raft.appliedIndex + 1;
  const to = raft.commitIndex;
  const event = kernel.recorder.record(kernel.nowUs, EVENT_CODE.commit, server.id, cause, null, 1, to);
  let last = raft.appliedIndex;
  for (let index = from; index <= to; index += 1) {
    const entry = raft.log.at(index);
    // A broken engine may commit beyond its log's end: there is nothing to apply there, and the checks have seen it.
    if (entry === undefined) break;
    if (server.crashPoints.length > 0 && crashesAt(kernel, server, raft, "before", "apply", event)) return false;
    const applied = entry.kind === "command" ? server.machine.apply(entry.command) : null;
    kernel.monitor?.applied(server.id, index, entry, applied, event);
    last = index;
    leasesAfterApply(kernel, server, raft, entry, applied, event);
    if (server.crashPoints.length > 0 && crashesAt(kernel, server, raft, "after", "apply", event)) return false;
    if (applied === null) continue;
    answerApplied(kernel, server, index, entry.term, applied, event);
    if (server.raft !== raft) return false;
    if (server.watches.size === 0 || applied.events.length === 0) continue;
    notifyWatches(kernel, server, applied.events, event);
    if (server.raft !== raft) return false;
  }
  raft.applied(last);
  return snapshotDue(kernel, raft);
}
