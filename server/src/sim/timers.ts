import type { Command } from "../kv/command.js";
import type { Raft } from "../raft/contract.js";
import { electionTimeoutIsRandom } from "../raft/rules.js";
import type { TimerKind } from "../raft/types.js";
import type { Micros } from "./config.js";
import type { Kernel } from "./kernel.js";
import type { SimServer, SimTimer } from "./server.js";

/** What a server's own clock shows now: what it measures time by, whatever the truth is. */
export function localNow(kernel: Kernel, server: SimServer): Micros {
  return server.clock.localAt(kernel.nowUs);
}

/** Has a server's Raft read the clock: before every input. */
export function readClock(kernel: Kernel, server: SimServer, raft: Raft<Command>): void {
  raft.localTime = localNow(kernel, server);
}

/** Sets a timer anew. The election timeout is drawn once per role and term and after it fired (§5.2). */
export function setTimer(kernel: Kernel, server: SimServer, kind: TimerKind, cause: number): void {
  const { config } = kernel;
  const timer = server.timers[kind];
  if (kind === "election" && server.electionTimeoutUs === 0) {
    const { min, max } = config.electionTimeout;
    server.electionTimeoutUs = electionTimeoutIsRandom(config.rules) ? server.random.integer(min, max) : min;
  }
  timer.startUs = config.timers === "manual" ? 0 : kernel.nowUs;
  timer.setBy = cause;
  timer.localDeadlineUs =
    localNow(kernel, server) + (kind === "election" ? server.electionTimeoutUs : config.heartbeat);
  schedule(kernel, server, kind, timer);
}

/** A timer that came up before its deadline, because it was set anew: it comes up again then. */
export function queueTimer(kernel: Kernel, server: SimServer, timer: TimerKind, timeUs: Micros): void {
  server.timers[timer].queuedUs = timeUs;
  const { incarnation } = server;
  kernel.queue.push({ kind: "timer", timeUs, order: kernel.queue.nextOrder(), server: server.id, timer, incarnation });
}

/** A server's clock runs differently or has leapt: its running timers end when the clock shows their deadlines. */
export function clockChanged(kernel: Kernel, server: SimServer): void {
  for (const kind of ["election", "heartbeat"] as const) {
    const timer = server.timers[kind];
    if (timer.deadlineUs !== null) schedule(kernel, server, kind, timer);
  }
}

function schedule(kernel: Kernel, server: SimServer, kind: TimerKind, timer: SimTimer): void {
  if (kernel.config.timers === "manual") {
    // The timers of a manual world stand still, and its clocks: what they count is what is left to them.
    timer.deadlineUs = Math.max(0, timer.localDeadlineUs - localNow(kernel, server));
    return;
  }
  const deadlineUs = Math.max(kernel.nowUs, server.clock.instantOf(timer.localDeadlineUs));
  timer.deadlineUs = deadlineUs;
  if (timer.queuedUs === null || timer.queuedUs > deadlineUs) queueTimer(kernel, server, kind, deadlineUs);
}
