import { ConfigurationLog, initialConfiguration } from "./configuration.js";
import type { DurableState } from "./contract.js";
import type { RaftLog } from "./log.js";
import { configurationAfter } from "./rules.js";
import type { RaftConfig, Snapshot } from "./types.js";

/** What a server that begins makes of what its disk holds (Figure 2, persistent state; §7). */

/**
 * The log of a disk as a server may begin with it: it holds what its snapshot ends with, or nothing. Where they contradict
 * each other, as with a rule off or after a loss, the snapshot is believed.
 */
export function startingLog<C>(snapshot: Snapshot | null, log: RaftLog<C>): RaftLog<C> {
  const own = log.clone();
  if (snapshot === null) return own;
  const { lastIncludedIndex: index, lastIncludedTerm: term } = snapshot;
  if (!own.knows(index) || own.termAt(index) !== term) own.restart(index, term);
  return own;
}

/** The configurations of a disk: its snapshot's, or the cluster's first, and those of the log's entries. */
export function recoveredConfigurations<C>(config: RaftConfig, { snapshot, log }: DurableState<C>): ConfigurationLog {
  const known = new ConfigurationLog({
    index: snapshot?.lastIncludedIndex ?? 0,
    configuration:
      snapshot === null
        ? initialConfiguration(config)
        : configurationAfter(config.rules, snapshot, initialConfiguration(config)),
  });
  for (let index = Math.max(log.firstIndex, known.newest.index + 1); index <= log.lastIndex; index += 1) {
    const entry = log.at(index);
    if (entry !== undefined) known.appended(index, entry);
  }
  return known;
}
