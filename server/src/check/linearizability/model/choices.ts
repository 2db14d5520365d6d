import type { Footprint } from "./operation.js";
import type { ModelProblem } from "./problem.js";

/** The open operations by what they can do, each list from the one called last on. */
export interface Choices {
  /** Can make some revision, and nobody knows which. */
  readonly free: readonly number[];
  /** Can change something without making a revision. */
  readonly quiet: readonly number[];
}

/** Sorts the operations of unknown outcome by what they can do. */
export function choicesOf({ open, pins }: ModelProblem): Choices {
  const free: number[] = [];
  const quiet: number[] = [];
  for (let number = open.length - 1; number >= 0; number -= 1) {
    const { operation, quiet: silent } = open[number] ?? {};
    if (operation === undefined) continue;
    if (silent) quiet.push(number);
    if (operation.request.kind === "compact" || operation.request.kind === "lease-grant") continue;
    if (pins.madeBy(number) === undefined) free.push(number);
  }
  return { free, quiet };
}

/** Whether what two operations touch besides keys has something in common. */
export function overlap(a: Footprint | undefined, b: Footprint): boolean {
  if (a === undefined) return false;
  for (const part of a) if (b.has(part)) return true;
  return false;
}
