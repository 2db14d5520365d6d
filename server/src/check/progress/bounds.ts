import type { Micros, WorldConfig } from "../../sim/config.js";

/** How long a cluster may take, in terms of its settings. */
export interface ProgressBounds {
  /** One round of an election: the longest election timeout, a round trip, and the writes on both sides. */
  readonly round: Micros;
  /** Whoever leads this long lasts. */
  readonly lasting: Micros;
  /** Calm for so long, a cluster whose majority is connected has a leader that lasts, and commits what waits. */
  readonly bound: Micros;
}

/** Rounds after which a leader lasts: longer than any server waits for one. */
const LASTING_ROUNDS = 3;
/** Rounds within which there is one. If votes split in a third of all rounds, they do so for longer once in 60,000 runs. */
const BOUND_ROUNDS = 10;

/** The bounds of a cluster with these settings. */
export function progressBounds({ electionTimeout, latency, fsync }: WorldConfig): ProgressBounds {
  const round = electionTimeout.max + 2 * latency.max + 2 * fsync.max;
  return { round, lasting: LASTING_ROUNDS * round, bound: BOUND_ROUNDS * round };
}
