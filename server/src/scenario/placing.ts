import { committedStore } from "../check/committed-store.js";
import { linearizabilityInSlices, type NotLinearizable } from "../check/linearizability/check.js";
import { type Conflict, conflictOf } from "../check/linearizability/conflict.js";
import { minimiseInSlices } from "../check/linearizability/minimise.js";
import type { ModelViolation } from "../check/linearizability/model/violation.js";
import { linearizablePrefix, possibleValues } from "../check/linearizability/prefix.js";
import type { SafetyChecker } from "../check/safety.js";
import type { Sliced } from "../check/sliced.js";
import { machineOptions } from "../sim/machine-options.js";
import { outcomeText, valueText } from "../trace/operation-text.js";
import type { Recording } from "../trace/recording.js";
import { type BrokenRead, brokenReads, isHistoricRead } from "./historic-reads.js";
import { judgeOperations, type OperationsVerdict } from "./linearization.js";
import { type BrokenWatch, brokenWatches } from "./watch-checks.js";

/** Steps that making a counterexample small may take. */
const SMALL = 400_000;
/** Sets of keys without explanation that are looked at, each in turn. */
const MOST_STUCK = 8;

/** An operation that no order can place, with what shows it. Numbers are those of the history's records. */
export interface Stuck {
  readonly operation: number;
  /** The keys of the part that fails; empty where it is the whole store. */
  readonly keys: readonly string[];
  /** By call order, without the operation itself: alone with it, these have no explanation either. */
  readonly others: readonly number[];
  readonly conflict: Conflict;
  /** In what the answer differs from the nearest possible one, in words; `null` where the conflict says more. */
  readonly difference: string | null;
  /** Answers that were possible in the order found for everything before, in the words of the language. */
  readonly possible: readonly string[];
}

/** Where each operation of a run may have taken effect, and what nothing explains. */
export interface Placing {
  readonly kind: "ok" | "violation" | "unproven";
  /** Orders of the records' numbers: one of everything, or one for each set of keys. Of a part that fails: its longest beginning. */
  readonly orders: readonly (readonly number[])[];
  readonly stuck: readonly Stuck[];
  /** Steps after which the search gave up; 0 where it did not. */
  readonly steps: number;
  /** Weaker reads whose answers no state explains. */
  readonly reads: readonly BrokenRead[];
  readonly watches: readonly BrokenWatch[];
}

/** Checks what the clients of a run saw, as its verdict does, and keeps what shows it. In pieces of some milliseconds. */
export function* placeOperations(recording: Recording, checker: SafetyChecker): Sliced<Placing> {
  const placed = yield* placedBy(yield* judgeOperations(recording, checker));
  const { history, world } = recording;
  if (history.watches.length === 0 && !history.operations.some(isHistoricRead))
    return { ...placed, reads: [], watches: [] };
  yield;
  const committed = committedStore(checker.log, machineOptions(world.config));
  yield;
  const reads = brokenReads(recording, committed);
  yield;
  return { ...placed, reads, watches: brokenWatches(recording, committed, checker.count > 0) };
}

type Placed = Pick<Placing, "kind" | "orders" | "stuck" | "steps">;

function* placedBy(verdict: OperationsVerdict): Sliced<Placed> {
  switch (verdict.kind) {
    case "ok":
      return { kind: "ok", orders: [ofClients(verdict.order)], stuck: [], steps: 0 };
    case "unproven":
      return { kind: "unproven", orders: [], stuck: [], steps: verdict.steps };
    case "whole": {
      const { prefix } = verdict.violation;
      const orders = prefix === null ? [] : [ofClients(prefix)];
      return { kind: "violation", orders, stuck: [stuckInStore(verdict.violation)], steps: 0 };
    }
    case "by-key":
      return yield* placedByKey(verdict);
  }
}

/** The part that failed first, and the others after it, each as far as it can be explained. */
function* placedByKey({ violation, history, options }: OperationsVerdict & { kind: "by-key" }): Sliced<Placed> {
  const stuck: Stuck[] = [];
  const orders: (readonly number[])[] = [];
  let rest = history;
  for (let failed: NotLinearizable | null = violation; failed !== null; ) {
    const prefix = yield* linearizablePrefix(failed, options);
    stuck.push(yield* stuckAt(failed, prefix, options.initial));
    orders.push(...(prefix ?? []).map(ofClients));
    const keys = new Set(failed.keys);
    const first: ReadonlySet<number> = new Set(failed.history.map(({ id }) => id));
    rest = rest.filter(({ id, action }) => !first.has(id) && !("key" in action && keys.has(action.key)));
    failed = null;
    if (stuck.length === MOST_STUCK) break;
    const result = yield* linearizabilityInSlices(rest, options);
    if (result.kind === "violation") failed = result.violation;
    if (result.kind === "ok") orders.push(...result.orders.map(ofClients));
  }
  return { kind: "violation", orders, stuck, steps: 0 };
}

function* stuckAt(
  violation: NotLinearizable,
  prefix: readonly (readonly number[])[] | null,
  initial: string | null,
): Sliced<Stuck> {
  const { blocked, keys } = violation;
  const small = yield* minimiseInSlices(violation, { initial, budget: SMALL });
  const conflict = conflictOf(violation, small);
  const possible = prefix === null ? [] : possibleValues(violation, prefix.flat(), initial);
  return {
    operation: blocked.id,
    keys,
    others: ofClients(small.map(({ id }) => id)).filter((id) => id !== blocked.id),
    conflict,
    difference: null,
    possible: possible.map((value) => (value === null ? "none" : valueText(value))),
  };
}

function stuckInStore({ blocked, history, fit }: ModelViolation): Stuck {
  return {
    operation: blocked.id,
    keys: [],
    others: ofClients(history.map(({ id }) => id)).filter((id) => id !== blocked.id),
    conflict: { kind: "together" },
    difference: fit?.difference ?? null,
    possible: fit === null ? [] : [outcomeText({ kind: "result", result: fit.expected })],
  };
}

/** Without what no client sent. */
function ofClients(order: readonly number[]): number[] {
  return order.filter((id) => id > 0);
}
