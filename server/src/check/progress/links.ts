import type { Command } from "../../kv/command.js";
import type { Raft } from "../../raft/contract.js";
import { majority } from "../../raft/quorum.js";
import type { ServerId } from "../../raft/types.js";
import type { Micros } from "../../sim/config.js";
import type { ActiveFault } from "../../sim/network.js";
import type { World } from "../../sim/world.js";
import { configurationsOf } from "../invariants/quorums.js";

/** A link that loses more than this is no link to count on. */
const MOST_LOSS = 0.5;

/** The fault that closes the link between two servers for messages of Raft, or `null`. */
export function closedBy(world: World, from: ServerId, to: ServerId): ActiveFault | null {
  let lossy: ActiveFault | null = null;
  for (const active of world.network.faults) {
    const { fault, remaining } = active;
    if (fault.pairs !== null && !fault.pairs.some(([a, b]) => a === from && b === to)) continue;
    if (fault.kind === "block") return active;
    if (fault.kind === "rule" && fault.effect !== "delay" && remaining === null && !isClients(fault.message))
      return active;
    // The newest decides how much is lost.
    if (fault.kind === "loss") lossy = fault.chance >= MOST_LOSS ? active : null;
  }
  return lossy;
}

function isClients(message: string | null): boolean {
  return message !== null && (message.startsWith("Client") || message.startsWith("Watch"));
}

/** The servers that are up, ascending. */
export function serversUp(world: World): ServerId[] {
  return world.servers.flatMap((server) => (server?.status === "up" ? [server.id] : []));
}

/** Whether a server's clock or disk has a fault in force: then nothing can be expected of it. */
function isImpaired(world: World, id: ServerId): boolean {
  return world.machineFaults.some(({ fault }) => fault.server === id && fault.kind !== "crash-point");
}

/** The server that knows best what the cluster's configuration is: the leader, or whose log is the most up-to-date. */
function bestInformed(world: World): Raft<Command> | null {
  const leader = world.leader()?.raft;
  if (leader) return leader;
  let best: Raft<Command> | null = null;
  for (const server of world.servers) {
    if (server?.status !== "up" || server.raft === null) continue;
    const { log } = server.raft;
    const newer =
      best === null ||
      log.lastTerm > best.log.lastTerm ||
      (log.lastTerm === best.log.lastTerm && log.lastIndex > best.log.lastIndex);
    if (newer) best = server.raft;
  }
  return best;
}

/**
 * Servers that are up, with clock and disk in order, hear each other, and are a quorum of the configuration in force; `null` when there are none. With
 * them Raft has to get on, whatever the others do. Looked for greedily from each server in turn.
 */
export function connectedMajority(world: World): readonly ServerId[] | null {
  const informed = bestInformed(world);
  if (informed === null) return null;
  const configurations = configurationsOf(informed);
  const voting = serversUp(world).filter((id) => configurations.some((voters) => voters.includes(id)));
  const up = world.machineFaults.length === 0 ? voting : voting.filter((id) => !isImpaired(world, id));
  const isQuorum = (group: readonly ServerId[]): boolean =>
    configurations.every((voters) => voters.filter((id) => group.includes(id)).length >= majority(voters.length));
  if (!isQuorum(up)) return null;
  const hear = (a: ServerId, b: ServerId): boolean => closedBy(world, a, b) === null && closedBy(world, b, a) === null;
  if (world.network.faults.length === 0 && world.config.loss < MOST_LOSS) return up;
  if (world.config.loss >= MOST_LOSS) return null;
  for (const first of up) {
    const group = [first];
    for (const other of up) if (other !== first && group.every((id) => hear(id, other))) group.push(other);
    if (isQuorum(group)) return group.sort((a, b) => a - b);
  }
  return null;
}

/** The longest time that a message takes from one server to another now. */
export function latencyOf(world: World, from: ServerId, to: ServerId): Micros {
  let latency = world.config.latency.max;
  let later = 0;
  for (const { fault } of world.network.faults) {
    if (fault.kind !== "latency" && (fault.kind !== "rule" || fault.effect !== "delay")) continue;
    if (fault.pairs !== null && !fault.pairs.some(([a, b]) => a === from && b === to)) continue;
    if (fault.kind === "latency") latency = fault.latency.max;
    else later += fault.byUs;
  }
  return latency + later;
}
