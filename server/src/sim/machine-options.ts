import type { StateMachine, StateMachineOptions } from "../kv/command.js";
import type { LessorOptions } from "../kv/lessor.js";
import { KvStateMachine } from "../kv/state-machine.js";
import { remembersRequests } from "../raft/rules.js";
import type { WorldConfig } from "./config.js";

/** What the state machines and lessors of a cluster have in common. */
export type MachineOptions = StateMachineOptions & LessorOptions;

/** Makes a server's state machine. Tests put broken ones here. */
export type MachineFactory = (options: MachineOptions) => StateMachine;

/** The one that works. */
export const kvStateMachine: MachineFactory = (options) => new KvStateMachine(options);

/** By a world's settings. A lease lasts one and a half election timeouts at least (etcdserver/server.go). */
export function machineOptions(config: WorldConfig): MachineOptions {
  const { rules, sessions, electionTimeout, maxTxnOps, leaseCheckpoint: checkpointIntervalUs } = config;
  const minLeaseTtl = Math.ceil((1.5 * electionTimeout.max) / 1_000_000);
  return { sessions: remembersRequests(rules, sessions), minLeaseTtl, maxTxnOps, checkpointIntervalUs };
}
