import { keyStep, openName } from "./key-step.js";
import { type Operation, observes } from "./operation.js";
import type { Partition } from "./partition.js";
import { type ClosedOperation, type OpenOperation, type Problem, REFUSED } from "./problem.js";
import { TupleStates } from "./tuple-states.js";
import { Values } from "./values.js";

/** A partition with numbers for its operations and states. */
export interface Compiled extends Pick<Problem, "initial" | "stepClosed" | "stepOpen"> {
  readonly closed: readonly Operation[];
  readonly open: readonly Operation[];
}

type Step = (state: number) => number;

/** Gives numbers to the operations and states of a partition. Every key begins as `initial`. */
export function compile(partition: Partition, initial: string | null): Compiled {
  const { keys, operations } = partition;
  const values = new Values();
  const first = values.id(initial);
  const closed = operations.filter((operation) => operation.return !== null);
  const open = operations.filter((operation) => operation.return === null);
  const [onlyKey] = keys;
  const single = keys.length === 1 && onlyKey !== undefined && operations.every(({ action }) => "key" in action);
  const tuples = single ? null : new TupleStates(keys, first, values);
  const step = ({ action }: Operation, seen: boolean): Step =>
    tuples === null ? keyStep(action, seen, values) : tuples.step(action, seen);
  const closedSteps = closed.map((operation) => step(operation, true));
  const openSteps = open.map((operation) => step(operation, false));
  return {
    closed,
    open,
    initial: tuples === null ? first : tuples.initial,
    stepClosed: (state, operation) => closedSteps[operation]?.(state) ?? REFUSED,
    stepOpen: (state, operation) => openSteps[operation]?.(state) ?? REFUSED,
  };
}

/** What a search works on: made only where no witness spares it. */
export function problemOf({ closed, open, initial, stepClosed, stepOpen }: Compiled): Problem {
  return {
    closed: closed.map(({ call, return: end, action }): ClosedOperation => {
      return { call, return: end ?? call, observes: observes(action) };
    }),
    open: open.map(({ call, action }): OpenOperation => ({ call, sameAs: openName(action) })),
    initial,
    stepClosed,
    stepOpen,
  };
}
