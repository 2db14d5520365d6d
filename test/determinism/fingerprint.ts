import type { World } from "../../server/src/sim/world.js";
import { raftFingerprint } from "./raft-fingerprint.js";

/** What can be seen of a world, as plain data: two worlds that do the same from here on have the same. */
export function fingerprint(world: World): unknown {
  return {
    nowUs: world.nowUs,
    position: world.position,
    simulatedEvents: world.simulatedEvents,
    queue: world.queue
      .items()
      .map(({ kind, timeUs, order }) => `${timeUs} ${order} ${kind}`)
      .sort(),
    faults: world.network.faults,
    machineFaults: world.machineFaults,
    held: world.network.held.length,
    waiting: world.network.waiting.map(({ number, message, sendEvent }) => ({ number, sendEvent, type: message.type })),
    servers: world.servers.map((server) =>
      server === undefined
        ? null
        : {
            status: server.status,
            incarnation: server.incarnation,
            disk: {
              ...server.disk.hardState,
              first: server.disk.log.firstIndex,
              last: server.disk.log.lastIndex,
              snapshot: server.disk.snapshot,
              pending: server.disk.pendingWrites,
            },
            diskFaults: [server.disk.faults, server.disk.damagedIndex, server.disk.hasUnsynced],
            clock: [server.clock.rate, server.clock.localAt(world.nowUs)],
            stoppedByDisk: server.stoppedByDisk,
            crashPoints: server.crashPoints,
            installing: server.installing,
            waiting: server.waiting.length,
            proposals: [...server.proposals.keys()],
            reads: [...server.reads.keys()],
            inbox: server.inbox.length,
            watches: server.watches.list(),
            unsynced: server.watches.unsynced().map(({ watch }) => watch),
            watchTasks: [server.watches.syncQueued, server.watches.leaderQueued, server.watches.leaderless],
            timers: server.timers,
            store: { revision: server.machine.store.revision, pairs: server.machine.store.entries() },
            raft: server.raft === null ? null : raftFingerprint(server.raft),
          },
    ),
    clients: [...world.clients.values()].map(({ status, incarnation, pauses, inbox, believed, ...client }) => ({
      status,
      lives: [incarnation, pauses],
      inbox: inbox.length,
      believed,
      pending: [...client.pending.values()],
      sessions: client.sessions,
      watches: [...client.watches.values()],
    })),
  };
}
