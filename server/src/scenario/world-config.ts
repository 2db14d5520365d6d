import type { ClusterConfig, GivenNode } from "../language/program.js";
import { CORRECT_RAFT, type Rules } from "../raft/types.js";
import type { InitialState, WorldConfig } from "../sim/config.js";

/** Raft's rules by their kebab-case names in the scenario language. */
const RULES = new Map<string, keyof Rules>(
  Object.keys(CORRECT_RAFT).map((rule) => [kebabCase(rule), rule as keyof Rules]),
);

/** Names of the rules that the engine can switch off. */
export const RULE_NAMES: readonly string[] = [...RULES.keys()];

/**
 * The simulator's settings for a scenario's cluster and given states. `seed` overrides the cluster's. Servers are numbered
 * in the order voters, learners, spares.
 */
export function worldConfig(
  config: ClusterConfig,
  given: readonly GivenNode[],
  seed: number = config.seed,
): WorldConfig {
  const { nodes, clients, electionTimeout, heartbeat, latency, loss, duplicate, reorder, fsync } = config;
  const servers = [...nodes, ...config.learners, ...config.spares];
  const { preVote, checkQuorum, sessions, appendLimit, inflight, clientTimeout } = config;
  const { retries, quota, maxTxnOps, maxRequestBytes, leaseCheckpoint, watchProgress } = config;
  return {
    servers,
    learners: config.learners.map((name) => servers.indexOf(name) + 1),
    spares: config.spares.map((name) => servers.indexOf(name) + 1),
    membership: config.membership,
    snapshot: config.snapshot,
    leaseDrift: config.clockDriftBound,
    clients,
    seed,
    electionTimeout,
    heartbeat,
    latency,
    loss,
    duplicate,
    reorder,
    fsync,
    preVote,
    checkQuorum,
    reads: config.reads,
    sessions,
    appendLimit,
    inflight,
    clientTimeout,
    retries,
    quota,
    maxTxnOps,
    maxRequestBytes,
    leaseCheckpoint,
    watchProgress,
    network: config.network,
    timers: config.timers,
    rules: rulesWithout(config.rulesOff),
    initial: given.flatMap((node) => initialState(servers, node)),
  };
}

function rulesWithout(off: readonly string[]): Rules {
  const rules: { -readonly [rule in keyof Rules]: boolean } = { ...CORRECT_RAFT };
  for (const name of off) {
    const rule = RULES.get(name);
    if (rule !== undefined) rules[rule] = false;
  }
  return rules;
}

function initialState(nodes: readonly string[], given: GivenNode): InitialState[] {
  const server = nodes.indexOf(given.node);
  if (server < 0) return [];
  const vote = given.vote === null ? -1 : nodes.indexOf(given.vote);
  const { term, log, commit } = given;
  return [{ server, term, vote: vote < 0 ? null : vote, log, commit }];
}

function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
