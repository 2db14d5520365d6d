import type { Sliced } from "../sliced.js";
import type { Problem } from "./problem.js";
import { Search } from "./search.js";

/**
 * The first closed operation, by returns, up to which nothing explains a history that is known not to be linearizable.
 * Everything that returned before `from` can be explained. Ever longer beginnings are searched and then between: whether they can be
 * explained only goes from yes to no. Where the budget ends it, a later operation is named, of which the same is true but for
 * being the first.
 */
export function* firstBlocked(
  problem: Problem,
  from: number,
  budget: number,
): Sliced<{ readonly blocked: number; readonly used: number }> {
  const { closed } = problem;
  const endOf = (operation: number): number => closed[operation]?.return ?? 0;
  const returns = [...closed.keys()].filter((operation) => endOf(operation) >= endOf(from));
  returns.sort((a, b) => endOf(a) - endOf(b));
  const last = returns.length - 1;
  let used = 0;
  const fails = function* (at: number): Sliced<boolean> {
    const operation = returns[at];
    if (operation === undefined || at >= last) return true;
    const search = new Search(problem, endOf(operation));
    const result = search.run(budget - used);
    used += result.used;
    search.release();
    yield;
    return result.status.kind === "violation";
  };
  let low = 0;
  let high = 0;
  for (let stride = 1; !(yield* fails(high)); stride *= 2) {
    low = high + 1;
    high = Math.min(last, high + stride);
  }
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (yield* fails(middle)) high = middle;
    else low = middle + 1;
  }
  return { blocked: returns[high] ?? from, used };
}
