import type { StateMachineOptions } from "../kv/command.js";
import { remembersRequests } from "../raft/rules.js";
import type { WorldConfig } from "./config.js";

/** What the state machines of a cluster have in common. A lease lasts one and a half election timeouts at least (etcdserver/server.go). */
export function machineOptions({ rules, sessions, electionTimeout }: WorldConfig): StateMachineOptions {
  const minLeaseTtl = Math.ceil((1.5 * electionTimeout.max) / 1_000_000);
  return { sessions: remembersRequests(rules, sessions), minLeaseTtl };
}
