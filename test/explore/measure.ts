import type { ShortestRun } from "../../server/src/explore/results.js";
import { type FoundRun, repeat, type SearchReport, search } from "../../server/src/explore/search.js";
import { rulesWithout } from "../../server/src/explore/setup.js";
import { shrink } from "../../server/src/explore/shrink.js";
import { stepText } from "../../server/src/explore/step.js";
import type { Scope } from "../../server/src/explore/swarm.js";
import { timed } from "../bench/measure.js";

/** The search of one seed, with the processor time it took. */
export interface Searched {
  readonly report: SearchReport;
  readonly seconds: number;
}

/** Events of correct Raft that are searched before anything is measured, so that compiled code is. */
const WARM_UP = 500_000;
/** Further runs that are looked for in the hope of a shorter one, and the events to spend on that. */
const MORE_RUNS = 30;
const MORE_EVENTS = 20_000_000;
/** Times that a run is done again to find what it does not need. */
const SHRINK_ATTEMPTS = 3000;

let warm = false;

/** Searches each seed until something falls. */
export function searchSeeds(
  off: readonly string[],
  servers: number,
  first: number,
  last: number,
  mostEvents: number,
): readonly Searched[] {
  if (!warm) search({ rules: rulesWithout([]), servers: [3, 5], invariants: false }, 1, WARM_UP);
  warm = true;
  const scope = scopeOf(off, servers);
  const searched: Searched[] = [];
  for (let seed = first; seed <= last; seed += 1) {
    const { value: report, seconds } = timed(() => search(scope, seed, mostEvents));
    searched.push({ report, seconds });
  }
  return searched;
}

/** The shortest violation that shrinking finds among those given and some more. */
export function findShortest(
  off: readonly string[],
  servers: number,
  found: readonly Searched[],
  mostEvents: number,
): ShortestRun | null {
  const scope = scopeOf(off, servers);
  let best: ShortestRun | null = null;
  const consider = (run: FoundRun): void => {
    const shrunk = shortened(scope, run);
    if (shrunk !== null && (best === null || shrunk.events < best.events)) best = shrunk;
  };
  for (const { report } of found) if (report.found !== null) consider(report.found);
  const seed = found[0]?.report.seed;
  if (seed === undefined) return best;
  let after = found[0]?.report.found?.run ?? 0;
  let left = Math.min(MORE_EVENTS, mostEvents);
  for (let more = 0; more < MORE_RUNS && left > 0; more += 1) {
    const report = search(scope, seed, left, after);
    left -= report.events;
    if (report.found === null) break;
    after = report.found.run;
    consider(report.found);
  }
  return best;
}

/** Where all rules are on, nothing falls for a known reason: then everything is checked. */
function scopeOf(off: readonly string[], servers: number): Scope {
  return { rules: rulesWithout(off), servers: [servers], invariants: off.length === 0 };
}

function shortened(scope: Scope, { seed, run, finding }: FoundRun): ShortestRun | null {
  const { plan, steps } = repeat(scope, seed, run);
  const shrunk = shrink(plan, steps, finding.property, SHRINK_ATTEMPTS);
  if (shrunk === null) return null;
  const name = (id: number): string => (id <= plan.servers ? `s${id}` : `c${id - plan.servers}`);
  return {
    property: finding.property,
    events: shrunk.events,
    servers: plan.servers,
    seed,
    run,
    instantDisk: shrunk.instantDisk,
    steps: shrunk.steps.map((step) => stepText(step, name)),
  };
}
