import type { Action, Operation } from "./operation.js";
import { REFUSED } from "./problem.js";
import { MISSING, type ValueId, type Values } from "./values.js";

/**
 * Makes one of all values that no operation can tell apart: those that nothing was seen to hold and, where values grow by
 * appends, that begin nothing that was seen. So the orders of operations that come to nothing are tried once.
 */
export function forgetUnseen(
  closed: readonly Operation[],
  open: readonly Operation[],
  values: Values,
): (state: ValueId) => ValueId {
  const seen = new Set<string>();
  for (const { action } of closed) for (const text of seenBy(action)) seen.add(text);
  // Of an open operation no result is looked at: only what it takes effect on matters.
  for (const { action } of open) if (action.kind === "cas") seen.add(action.from);
  const grows = [...closed, ...open].some(({ action }) => action.kind === "append");
  const sorted = grows ? [...seen].sort(inCodeUnits) : [];
  const matters = (value: ValueId): boolean => {
    const text = values.text(value);
    return seen.has(text) || (grows && (sorted[firstNotBefore(sorted, text)]?.startsWith(text) ?? false));
  };
  const known: ValueId[] = [];
  let unseen: ValueId | null = null;
  return (state) => {
    if (state === REFUSED || state === MISSING) return state;
    let result = known[state];
    if (result === undefined) {
      if (matters(state)) result = state;
      else {
        unseen ??= state;
        result = unseen;
      }
      known[state] = result;
    }
    return result;
  };
}

/** The values that an action's result or effect asks for. */
function seenBy(action: Action): string[] {
  const texts = (...all: (string | null | undefined)[]): string[] =>
    all.filter((text) => text !== null && text !== undefined);
  switch (action.kind) {
    case "read":
      return texts(action.value);
    case "write":
      return texts(action.previous);
    case "cas":
      return texts(action.from, action.actual);
    default:
      return [];
  }
}

function inCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function firstNotBefore(sorted: readonly string[], text: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? "") < text) low = middle + 1;
    else high = middle;
  }
  return low;
}
