import { t } from "../l10n/text.js";
import { findsDamage } from "../raft/rules.js";
import type { RaftConfig } from "../raft/types.js";
import type { EndpointId } from "./config.js";
import { recordLoss } from "./crash.js";
import type { Kernel } from "./kernel.js";
import { leasesAfterStart } from "./lease-clock.js";
import { EVENT_CODE } from "./recorder.js";
import type { SimServer } from "./server.js";
import { settle } from "./server-input.js";
import { stateOf } from "./snapshots.js";
import { readClock } from "./timers.js";

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
  server.stoppedByDisk = false;
  const { hardState, log, snapshot } = server.disk;
  if (snapshot !== null) server.machine = stateOf(snapshot);
  const raft = kernel.makeRaft(raftConfig(kernel, server.id), {
    hardState,
    log,
    snapshot,
    commitIndex: commit,
  });
  server.raft = raft;
  kernel.monitor?.started(server.id, raft, cause);
  for (let index = raft.appliedIndex + 1; index <= commit; index += 1) {
    const entry = raft.log.at(index);
    if (entry === undefined) break;
    const applied = entry.kind === "command" ? server.machine.apply(entry.command) : null;
    kernel.monitor?.applied(server.id, index, entry, applied, cause);
  }
  if (commit > 0) raft.applied(commit);
  readClock(kernel, server, raft);
  raft.start(restarted);
  settle(kernel, server, raft, cause);
  leasesAfterStart(kernel, server, raft, cause);
}

/** Why a server does not start, in the order of their codes in the trace; append only. */
export const START_REFUSALS = ["disk-fails", "record-damaged"] as const;

/**
 * Starts a server that is down again, from what recovery finds on its disk; or it does not start, and `refused` says why.
 * Returns the event of the one or the other. `line` is the scenario's, 0 for none.
 */
export function restartServer(
  kernel: Kernel,
  server: SimServer,
  line: number,
  cause: number,
): { readonly event: number; readonly refused: string | null } {
  const { recorder, nowUs } = kernel;
  const found = server.disk.recover(findsDamage(kernel.config.rules));
  if (found.kind !== "starts") {
    const fails = found.kind === "fails";
    const why = START_REFUSALS.indexOf(fails ? "disk-fails" : "record-damaged");
    const index = fails ? 0 : found.index;
    const event = recorder.record(nowUs, EVENT_CODE["no-start"], server.id, cause, null, 3, line, why, index);
    server.stoppedByDisk = fails;
    return { event, refused: startRefusal(server.name, fails, index) };
  }
  for (const loss of found.losses) recordLoss(kernel, server, loss, cause);
  const event = recorder.record(nowUs, EVENT_CODE.restart, server.id, cause, null, 1, line);
  startServer(kernel, server, 0, true, event);
  return { event, refused: null };
}

/** Why a server does not start, in words. */
export function startRefusal(name: string, fails: boolean, index: number): string {
  return fails
    ? t("{0} cannot start: its disk fails", name)
    : t("{0} refuses to start: crc mismatch, the record of entry {1} is damaged; wipe its disk", name, index);
}

/** Bytes of a snapshot in one InstallSnapshot where the settings do not say. */
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
    snapshotChunk: config.snapshot?.chunk ?? SNAPSHOT_CHUNK,
    rules,
  };
}
