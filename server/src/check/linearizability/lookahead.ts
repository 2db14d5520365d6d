import { type Action, type Operation, observes } from "./operation.js";
import type { Lookahead } from "./problem.js";
import { MISSING, type ValueId, type Values } from "./values.js";

/**
 * What is still wanted of one key: where values only grow by appends, a read that has not been placed yet shuts out every value that
 * is no beginning of what it saw, unless a write of such a beginning may still come before it. `null` where nothing is
 * appended: there the search is quick without.
 */
export function lookaheadOf(
  closed: readonly Operation[],
  open: readonly Operation[],
  values: Values,
): Lookahead | null {
  if (![...closed, ...open].some(({ action }) => action.kind === "append")) return null;
  const reads = closed.flatMap(({ action, return: end }, number) =>
    action.kind === "read" && end !== null ? [{ number, end, seen: values.id(action.value) }] : [],
  );
  reads.sort((a, b) => a.end - b.end);
  const rankOf = new Int32Array(closed.length).fill(-1);
  for (const [rank, { number }] of reads.entries()) rankOf[number] = rank;
  const closedResets = resetsOf(closed, values);
  const openResets = resetsOf(open, values);
  const before = (resets: readonly Reset[], end: number, seen: ValueId): number[] =>
    resets.filter(({ call, value }) => call < end && begins(value, seen, values)).map(({ number }) => number);
  const seenBy = Int32Array.from(reads, ({ seen }) => seen);
  return {
    reads: reads.length,
    rankOf,
    closedResets: reads.map(({ end, seen }) => before(closedResets, end, seen)),
    openResets: reads.map(({ end, seen }) => before(openResets, end, seen)),
    reaches: (state, rank) => begins(state, seenBy[rank] ?? MISSING, values),
  };
}

/** An operation that gives the key a value whatever it held. */
interface Reset {
  readonly number: number;
  readonly call: number;
  readonly value: ValueId;
}

function resetsOf(operations: readonly Operation[], values: Values): Reset[] {
  return operations.flatMap(({ action, call, return: end }, number): Reset[] => {
    const text = end !== null && observes(action) ? undefined : givenBy(action);
    return text === undefined ? [] : [{ number, call, value: values.id(text) }];
  });
}

function givenBy(action: Action): string | null | undefined {
  switch (action.kind) {
    case "write":
      return action.value;
    case "cas":
      return action.to;
    case "delete":
      return null;
    default:
      return undefined;
  }
}

/** Whether appends can make `value` of `start`; a missing key begins every value, itself included. */
function begins(start: ValueId, value: ValueId, values: Values): boolean {
  if (start === value || start === MISSING) return true;
  return value !== MISSING && values.startsWith(value, start);
}
