/** What holds where no setting says otherwise, and which of several blocks of settings counts. */

import type { ClusterConfig } from "../program.js";
import type { ClusterSettings } from "./settings.js";

/** Entries that stay behind a snapshot unless the setting says otherwise. */
export const KEEP = 100;

/** Bytes of a snapshot in one InstallSnapshot unless the setting says otherwise. */
export const CHUNK = 64 * 1024;

/** The defaults of language.md. `nodes` has none. */
export const DEFAULTS: ClusterConfig = {
  nodes: [],
  learners: [],
  spares: [],
  clients: ["client"],
  seed: 1,
  electionTimeout: { min: 150_000, max: 300_000 },
  heartbeat: 50_000,
  latency: { min: 1_000, max: 5_000 },
  loss: 0,
  duplicate: 0,
  reorder: 0,
  fsync: { min: 1_000, max: 1_000 },
  preVote: true,
  checkQuorum: true,
  reads: "read-index",
  clockDriftBound: 0.1,
  sessions: true,
  membership: "joint",
  snapshot: { every: 1000, keep: KEEP, chunk: CHUNK },
  appendLimit: 64,
  inflight: 16,
  clientTimeout: 1_000_000,
  retries: "all",
  quota: 2 * 1024 * 1024 * 1024,
  maxTxnOps: 128,
  maxRequestBytes: 1.5 * 1024 * 1024,
  leaseCheckpoint: null,
  watchProgress: 600_000_000,
  network: "auto",
  timers: "auto",
  rulesOff: [],
};

/** The defaults, overridden by each block in turn. */
export function mergeSettings(blocks: readonly ClusterSettings[]): ClusterConfig {
  const rules = new Map<string, boolean>();
  let config: ClusterConfig = DEFAULTS;
  for (const block of blocks) {
    config = { ...config, ...block.values };
    for (const [name, on] of block.rules) rules.set(name, on);
  }
  return {
    ...config,
    retries: blocks.some((block) => block.values.retries !== undefined) ? config.retries : usualRetries(config),
    rulesOff: [...rules]
      .filter(([, on]) => !on)
      .map(([name]) => name)
      .sort(),
  };
}

/** What clients ask again where no setting says so: with sessions nothing takes effect twice. */
export function usualRetries({ sessions }: Pick<ClusterConfig, "sessions">): ClusterConfig["retries"] {
  return sessions ? "all" : "reads";
}
