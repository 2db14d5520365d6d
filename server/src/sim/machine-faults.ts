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
  if (fault.kind !== "disk-corrupt" || server === undefined || server.disk.log.lastIndex > 0) return null;
  return `${server.name}'s log holds no entry that could be damaged`;
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
    const { lastIndex } = server.disk.log;
    // A stream of its own for each fault: nothing else is chosen from it.
    server.disk.damage(RandomStream.of(kernel.config.seed, `damage ${number}`).integer(1, lastIndex));
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
  server.disk.faults = diskFaults(own);
  let rate = TRUE_RATE;
  for (const { fault } of own) if (fault.kind === "clock-drift") rate += fault.ppm;
  rate = server.clock.rate === STANDS_STILL ? STANDS_STILL : Math.max(LEAST_RATE, rate);
  if (rate === server.clock.rate) return;
  server.clock.setRate(rate, kernel.nowUs);
  clockChanged(kernel, server);
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
