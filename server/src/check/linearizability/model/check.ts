import { finish, type Sliced } from "../../sliced.js";
import { Attempts } from "./attempts.js";
import { explain } from "./explain.js";
import { type ModelOperation, onlyReads } from "./operation.js";
import { modelProblem } from "./problem.js";
import { ModelSearch } from "./search.js";
import { emptyState, type ModelState } from "./state.js";
import type { ModelViolation } from "./violation.js";
import { checkModelWitness } from "./witness.js";

/** How to check a history by etcd's full model. */
export interface ModelOptions {
  /** Steps of the search after which nothing is proven. One step looks at one operation in one state. */
  readonly budget: number;
  /** Steps for making a violation small and saying what is wrong with it; left out, {@link EXPLAINING}. */
  readonly explaining?: number;
  /** Configurations and states that the search may keep, about a kilobyte each; left out, {@link ROOM}. */
  readonly room?: number;
  /** Ids in an order that the caller believes in, such as that of application in the log; tried first. */
  readonly witness?: readonly number[];
  /** The state before the history begins; left out, the empty store. */
  readonly initial?: ModelState;
  /**
   * Positions in the committed log, by id: these operations took effect, in the order of their positions. Best given for those of
   * unknown outcome only: what clients were answered should not have to be believed.
   */
  readonly committed?: ReadonlyMap<number, number>;
  /** Ids of operations that are not in the committed log and will not be: where their outcome is unknown, they took no effect. */
  readonly notCommitted?: ReadonlySet<number>;
}

/** Steps for explaining a violation where the caller does not say. */
export const EXPLAINING = 1_500_000;
/** Configurations and states that a search keeps where the caller does not say. */
export const ROOM = 300_000;

/** The verdict on a history. */
export type ModelVerdict =
  /** Ids of the operations that took effect or were answered, in an order that explains everything. */
  | { readonly kind: "ok"; readonly order: readonly number[]; readonly steps: number }
  | { readonly kind: "violation"; readonly violation: ModelViolation; readonly steps: number }
  /** The steps or the room were used up: the history may be linearizable or not. */
  | { readonly kind: "unproven"; readonly steps: number };

/** Decides whether one order of the operations explains all answers, down to revisions, leases and errors. */
export function checkModel(operations: readonly ModelOperation[], options: ModelOptions): ModelVerdict {
  return finish(modelInSlices(operations, options));
}

/** {@link checkModel} in pieces of some milliseconds. */
export function* modelInSlices(operations: readonly ModelOperation[], options: ModelOptions): Sliced<ModelVerdict> {
  const { budget, witness = [], committed, notCommitted, room = ROOM, explaining = EXPLAINING } = options;
  const relevant = relevantOf(operations, notCommitted);
  const initial = options.initial ?? emptyState(relevant.some(readsThePast));
  const log = [...(committed ?? [])].sort(([, a], [, b]) => a - b).map(([id]) => id);
  const order = yield* checkModelWitness(relevant, initial, log, witness);
  if (order !== null) return { kind: "ok", order, steps: 0 };
  const search = new ModelSearch(modelProblem(relevant, initial, log));
  const status = yield* search.inSlices(budget, room);
  const { steps } = search;
  switch (status.kind) {
    case "ok":
      return { kind: "ok", order: status.order, steps };
    case "out-of-steps":
    case "out-of-memory":
      return { kind: "unproven", steps };
    case "violation": {
      const reached = relevant.filter(({ return: end }) => end !== null)[search.furthest] ?? null;
      return {
        kind: "violation",
        violation: yield* explain(relevant, reached, new Attempts(initial, log, explaining, room)),
        steps,
      };
    }
  }
}

/** By call order, without what can neither be wrong nor have changed anything. */
function relevantOf(
  operations: readonly ModelOperation[],
  notCommitted: ReadonlySet<number> | undefined,
): ModelOperation[] {
  return operations
    .filter(({ id, return: end, request }) => end !== null || !(onlyReads(request) || notCommitted?.has(id)))
    .sort((a, b) => a.call - b.call);
}

function readsThePast({ request }: ModelOperation): boolean {
  const reads = (inner: typeof request | null): boolean => {
    if (inner?.kind === "range") return (inner.revision ?? 0) > 0;
    return inner?.kind === "txn" && [...inner.success, ...inner.failure].some(reads);
  };
  return reads(request);
}
