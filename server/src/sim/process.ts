import type { RaftConfig } from "../raft/types.js";
import type { EndpointId } from "./config.js";
import type { Kernel } from "./kernel.js";
import type { SimServer } from "./server.js";
import { settle } from "./server-input.js";

/** Starts a server's process from what its disk holds. `commit` is 0 but for a given initial state. */
export function startServer(
  kernel: Kernel,
  server: SimServer,
  commit: number,
  restarted: boolean,
  cause: number,
): void {
  server.incarnation += 1;
  server.status = "up";
  const { hardState, log } = server.disk;
  const raft = kernel.makeRaft(raftConfig(kernel, server.id), {
    hardState,
    log: log.clone(),
    snapshot: null,
    commitIndex: commit,
  });
  server.raft = raft;
  kernel.monitor?.started(server.id, raft, cause);
  for (let index = 1; index <= commit; index += 1) {
    const entry = raft.log.at(index);
    if (entry === undefined) break;
    const applied = entry.kind === "command" ? server.machine.apply(entry.command) : null;
    kernel.monitor?.applied(server.id, index, entry, applied, cause);
  }
  if (commit > 0) raft.applied(commit);
  raft.start(restarted);
  settle(kernel, server, raft, cause);
}

/** Ends a server's process at once; its disk keeps what is durable. */
export function stopServer(kernel: Kernel, server: SimServer, cause: number): void {
  server.incarnation += 1;
  server.status = "down";
  server.disk.crash();
  server.loseMemory();
  kernel.monitor?.crashed(server.id, cause);
}

/** Bytes of a snapshot in one InstallSnapshot. */
const SNAPSHOT_CHUNK = 64 * 1024;

function raftConfig(kernel: Kernel, id: EndpointId): RaftConfig {
  const { config } = kernel;
  const { preVote, checkQuorum, reads, appendLimit, inflight, rules, learners, spares, membership, leaseDrift } =
    config;
  const waits = spares.includes(id);
  const voters: EndpointId[] = [];
  for (let server = 1; server <= kernel.serverCount && !waits; server += 1) {
    if (!learners.includes(server) && !spares.includes(server)) voters.push(server);
  }
  return {
    id,
    voters,
    learners: waits ? [] : learners,
    membership,
    preVote,
    checkQuorum,
    reads: reads === "log" ? "read-index" : reads,
    leaseBase: config.electionTimeout.min,
    leaseDrift,
    appendLimit,
    inflight,
    snapshotChunk: SNAPSHOT_CHUNK,
    rules,
  };
}
