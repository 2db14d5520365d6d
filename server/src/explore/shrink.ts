import { type Outcome, Rerun } from "./rerun.js";
import { isEvent, type Step } from "./step.js";
import type { Plan } from "./swarm.js";

/** A run with as little in it as a property needs to fall. */
export interface Shrunk {
  readonly steps: readonly Step[];
  /** Those of the steps that count as events. */
  readonly events: number;
  /** Nobody waits for a disk in these steps: every write is durable at once. */
  readonly instantDisk: boolean;
}

/**
 * Leaves out of a run what the property does not need to fall, half of what is left at first and single steps at last
 * (delta debugging). `attempts` bounds the work. Returns `null` when the steps, done again, do not break the property.
 */
export function shrink(plan: Plan, steps: readonly Step[], property: string, attempts: number): Shrunk | null {
  const rerun = new Rerun(plan);
  let left = attempts;
  const breaks = (tried: readonly Step[], instantDisk: boolean): readonly Step[] | null => {
    left -= 1;
    const outcome: Outcome = rerun.run(tried, instantDisk);
    if (outcome.finding?.property !== property) return null;
    return instantDisk ? outcome.steps.filter(({ kind }) => kind !== "persist") : outcome.steps;
  };

  const reduced = (whole: readonly Step[], instantDisk: boolean): readonly Step[] => {
    let best = whole;
    let size = Math.ceil(best.length / 2);
    let removed = false;
    // Single steps are tried until none can be spared: without one, another may be needless too.
    while (size >= 1 && left > 0) {
      removed = false;
      for (let from = best.length - size; from > -size && left > 0; from -= size) {
        const first = Math.max(0, from);
        const shorter = breaks([...best.slice(0, first), ...best.slice(first + size)], instantDisk);
        if (shorter === null || shorter.length >= best.length) continue;
        best = shorter;
        removed = true;
      }
      if (size === 1 && !removed) break;
      size = removed ? Math.min(size, Math.max(1, Math.ceil(best.length / 2))) : Math.floor(size / 2);
    }
    return best;
  };

  const instant = breaks(steps, true);
  const whole = instant ?? breaks(steps, false);
  if (whole === null) return null;
  let best = reduced(whole, instant !== null);
  let instantDisk = instant !== null;
  if (!instantDisk) {
    // Much that needed a slow disk may be gone.
    const simpler = breaks(best, true);
    if (simpler !== null) {
      instantDisk = true;
      best = reduced(simpler, true);
    }
  }
  return { steps: best, events: best.filter(isEvent).length, instantDisk };
}
