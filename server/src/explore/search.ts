import { RandomStream } from "../sim/random.js";
import type { Finding } from "./judge.js";
import type { Step } from "./step.js";
import { drawPlan, type Plan, type Scope } from "./swarm.js";
import { Walk } from "./walk.js";

/** What a search of one seed did. */
export interface SearchReport {
  readonly seed: number;
  /** Runs made, the one that found something included. */
  readonly runs: number;
  /** Events of all of them. */
  readonly events: number;
  /** The first run in which a property fell. */
  readonly found: FoundRun | null;
}

/** A run in which a property fell: seed and number repeat it. */
export interface FoundRun {
  readonly seed: number;
  readonly run: number;
  readonly plan: Plan;
  readonly finding: Finding;
}

/**
 * Goes through the runs of a seed after number `after`, each random, until a property falls or more than `mostEvents` were
 * used.
 */
export function search(scope: Scope, seed: number, mostEvents: number, after = 0): SearchReport {
  let walk: Walk | null = null;
  let events = 0;
  let run = after;
  while (events < mostEvents) {
    run += 1;
    const { plan, random } = beginning(scope, seed, run);
    walk ??= new Walk(plan, random);
    const finding = walk.run(plan, random);
    events += walk.stage.events;
    if (finding !== null) return { seed, runs: run - after, events, found: { seed, run, plan, finding } };
  }
  return { seed, runs: run - after, events, found: null };
}

/** A run with all its steps. */
export interface Repeated {
  readonly plan: Plan;
  readonly steps: readonly Step[];
  readonly finding: Finding | null;
}

/** Repeats one run of a search, step by step. */
export function repeat(scope: Scope, seed: number, run: number): Repeated {
  const { plan, random } = beginning(scope, seed, run);
  const walk = new Walk(plan, random);
  const steps: Step[] = [];
  walk.stage.listener = (step) => {
    steps.push(step);
  };
  const finding = walk.run(plan, random);
  return { plan, steps, finding };
}

/** Each run has randomness of its own, so that it can be repeated without those before it. */
function beginning(scope: Scope, seed: number, run: number): { plan: Plan; random: RandomStream } {
  const random = RandomStream.of(seed, `walk ${run}`);
  return { plan: drawPlan(scope, random), random };
}
