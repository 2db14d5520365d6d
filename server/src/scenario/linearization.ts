import {
  type LinearizabilityOptions,
  linearizabilityInSlices,
  type NotLinearizable,
} from "../check/linearizability/check.js";
import { type KvHistory, kvHistory } from "../check/linearizability/kv-history.js";
import { modelInSlices } from "../check/linearizability/model/check.js";
import type { ModelViolation } from "../check/linearizability/model/violation.js";
import { type ModelHistory, modelHistoryInSlices } from "../check/linearizability/model-history.js";
import type { Operation } from "../check/linearizability/operation.js";
import type { SafetyChecker } from "../check/safety.js";
import type { Sliced } from "../check/sliced.js";
import type { Recording } from "../trace/recording.js";

/** Steps of a linearizability search: some seconds of work at most. */
const SEARCH_BUDGET = 5_000_000;
/** Steps of the search over whole stores: each costs more. */
const MODEL_BUDGET = 500_000;

/** The verdict on the operations of a run, with what shows it. Ids are the records' numbers; those of what no client sent are negative. */
export type OperationsVerdict =
  /** An order of everything, over the whole store with its revisions. */
  | { readonly kind: "ok"; readonly order: readonly number[] }
  | { readonly kind: "unproven"; readonly steps: number }
  /** By values alone, key by key: its counterexamples are the shortest. `history` and `options` are those of the check. */
  | {
      readonly kind: "by-key";
      readonly violation: NotLinearizable;
      readonly history: readonly Operation[];
      readonly options: LinearizabilityOptions;
    }
  | { readonly kind: "whole"; readonly violation: ModelViolation };

/**
 * First the order that the log shows, over the whole store with its revisions: nearly always it explains everything. Else key by key
 * and by values alone, where the history allows that: its counterexamples are the shortest. Else any order over the whole store.
 */
export function* judgeOperations(recording: Recording, checker: SafetyChecker): Sliced<OperationsVerdict> {
  const { history } = recording;
  const whole = yield* modelHistoryInSlices(history.operations, {
    log: checker.log,
    executedAt: (session, sequence) => checker.executedAt(session, sequence),
  });
  yield;
  const shown = yield* modelInSlices(whole.operations, { ...whole, budget: 0 });
  if (shown.kind === "ok") return { kind: "ok", order: shown.order };
  const values = kvHistory(history.operations, ({ session, sequence }) => checker.effectOf(session, sequence));
  const byKey = values.complete ? yield* judgeByKey(recording, values) : null;
  return byKey ?? (yield* judgeWhole(whole));
}

function* judgeWhole(whole: ModelHistory): Sliced<OperationsVerdict> {
  const verdict = yield* modelInSlices(whole.operations, { ...whole, budget: MODEL_BUDGET });
  switch (verdict.kind) {
    case "ok":
      return { kind: "ok", order: verdict.order };
    case "unproven":
      return { kind: "unproven", steps: verdict.steps };
    case "violation":
      return { kind: "whole", violation: verdict.violation };
  }
}

/** `null` where values alone show nothing wrong. */
function* judgeByKey(recording: Recording, { operations, witness }: KvHistory): Sliced<OperationsVerdict | null> {
  const given = givenWrites(recording);
  const options = { initial: null, budget: SEARCH_BUDGET, witness: [...given.map(({ id }) => id), ...witness] };
  const history = [...given, ...operations];
  const result = yield* linearizabilityInSlices(history, options);
  return result.kind === "violation" ? { kind: "by-key", violation: result.violation, history, options } : null;
}

/** Entries that servers were given to start with may take effect at any time, or never. */
function givenWrites({ world }: Recording): Operation[] {
  const puts = new Map<string, { readonly key: string; readonly value: string }>();
  for (const { log } of world.config.initial)
    for (const { put } of log) if (put !== null) puts.set(JSON.stringify(put), put);
  const count = puts.size;
  return [...puts.values()].map(({ key, value }, position) => ({
    id: -1 - position,
    client: 0,
    call: position - count - 1,
    return: null,
    action: { kind: "write", key, value },
  }));
}
