import { startingLog } from "../raft/recovery.js";
import type { SimServer } from "../sim/server.js";
import type { FinalLog } from "./requests.js";

/** What every server holds when a run has ended: in memory if it runs, else as its disk has it. */
export function finalLogs(servers: readonly (SimServer | undefined)[]): FinalLog[] {
  return servers.flatMap((server) => {
    if (server === undefined) return [];
    const { id, raft, disk } = server;
    const snapshot = raft === null ? disk.snapshot : raft.snapshot;
    const log = raft?.log ?? startingLog(snapshot, disk.log);
    return [{ server: id, log, snapshot, leads: raft?.role === "leader" ? raft.term : 0 }];
  });
}
