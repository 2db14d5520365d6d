import { keyStep, openName } from "./key-step.js";
import { lookaheadOf } from "./lookahead.js";
import type { MemoryShare } from "./memory.js";
import { type Operation, observes } from "./operation.js";
import type { Partition } from "./partition.js";
import { type ClosedOperation, type Lookahead, type OpenOperation, type Problem, REFUSED } from "./problem.js";
import { TupleStates } from "./tuple-states.js";
import { forgetUnseen } from "./unseen.js";
import { Values } from "./values.js";

/** A partition with numbers for its operations and states. */
export interface Compiled extends Pick<Problem, "initial" | "stepClosed" | "stepOpen" | "share"> {
  readonly closed: readonly Operation[];
  readonly open: readonly Operation[];
  /** Made only where no witness spares the search. */
  lookahead(): Lookahead | null;
  /** Makes one of states that no operation can tell apart; for the search only, like the lookahead. */
  forget(): (state: number) => number;
}

type Step = (state: number) => number;

/** Gives numbers to the operations and states of a partition. Every key begins as `initial`. States are charged to `share`. */
export function compile(partition: Partition, initial: string | null, share: MemoryShare): Compiled {
  const { keys, operations } = partition;
  const values = new Values(share);
  const first = values.id(initial);
  const closed = operations.filter((operation) => operation.return !== null);
  const open = operations.filter((operation) => operation.return === null);
  const [onlyKey] = keys;
  const single = keys.length === 1 && onlyKey !== undefined && operations.every(({ action }) => "key" in action);
  const tuples = single ? null : new TupleStates(keys, first, values, share);
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
    lookahead: () => (single ? lookaheadOf(closed, open, values) : null),
    forget: () => (single ? forgetUnseen(closed, open, values) : (state) => state),
    share,
  };
}

/** What a search works on: made only where no witness spares it. */
export function problemOf(compiled: Compiled): Problem {
  const { closed, open, initial, share } = compiled;
  const forget = compiled.forget();
  return {
    closed: closed.map(({ call, return: end, action }): ClosedOperation => {
      return { call, return: end ?? call, observes: observes(action) };
    }),
    open: open.map(({ call, action }): OpenOperation => ({ call, sameAs: openName(action) })),
    initial,
    stepClosed: (state, operation) => forget(compiled.stepClosed(state, operation)),
    stepOpen: (state, operation) => forget(compiled.stepOpen(state, operation)),
    lookahead: compiled.lookahead(),
    share,
  };
}
