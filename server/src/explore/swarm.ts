import type { Rules } from "../raft/types.js";
import type { RandomStream } from "../sim/random.js";
import type { Setup } from "./setup.js";

/** What a search may draw its runs from. */
export interface Scope {
  readonly rules: Rules;
  /** Numbers of servers to choose among. */
  readonly servers: readonly number[];
  /** Check the invariants besides the safety properties too. */
  readonly invariants: boolean;
}

/** Weights of what may happen next; only their proportions count. */
export interface Weights {
  /** A message in flight is delivered. */
  readonly deliver: number;
  /** A message kept back earlier is delivered. */
  readonly late: number;
  readonly election: number;
  readonly heartbeat: number;
  /** A leader gets a command, or a client begins an operation. */
  readonly request: number;
  /** A leader is asked to change the configuration. */
  readonly change: number;
  /** A leader is asked to hand over its leadership. */
  readonly transfer: number;
  /** A server takes a snapshot. */
  readonly snapshot: number;
  /** A client's timer fires. */
  readonly impatience: number;
  readonly disk: number;
  readonly crash: number;
  readonly restart: number;
  /** The network is divided in two, or is whole again. */
  readonly divide: number;
}

/** Messages that may be kept back: all, or, so that they are not pushed out by others, only the ones that carry something. */
export type SlowKind = "all" | "entries" | "successes" | "votes";

/**
 * What one run is like: each run draws its own (swarm testing). Runs that differ much find more than runs that all mix
 * everything: what is rare in one is all that happens in another.
 */
export interface Plan extends Setup {
  readonly weights: Weights;
  /** Chance that a message is lost when sent. */
  readonly loss: number;
  /** Chance that a delivered message stays in flight and may be delivered again. */
  readonly duplicate: number;
  /** Chance that a message is kept back when sent, to be delivered much later or never. */
  readonly slow: number;
  /** Which messages may be. */
  readonly slowKind: SlowKind;
  /** Chance that the oldest message in flight is delivered, and not any. */
  readonly inOrder: number;
  /** Most messages in flight; one more replaces another. */
  readonly inFlight: number;
  /** Most messages kept back. */
  readonly keptBack: number;
  /** Writes are durable at once. */
  readonly instantDisk: boolean;
  /** Most commands or operations. */
  readonly requests: number;
  /** Events after which the run ends. */
  readonly events: number;
  /** The run ends in peace: see `Walk`. */
  readonly calm: boolean;
}

/** Draws the plan of a run. */
export function drawPlan(scope: Scope, random: RandomStream): Plan {
  const pick = <T>(values: readonly T[], first: T): T => values[random.integer(0, values.length - 1)] ?? first;
  /** Between `least` and `most`, each order of magnitude alike. */
  const spread = (least: number, most: number): number => least * (most / least) ** random.fraction();
  const some = (chance: number, value: () => number): number => (random.fraction() < chance ? value() : 0);

  const servers = pick(scope.servers, 3);
  const changes = random.fraction() < 0.25;
  const voters = changes && random.fraction() < 0.7 ? random.integer(Math.min(2, servers), servers) : servers;
  const snapshots = random.fraction() < 0.25;
  const taken = { every: random.integer(1, 6), keep: pick([0, 0, 1, 3], 0), chunk: pick([40, 65_536], 65_536) };
  const learners = random.fraction() < 0.3 ? random.integer(0, servers - voters) : 0;
  const clients = random.fraction() < 0.3 ? pick([1, 2, 3], 2) : 0;
  const instantDisk = random.fraction() < 0.6;
  const crash = some(0.6, () => spread(0.003, 0.08));
  const slow = some(0.5, () => spread(0.02, 0.3));
  const divide = some(0.5, () => spread(0.003, 0.1));
  return {
    servers,
    voters,
    learners,
    membership: random.fraction() < 0.5 ? "joint" : "single",
    clients,
    snapshot: snapshots && random.fraction() < 0.5 ? taken : null,
    preVote: random.fraction() < 0.1,
    checkQuorum: random.fraction() < 0.1,
    reads: clients > 0 && random.fraction() < 0.2 ? "log" : "read-index",
    appendLimit: pick([1, 1, 2, 64], 1),
    inflight: pick([1, 2, 16], 1),
    rules: scope.rules,
    invariants: scope.invariants,
    weights: {
      deliver: 1,
      late: slow > 0 || divide > 0 ? spread(0.003, 0.2) : 0,
      election: spread(0.01, 0.3),
      heartbeat: some(0.8, () => spread(0.01, 0.3)),
      request: clients > 0 ? spread(0.03, 0.5) : spread(0.01, 0.2),
      change: changes ? spread(0.01, 0.2) : 0,
      transfer: some(0.15, () => spread(0.005, 0.05)),
      snapshot: snapshots ? spread(0.01, 0.2) : 0,
      impatience: clients > 0 ? spread(0.01, 0.2) : 0,
      disk: instantDisk ? 0 : spread(0.1, 2),
      crash,
      restart: crash > 0 ? spread(0.02, 0.5) : 0,
      divide,
    },
    loss: some(0.5, () => spread(0.02, 0.5)),
    duplicate: some(0.4, () => spread(0.02, 0.4)),
    slow,
    slowKind: pick<SlowKind>(["all", "all", "entries", "successes", "votes"], "all"),
    inOrder: pick([0, 0, 0.5, 0.9], 0),
    inFlight: pick([4, 8, 16, 32], 16),
    keptBack: pick([2, 4, 8, 16], 8),
    instantDisk,
    requests: pick([1, 2, 3, 5, 8, 20], 5),
    events: pick([50, 100, 200, 400, 800], 200),
    calm: random.fraction() < 0.5,
  };
}
