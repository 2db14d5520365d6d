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
  const raft = kernel.makeRaft(raftConfig(kernel, server.id), { hardState, log: log.clone(), commitIndex: commit });
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

function raftConfig(kernel: Kernel, id: EndpointId): RaftConfig {
  const { preVote, checkQuorum, reads, appendLimit, inflight, rules } = kernel.config;
  const voters: EndpointId[] = [];
  for (let voter = 1; voter <= kernel.serverCount; voter += 1) voters.push(voter);
  return {
    id,
    voters,
    preVote,
    checkQuorum,
    reads: reads === "local" ? "local" : "read-index",
    appendLimit,
    inflight,
    rules,
  };
}
