import type { ActionResult, HealScope, NetworkFault } from "./action.js";
import type { EndpointId, Micros } from "./config.js";
import type { MachineFault } from "./machine-fault.js";
import { beginMachineFault, endMachineFault, refusalOf } from "./machine-faults.js";
import type { HeldMessage } from "./network.js";
import type { Undo } from "./queue.js";
import { EVENT_CODE } from "./recorder.js";
import { recordDrop, scheduleArrivals } from "./transmit.js";
import type { World } from "./world.js";

/** Faults as actions: how they begin, and how they end by themselves or by hand. */

/** Puts a fault of the network or of a machine in force, for a while or until it is healed. One event tells of it. */
export function beginFault(
  world: World,
  fault: NetworkFault | MachineFault,
  text: string,
  durationUs: Micros | null,
  line: number,
  cause: number,
): ActionResult {
  if ("server" in fault) return beginAtMachine(world, fault, text, durationUs, line, cause);
  const untilUs = durationUs === null ? null : world.nowUs + durationUs;
  const number = world.network.begin(fault, text, world.nowUs, untilUs);
  const event = world.recorder.record(world.nowUs, EVENT_CODE.fault, 0, cause, null, 2, line, number);
  endAfter(world, durationUs, { kind: "fault", fault: number }, event);
  return { eventId: event, number, refused: null };
}

function beginAtMachine(
  world: World,
  fault: MachineFault,
  text: string,
  durationUs: Micros | null,
  line: number,
  cause: number,
): ActionResult {
  const number = world.network.takeFaultNumber();
  const event = world.recorder.record(world.nowUs, EVENT_CODE.fault, fault.server, cause, null, 2, line, number);
  const refused = refusalOf(world, fault);
  if (refused !== null) return { eventId: event, number, refused };
  beginMachineFault(world, number, fault, text, durationUs);
  endAfter(world, durationUs, { kind: "fault", fault: number }, event);
  return { eventId: event, number, refused: null };
}

/** Has something end by itself after a while; never for `null`. `cause`: the event that began it. */
export function endAfter(world: World, durationUs: Micros | null, what: Undo, cause: number): void {
  if (durationUs === null) return;
  const timeUs = world.nowUs + durationUs;
  world.queue.push({ kind: "undo", timeUs, order: world.queue.nextOrder(), undo: what, cause });
}

/** Ends faults, and lets go of what they held. */
export function heal(world: World, what: HealScope): void {
  switch (what.kind) {
    case "all":
      letGo(world, world.network.healAll());
      healMachines(world, () => true);
      return;
    case "endpoints": {
      const named = new Set(what.endpoints);
      healMachines(world, (server) => named.has(server));
      world.network.heal((from, to) => named.has(from) || named.has(to));
      return;
    }
    case "pairs": {
      const named = new Set(what.pairs.map(([from, to]) => `${from} ${to}`));
      world.network.heal((from, to) => named.has(`${from} ${to}`));
      return;
    }
  }
}

/** Clocks run right again, disks are in order, and no crash waits. A server that is down stays so. */
function healMachines(world: World, healed: (server: EndpointId) => boolean): void {
  for (const { number, fault } of world.machineFaults) if (healed(fault.server)) endMachineFault(world, number);
}

/** Messages that a rule held go on now, with the latency of an ordinary message. */
export function letGo(world: World, held: readonly HeldMessage[]): void {
  for (const { message, sendEvent } of held) {
    const fate = world.network.send(message, world.nowUs);
    if (fate.kind === "arrives") scheduleArrivals(world, message, sendEvent, fate);
    else if (fate.kind === "held") world.network.hold(message, sendEvent, fate.fault);
    else if (fate.kind === "waits") world.network.wait(message, sendEvent);
    else recordDrop(world, message, sendEvent, fate.why);
  }
}
