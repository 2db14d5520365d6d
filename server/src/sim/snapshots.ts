import type { Command, StateMachine } from "../kv/command.js";
import { StateSnapshot } from "../kv/snapshot.js";
import type { Raft } from "../raft/contract.js";
import type { Index, Snapshot } from "../raft/types.js";
import type { Kernel } from "./kernel.js";
import { EVENT_CODE } from "./recorder.js";
import type { SimServer } from "./server.js";
import { unsyncAll } from "./watch-notify.js";

/** The state machine's state that a snapshot holds. */
export function stateOf(snapshot: Snapshot): StateMachine {
  if (!(snapshot.data instanceof StateSnapshot)) throw new Error("a snapshot of something other than a state machine");
  return snapshot.data.restore();
}

/** Whether a server has applied so much since its last snapshot that the next one is due (etcd: snapshot-count). */
export function snapshotDue({ config }: Kernel, raft: Raft<Command>): boolean {
  if (config.snapshot === null) return false;
  return raft.appliedIndex - (raft.snapshot?.lastIncludedIndex ?? 0) >= config.snapshot.every;
}

/**
 * A server takes a snapshot of what it has applied, and drops the log before it. The output is still to be settled; returns
 * the event, or -1 when there was nothing to take.
 */
export function takeSnapshot(kernel: Kernel, server: SimServer, raft: Raft<Command>, cause: number): number {
  const index = raft.snapshotLimit;
  if (index <= (raft.snapshot?.lastIncludedIndex ?? 0)) return -1;
  const machine = index > raft.appliedIndex ? ahead(server, raft, index) : server.machine;
  const data = machine.snapshot(kernel.config.rules.snapshotCarriesSessions);
  raft.compact(index, data, kernel.config.snapshot?.keep ?? 0);
  const term = raft.snapshot?.lastIncludedTerm ?? 0;
  const { snapshot } = EVENT_CODE;
  return kernel.recorder.record(
    kernel.nowUs,
    snapshot,
    server.id,
    cause,
    raft.output.reason,
    3,
    index,
    term,
    data.bytes,
  );
}

/**
 * A snapshot from the leader replaces the server's state. Requests that wait for an entry it covers get no answer from here,
 * as with any server that does not lead any more; watches are caught up.
 */
export function installSnapshot(kernel: Kernel, server: SimServer, snapshot: Snapshot, cause: number): void {
  const { lastIncludedIndex: index, lastIncludedTerm: term, data } = snapshot;
  const { install } = EVENT_CODE;
  const event = kernel.recorder.record(kernel.nowUs, install, server.id, cause, null, 3, index, term, data.bytes);
  const { revision } = server.machine.store;
  server.machine = stateOf(snapshot);
  for (const proposed of server.proposals.keys()) if (proposed <= index) server.proposals.delete(proposed);
  if (server.watches.size > 0) unsyncAll(kernel, server, revision, event);
}

/** With the rule snapshot-only-committed off: a copy of the state in which the log's further entries are executed as well. */
function ahead(server: SimServer, raft: Raft<Command>, index: Index): StateMachine {
  const machine = server.machine.clone();
  for (let at = raft.appliedIndex + 1; at <= index; at += 1) {
    const entry = raft.log.at(at);
    if (entry?.kind === "command") machine.apply(entry.command);
  }
  return machine;
}
