import type { Compiled } from "./compile.js";
import { REFUSED } from "./problem.js";

/**
 * Checks an order that somebody believes in, in linear time: it must hold every operation that returned, keep the
 * order of operations that did not overlap, and give the results that were seen. Operations of unknown outcome stand
 * in it only if they took effect. `rank` gives an operation's place in the order by its id. Returns the ids in order,
 * or `null` when the order proves nothing.
 */
export function checkWitness(compiled: Compiled, rank: ReadonlyMap<number, number>): number[] | null {
  const { problem, closed, open } = compiled;
  const steps = [
    ...closed.map((operation, number) => ({ operation, number, seen: true })),
    ...open.map((operation, number) => ({ operation, number, seen: false })),
  ].flatMap((step) => {
    const place = rank.get(step.operation.id);
    return place === undefined ? [] : [{ ...step, place }];
  });
  if (steps.filter(({ seen }) => seen).length !== closed.length) return null;
  steps.sort((a, b) => a.place - b.place);
  let state = problem.initial;
  let latestCall = -1;
  for (const { operation, number, seen } of steps) {
    if (operation.return !== null && operation.return < latestCall) return null;
    latestCall = Math.max(latestCall, operation.call);
    state = seen ? problem.stepClosed(state, number) : problem.stepOpen(state, number);
    if (state === REFUSED) return null;
  }
  return steps.map(({ operation }) => operation.id);
}
