import { t } from "../l10n/text.js";
import { STANDS_STILL, TRUE_RATE } from "./clock.js";
import type { Micros } from "./config.js";
import type { Kernel } from "./kernel.js";
import {
  type ActiveMachineFault,
  type DiskFaults,
  isMomentary,
  LEAST_RATE,
  type MachineFault,
  NO_DISK_FAULTS,
} from "./machine-fault.js";
import type { QueueItem } from "./queue.js";
import { RandomStream } from "./random.js";
import type { SimServer } from "./server.js";
import { clockChanged } from "./timers.js";

/**
 * Faults of clocks and disks, and crashes that wait for their servers. Faults compose: what a server suffers is computed
 * from all faults in force, so that ending one leaves the others, and ending all leaves nothing.
 */

const NONE: readonly ActiveMachineFault[] = [];

/** Why a fault cannot be; `null` when it can. */
export function refusalOf(kernel: Kernel, fault: MachineFault): string | null {
  const server = kernel.servers[fault.server];
  if (fault.kind !== "disk-corrupt" || server === undefined) return null;
  const { log } = server.disk;
  if (log.lastIndex >= log.firstIndex) return null;
  return t("{0}'s log holds no entry that could be damaged", server.name);
}

/** Puts a fault in force, or lets it strike at once if there is nothing to undo later. Its number was taken before. */
export function beginMachineFault(
  kernel: Kernel,
  number: number,
  fault: MachineFault,
  text: string,
  durationUs: Micros | null,
): void {
  const server = kernel.servers[fault.server];
  if (server === undefined) throw new Error(`there is no server ${fault.server}`);
  if (fault.kind === "clock-jump") jump(kernel, server, fault.byUs);
  if (fault.kind === "disk-corrupt") {
    const { firstIndex, lastIndex } = server.disk.log;
    // A stream of its own for each fault: nothing else is chosen from it.
    server.disk.damage(RandomStream.of(kernel.config.seed, `damage ${number}`).integer(firstIndex, lastIndex));
  }
  if (isMomentary(fault, durationUs)) return;
  const { nowUs } = kernel;
  const untilUs = durationUs === null ? null : nowUs + durationUs;
  kernel.machineFaults = [...kernel.machineFaults, { number, fault, text, sinceUs: nowUs, untilUs }];
  recompute(kernel, server);
}

/** Ends a fault; returns it, or `null` when it is over already. */
export function endMachineFault(kernel: Kernel, number: number): ActiveMachineFault | null {
  const ended = kernel.machineFaults.find((active) => active.number === number);
  if (ended === undefined) return null;
  kernel.machineFaults = kernel.machineFaults.filter((active) => active !== ended);
  const { fault } = ended;
  const server = kernel.servers[fault.server];
  if (server === undefined) return null;
  if (fault.kind === "clock-jump") jump(kernel, server, -fault.byUs);
  recompute(kernel, server);
  return ended;
}

/** The faults in force that concern a server, oldest first. */
export function faultsOf(kernel: Kernel, server: SimServer): readonly ActiveMachineFault[] {
  if (kernel.machineFaults.length === 0) return NONE;
  return kernel.machineFaults.filter(({ fault }) => fault.server === server.id);
}

function jump(kernel: Kernel, server: SimServer, byUs: Micros): void {
  server.clock.jump(byUs, kernel.nowUs);
  clockChanged(kernel, server);
}

function recompute(kernel: Kernel, server: SimServer): void {
  const own = faultsOf(kernel, server);
  const points = own.filter(({ fault }) => fault.kind === "crash-point");
  server.crashPoints = points.length === 0 ? NONE : points;
  const { slowUs } = server.disk.faults;
  server.disk.faults = diskFaults(own);
  if (server.disk.faults.slowUs < slowUs) hurry(kernel, server);
  let rate = TRUE_RATE;
  for (const { fault } of own) if (fault.kind === "clock-drift") rate += fault.ppm;
  rate = server.clock.rate === STANDS_STILL ? STANDS_STILL : Math.max(LEAST_RATE, rate);
  if (rate === server.clock.rate) return;
  server.clock.setRate(rate, kernel.nowUs);
  clockChanged(kernel, server);
}

/** A disk is not so slow any more: the writes under way are done when they would have been, or now, in their order. */
function hurry(kernel: Kernel, server: SimServer): void {
  const times = new Map<number, Micros>();
  for (const item of kernel.queue.items()) if (isWriteOf(item, server)) times.set(item.write, item.timeUs);
  if (times.size === 0) return;
  let last = kernel.nowUs;
  for (const [write, timeUs] of [...times].sort(([a], [b]) => a - b)) {
    last = Math.max(last, Math.min(timeUs, server.disk.timeOf(write) ?? timeUs));
    times.set(write, last);
  }
  server.disk.hurried(last);
  kernel.queue = kernel.queue.with(
    kernel.queue
      .items()
      .map((item) => (isWriteOf(item, server) ? { ...item, timeUs: times.get(item.write) ?? item.timeUs } : item)),
  );
}

function isWriteOf(item: QueueItem, server: SimServer): item is QueueItem & { readonly kind: "durable" } {
  return item.kind === "durable" && item.server === server.id && item.incarnation === server.incarnation;
}

function diskFaults(active: readonly ActiveMachineFault[]): DiskFaults {
  let slowUs = 0;
  const kinds = new Set<MachineFault["kind"]>();
  for (const { fault } of active) {
    kinds.add(fault.kind);
    if (fault.kind === "disk-slow") slowUs += fault.byUs;
  }
  const ignoresFsync = kinds.has("disk-ignore-fsync");
  const tears = kinds.has("disk-tear");
  const fails = kinds.has("disk-fail");
  return slowUs > 0 || ignoresFsync || tears || fails ? { slowUs, ignoresFsync, tears, fails } : NO_DISK_FAULTS;
}
