import type { Step } from "./program.js";

/** A step that does others. */
export type BlockStep = Extract<Step, { readonly body: readonly Step[] }>;

/** Whether a step is a block of others: `repeat`, `every`, `async`, `until`. Those of a nemesis are not done in order. */
export function isBlock(step: Step): step is BlockStep {
  return "body" in step;
}
