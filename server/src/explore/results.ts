/**
 * The shape of `test/explore/results.json`: what searches and soaks found, for documents that are made from it. Written by
 * `npm run search -- --write` and `npm run soak -- --write`, each its own part; nobody edits it.
 */
export interface ExploreResults {
  readonly version: 1;
  readonly search: readonly SearchRow[];
  readonly soak: readonly SoakRow[];
}

/** Several measurements of one thing. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** A search at the protocol's level for one way to break Raft in clusters of one size, once for each seed. */
export interface SearchRow {
  /** Rules that were off, as scenarios write them; none for correct Raft. */
  readonly rulesOff: readonly string[];
  readonly servers: number;
  /** The seeds searched: from the first to the last. */
  readonly seeds: readonly [first: number, last: number];
  /** Events after which the search of a seed was given up. */
  readonly mostEvents: number;
  /** How many seeds broke a property. */
  readonly found: number;
  /** What fell first, and in how many of the seeds; the most frequent first. */
  readonly properties: readonly { readonly property: string; readonly seeds: number }[];
  /** Events to the first violation, over the seeds that had one; `null` when none had. */
  readonly events: Spread | null;
  /** Seconds of processor time to the first violation, likewise. */
  readonly seconds: Spread | null;
  /** Events of all seeds per second of processor time. */
  readonly eventsPerSecond: number;
  readonly shortest: ShortestRun | null;
}

/** The shortest way to break a property that was found: a random run from which everything needless was left out. */
export interface ShortestRun {
  readonly property: string;
  /** Messages delivered, timers fired, servers crashed, commands and requests. */
  readonly events: number;
  readonly servers: number;
  /** The run that it was made from. */
  readonly seed: number;
  readonly run: number;
  /** Whether it needs no disk that is slow. */
  readonly instantDisk: boolean;
  /** Each step in words, restarts and completed writes included. */
  readonly steps: readonly string[];
}

/** Soaks of random scenarios with one way to break Raft: how many runs it took until one was wrong. */
export interface SoakRow {
  readonly rulesOff: readonly string[];
  /** Soaks made, each from another seed on. */
  readonly soaks: number;
  /** Soaks that found something. */
  readonly found: number;
  /** Runs after which a soak was given up. */
  readonly mostRuns: number;
  readonly properties: readonly { readonly property: string; readonly soaks: number }[];
  /** Runs to the first that was wrong, it included, over the soaks that found one; `null` when none did. */
  readonly runs: Spread | null;
}

/** The spread of some numbers; `null` of none. */
export function spreadOf(values: readonly number[]): Spread | null {
  const sorted = [...values].sort((a, b) => a - b);
  const [min] = sorted;
  const max = sorted.at(-1);
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  if (min === undefined || max === undefined || upper === undefined || lower === undefined) return null;
  // Thousandths of a second are the finest that is measured.
  return { min, median: Math.round(((lower + upper) / 2) * 1000) / 1000, max };
}

/** How often each of some names stands in a list, the most frequent first. */
export function tally(names: readonly string[]): readonly (readonly [name: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
