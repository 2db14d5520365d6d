import { union } from "./quorum.js";
import type { Configuration, Entry, Index, RaftConfig, ServerId } from "./types.js";

/** Configurations (§6): what they say of a server, and which of those in a log is in force. */

/** The configuration that a cluster begins with. */
export function initialConfiguration(config: Pick<RaftConfig, "voters" | "learners">): Configuration {
  const { voters, learners } = config;
  return { voters, outgoing: [], learners, autoLeave: false };
}

/** Whether two configurations overlap in time here (§6). */
export function isJoint(configuration: Configuration): boolean {
  return configuration.outgoing.length > 0;
}

/** Whether `server` may stand for election: it is a voter of the new or of the old configuration. */
export function isVoter(configuration: Configuration, server: ServerId): boolean {
  return configuration.voters.includes(server) || configuration.outgoing.includes(server);
}

/** The voters, while joint those of both configurations; ascending. */
export function votersOf({ voters, outgoing }: Configuration): readonly ServerId[] {
  return union(voters, outgoing);
}

/** Every server that gets the log: voters old and new, and learners; ascending. */
export function membersOf(configuration: Configuration): readonly ServerId[] {
  const { voters, outgoing, learners } = configuration;
  return union(union(voters, outgoing), learners);
}

/** Whether two configurations have the same members in the same roles. */
export function sameConfiguration(a: Configuration, b: Configuration): boolean {
  if (a === b) return true;
  const same = (x: readonly ServerId[], y: readonly ServerId[]): boolean =>
    x.length === y.length && x.every((server, position) => y[position] === server);
  return (
    same(a.voters, b.voters) &&
    same(a.outgoing, b.outgoing) &&
    same(a.learners, b.learners) &&
    a.autoLeave === b.autoLeave
  );
}

/** A configuration with its place in the log. */
export interface PlacedConfiguration {
  /** Index of its entry; 0 for the one the cluster began with; a snapshot's last included index. */
  readonly index: Index;
  readonly configuration: Configuration;
}

/**
 * The configurations that a server knows, oldest first: the one at the beginning of its log (the cluster's first, or its
 * snapshot's), and those of the entries after it.
 */
export class ConfigurationLog {
  #known: PlacedConfiguration[];

  constructor(first: PlacedConfiguration) {
    this.#known = [first];
  }

  /** The newest one, committed or not. */
  get newest(): PlacedConfiguration {
    const newest = this.#known[this.#known.length - 1];
    if (newest === undefined) throw new Error("a server knows no configuration");
    return newest;
  }

  /** The newest one at or before `index`; the oldest known when all are later. */
  at(index: Index): PlacedConfiguration {
    let found = this.#known[0] ?? this.newest;
    for (const placed of this.#known) if (placed.index <= index) found = placed;
    return found;
  }

  /** An entry was appended at `index`. True when it holds a configuration. */
  appended<C>(index: Index, entry: Entry<C>): boolean {
    if (entry.kind !== "configuration") return false;
    this.#known.push({ index, configuration: entry.configuration });
    return true;
  }

  /** The entries from `index` on are gone. True when a configuration went with them. */
  truncated(index: Index): boolean {
    const before = this.#known.length;
    while (this.#known.length > 1 && this.newest.index >= index) this.#known.pop();
    return this.#known.length < before;
  }

  /** Forgets what stands before `index`, where a snapshot ends: the configuration there is the oldest known now. */
  compacted(index: Index): void {
    const first = this.at(index);
    this.#known = [first, ...this.#known.filter((placed) => placed.index > index)];
  }

  /** The log begins anew after a snapshot with this configuration. */
  restarted(first: PlacedConfiguration): void {
    this.#known = [first];
  }

  /** An independent copy. */
  clone(): ConfigurationLog {
    const copy = new ConfigurationLog(this.newest);
    copy.#known = this.#known.slice();
    return copy;
  }
}
