import type { Command } from "../kv/command.js";
import type { Raft } from "../raft/contract.js";
import { DISK_LOSSES, type DiskLoss } from "./disk.js";
import type { Kernel } from "./kernel.js";
import type { ActiveMachineFault, CrashPlace, CrashPoint } from "./machine-fault.js";
import { endMachineFault } from "./machine-faults.js";
import { messageMatches, type NetworkMessage } from "./message.js";
import { EVENT_CODE } from "./recorder.js";
import type { SimServer } from "./server.js";

/** Ends a server's process at once; its disk keeps what is durable. */
export function stopServer(kernel: Kernel, server: SimServer, cause: number): void {
  server.incarnation += 1;
  server.status = "down";
  const loss = server.disk.crash();
  server.loseMemory();
  kernel.monitor?.crashed(server.id, cause);
  if (loss !== null) recordLoss(kernel, server, loss, cause);
  if (!server.disk.faults.tears) return;
  for (const { number, fault } of kernel.machineFaults) {
    if (fault.kind === "disk-tear" && fault.server === server.id) endMachineFault(kernel, number);
  }
}

/** Records what a disk lost, with what is left on it. */
export function recordLoss(kernel: Kernel, server: SimServer, loss: DiskLoss, cause: number): void {
  const what = DISK_LOSSES.indexOf(loss.what);
  const { log, hardState } = server.disk;
  const { term, vote } = hardState;
  const code = EVENT_CODE["disk-lost"];
  kernel.recorder.record(kernel.nowUs, code, server.id, cause, null, 5, what, log.lastIndex, loss.entries, term, vote);
}

/** A running server's disk fails: it stops itself, as etcd does when its write-ahead log cannot be written. */
export function stopOnDiskError(kernel: Kernel, server: SimServer, raft: Raft<Command>, cause: number): void {
  const error = kernel.recorder.record(kernel.nowUs, EVENT_CODE["disk-error"], server.id, cause, null, 0);
  endProcess(kernel, server, raft, error);
  server.stoppedByDisk = true;
}

/**
 * Whether a running server has come to a place where a crash waits for it; if so it has crashed when this returns, and
 * whoever asked must do nothing more on its behalf. `message` is the one to be sent. Ask only when the server has crash
 * points.
 */
export function crashesAt(
  kernel: Kernel,
  server: SimServer,
  raft: Raft<Command>,
  when: CrashPoint["when"],
  place: CrashPlace,
  cause: number,
  message: NetworkMessage | null = null,
): boolean {
  const found = pointAt(server, when, place, message);
  if (found?.fault.kind !== "crash-point") return false;
  const { number, fault } = found;
  const { recorder, nowUs, queue } = kernel;
  const struck = recorder.record(nowUs, EVENT_CODE.struck, server.id, cause, null, 1, number);
  endMachineFault(kernel, number);
  const crash = endProcess(kernel, server, raft, struck);
  if (fault.downUs !== null) {
    const timeUs = nowUs + fault.downUs;
    const undo = { kind: "restart", server: server.id, incarnation: server.incarnation } as const;
    queue.push({ kind: "undo", timeUs, order: queue.nextOrder(), undo, cause: crash });
  }
  return true;
}

/** Whether a crash waits for a server at a place, without letting it strike. */
export function awaitsCrash(server: SimServer, when: CrashPoint["when"], place: CrashPlace): boolean {
  return pointAt(server, when, place, null) !== undefined;
}

function pointAt(
  { crashPoints }: SimServer,
  when: CrashPoint["when"],
  place: CrashPlace,
  message: NetworkMessage | null,
): ActiveMachineFault | undefined {
  return crashPoints.find(({ fault }) => isPoint(fault, when, place, message));
}

function isPoint(
  fault: ActiveMachineFault["fault"],
  when: CrashPoint["when"],
  place: CrashPlace,
  message: NetworkMessage | null,
): boolean {
  if (fault.kind !== "crash-point" || fault.when !== when || fault.place !== place) return false;
  return message === null || messageMatches(fault.message, message);
}

/** A crash in the middle of an input: what it did until then was done, and the checks hear of it. */
function endProcess(kernel: Kernel, server: SimServer, raft: Raft<Command>, cause: number): number {
  kernel.monitor?.afterInput(server.id, raft, raft.output, kernel.recorder.count - 1);
  const crash = kernel.recorder.record(kernel.nowUs, EVENT_CODE.crash, server.id, cause, null, 1, 0);
  stopServer(kernel, server, crash);
  kernel.monitor?.disturbed(kernel.recorder.count - 1);
  return crash;
}
