import type { Configuration, Index, Rules, ServerId } from "./types.js";

/**
 * Quorum arithmetic, all of it, for one configuration and for two at once (§5.2, §6; etcd's quorum package).
 */

/** Servers of which a majority has to agree. */
export interface Group {
  readonly servers: readonly ServerId[];
  /** How many make a majority. */
  readonly needed: number;
}

/** Every group has to agree: one in an ordinary configuration, C_old's and C_new's while joint. */
export type Quorum = readonly Group[];

/** More than half of `voters`. */
export function majority(voters: number): number {
  return Math.floor(voters / 2) + 1;
}

/** Votes that win an election (§5.2): of all voters, whether they are up or not. */
function votesToWin(rules: Rules, voters: number): number {
  return rules.majorityToWin ? majority(voters) : Math.ceil(voters / 2);
}

/**
 * Who has to agree in `configuration`. With learners-do-not-vote off a learner's vote or copy counts like a voter's, though
 * the majority is still one of the voters. While joint, both configurations have to agree, each by a majority of its own (§6).
 */
export function quorumOf(rules: Rules, configuration: Configuration): Quorum {
  const counted = (voters: readonly ServerId[]): Group => {
    const servers = rules.learnersDoNotVote ? voters : union(voters, configuration.learners);
    return { servers, needed: votesToWin(rules, voters.length) };
  };
  const incoming = counted(configuration.voters);
  return configuration.outgoing.length > 0 && rules.bothMajorities
    ? [incoming, counted(configuration.outgoing)]
    : [incoming];
}

/** How far a count got: in the group that lacks most, the servers that agree and how many there must be. */
export interface Tally {
  count: number;
  needed: number;
  /** Servers in that group. */
  size: number;
}

/** Whether every group has its majority of servers that `agrees` holds for. `tally` says how far the count got. */
export function reached(quorum: Quorum, agrees: (server: ServerId) => boolean, extra: number, tally: Tally): boolean {
  let lacking = Number.NEGATIVE_INFINITY;
  for (const group of quorum) {
    let count = extra;
    for (const server of group.servers) if (agrees(server)) count += 1;
    // Nobody can agree on anything in a configuration without voters.
    const lacks = group.servers.length === 0 ? 1 : group.needed - count;
    if (lacks > lacking) {
      lacking = lacks;
      tally.count = count;
      tally.needed = group.needed;
      tally.size = group.servers.length;
    }
  }
  return lacking <= 0;
}

/** Whether so many refuse that some group cannot reach its majority any more. */
export function outOfReach(quorum: Quorum, refuses: (server: ServerId) => boolean): boolean {
  for (const group of quorum) {
    let refused = 0;
    for (const server of group.servers) if (refuses(server)) refused += 1;
    if (refused > group.servers.length - group.needed) return true;
  }
  return false;
}

/**
 * The highest index that a majority of every group holds; `held` says up to where a server does. `scratch` is overwritten,
 * so that nothing is allocated.
 */
export function majorityIndex(quorum: Quorum, held: (server: ServerId) => Index, scratch: Index[]): Index {
  let lowest = Number.POSITIVE_INFINITY;
  for (const { servers, needed } of quorum) {
    // Insertion into descending order: for a handful of voters cheaper than any call to sort.
    let length = 0;
    for (const server of servers) {
      const index = held(server);
      let at = length;
      while (at > 0 && (scratch[at - 1] ?? 0) < index) {
        scratch[at] = scratch[at - 1] ?? 0;
        at -= 1;
      }
      scratch[at] = index;
      length += 1;
    }
    const index = length < needed ? 0 : (scratch[needed - 1] ?? 0);
    if (index < lowest) lowest = index;
  }
  return lowest;
}

/** Both lists in one, ascending and without repetition. */
export function union(a: readonly ServerId[], b: readonly ServerId[]): readonly ServerId[] {
  if (b.length === 0) return a;
  return [...new Set([...a, ...b])].sort((x, y) => x - y);
}
