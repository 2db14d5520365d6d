import type { Compiled } from "./compile.js";
import { REFUSED } from "./problem.js";

/**
 * Checks an order that somebody believes in, in linear time: it must hold every operation that returned, keep the
 * order of operations that did not overlap, and give the results that were seen. Operations of unknown outcome stand
 * in it only if they took effect. `rank` gives an operation's place in the order by its id. Returns the ids in order,
 * or `null` when the order proves nothing.
 */
export function checkWitness(compiled: Compiled, rank: ReadonlyMap<number, number>): number[] | null {
  const { closed, open } = compiled;
  const total = closed.length + open.length;
  // Place and number of each operation in one number: sorting a column of these takes a fraction of sorting objects.
  const keys = new Float64Array(total);
  let count = 0;
  let returned = 0;
  for (let number = 0; number < total; number += 1) {
    const operation = number < closed.length ? closed[number] : open[number - closed.length];
    const place = operation === undefined ? undefined : rank.get(operation.id);
    if (place === undefined) continue;
    keys[count] = place * total + number;
    count += 1;
    if (number < closed.length) returned += 1;
  }
  if (returned !== closed.length) return null;
  const ids: number[] = [];
  let state = compiled.initial;
  let latestCall = -1;
  for (const key of keys.subarray(0, count).sort()) {
    const number = key % total;
    const seen = number < closed.length;
    const operation = seen ? closed[number] : open[number - closed.length];
    if (operation === undefined || (operation.return !== null && operation.return < latestCall)) return null;
    if (operation.call > latestCall) latestCall = operation.call;
    state = seen ? compiled.stepClosed(state, number) : compiled.stepOpen(state, number - closed.length);
    if (state === REFUSED) return null;
    ids.push(operation.id);
  }
  return ids;
}
