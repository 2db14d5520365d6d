import { committedStore } from "../check/committed-store.js";
import { checkLinearizability } from "../check/linearizability/check.js";
import { type KvHistory, kvHistory } from "../check/linearizability/kv-history.js";
import { checkModel } from "../check/linearizability/model/check.js";
import type { ModelOperation } from "../check/linearizability/model/operation.js";
import type { ModelViolation } from "../check/linearizability/model/violation.js";
import { type ModelHistory, modelHistory } from "../check/linearizability/model-history.js";
import type { Operation } from "../check/linearizability/operation.js";
import type { SafetyChecker } from "../check/safety.js";
import { requestText } from "../kv/request-text.js";
import { commas, semicolons } from "../l10n/joined.js";
import { t } from "../l10n/text.js";
import type { OperationRecord } from "../sim/history.js";
import { machineOptions } from "../sim/machine-options.js";
import { operationText, outcomeText } from "../trace/operation-text.js";
import type { Recording } from "../trace/recording.js";
import { historicReadFindings, isHistoricRead } from "./historic-reads.js";
import { checkWatches } from "./watch-checks.js";

/** Steps of a linearizability search: some seconds of work at most. */
const SEARCH_BUDGET = 5_000_000;
/** Steps of the search over whole stores: each costs more. */
const MODEL_BUDGET = 500_000;
/** Operations of a failing history that a message spells out. */
const SHOWN = 6;

/** A broken property, before the scenario's expectations are looked at. */
export interface Found {
  readonly property: string;
  readonly eventId: number;
  readonly message: string;
}

/** What the checks of the clients' history found. */
export interface HistoryFindings {
  readonly found: readonly Found[];
  /** What a checker could not decide within its budget, for people; empty when everything was decided. */
  readonly unproven: readonly string[];
}

/** Checks what clients saw, at the end of a run: linearizability, what weaker reads promise, and what watches were promised. */
export function checkHistory(recording: Recording, checker: SafetyChecker): HistoryFindings {
  const { found, unproven } = checkOperations(recording, checker);
  const { history, world } = recording;
  if (history.watches.length === 0 && !history.operations.some(isHistoricRead)) return { found, unproven };
  const committed = committedStore(checker.log, machineOptions(world.config));
  return {
    found: [
      ...found,
      ...historicReadFindings(recording, committed),
      ...checkWatches(recording, committed, checker.count > 0),
    ],
    unproven,
  };
}

/**
 * First the order that the log shows, over the whole store with its revisions: nearly always it explains everything. Else key by key
 * and by values alone, where the history allows that: its counterexamples are the shortest. Else any order over the whole store.
 */
function checkOperations(recording: Recording, checker: SafetyChecker): HistoryFindings {
  const { history } = recording;
  const whole = modelHistory(history.operations, {
    log: checker.log,
    executedAt: (session, sequence) => checker.executedAt(session, sequence),
  });
  if (checkModel(whole.operations, { ...whole, budget: 0 }).kind === "ok") return { found: [], unproven: [] };
  const values = kvHistory(history.operations, ({ session, sequence }) => checker.effectOf(session, sequence));
  const byKey = values.complete ? checkByKey(recording, values) : null;
  return byKey !== null && byKey.found.length > 0 ? byKey : checkWhole(recording, whole);
}

function checkWhole(recording: Recording, whole: ModelHistory): HistoryFindings {
  const verdict = checkModel(whole.operations, { ...whole, budget: MODEL_BUDGET });
  switch (verdict.kind) {
    case "ok":
      return { found: [], unproven: [] };
    case "unproven":
      return { found: [], unproven: [t("linearizability is undecided after {0} steps", verdict.steps)] };
    case "violation":
      return { found: [modelFound(recording, verdict.violation)], unproven: [] };
  }
}

function modelFound({ history, world, log }: Recording, violation: ModelViolation): Found {
  const { blocked, fit } = violation;
  const text = ({ id, request, return: end }: ModelOperation): string => {
    const record = history.operation(id);
    if (record === undefined) return requestText(request);
    const outcome = end === null || record.outcome === null ? t("no answer") : outcomeText(record.outcome);
    const revision = record.outcome?.kind === "result" ? ` rev ${record.outcome.result.revision}` : "";
    return `${world.nameOf(record.client)} ${operationText(record.body)} => ${outcome}${end === null ? "" : revision}`;
  };
  const before = violation.history.filter(({ id }) => id !== blocked.id).slice(-SHOWN);
  const said =
    fit === null
      ? t("{0}: no order of all operations explains it", text(blocked))
      : t("{0}: no order of all operations explains it ({1})", text(blocked), fit.difference);
  const message = before.length === 0 ? said : t("{0}; with it: {1}", said, semicolons(before.map(text)));
  return { property: "linearizability", eventId: history.operation(blocked.id)?.returnEvent ?? log.count - 1, message };
}

function checkByKey(recording: Recording, { operations, witness }: KvHistory): HistoryFindings {
  const { history, world } = recording;
  const given = givenWrites(recording);
  const options = { initial: null, budget: SEARCH_BUDGET, witness: [...given.map(({ id }) => id), ...witness] };
  const result = checkLinearizability([...given, ...operations], options);
  switch (result.kind) {
    case "ok":
      return { found: [], unproven: [] };
    case "unproven":
      return {
        found: [],
        unproven: [t("linearizability of {0} is undecided after {1} steps", commas(result.keys), result.steps)],
      };
    case "violation": {
      const { blocked, history: part, keys } = result.violation;
      const text = (operation: Operation): string => {
        const record = history.operation(operation.id);
        if (record === undefined) return t("a given entry");
        const outcome =
          operation.return === null || record.outcome === null ? t("no answer yet") : outcomeText(record.outcome);
        return replacedText(`${world.nameOf(record.client)} ${operationText(record.body)} => ${outcome}`, record);
      };
      const before = part.filter(({ id }) => id !== blocked.id).slice(-SHOWN);
      const message = t(
        "{0}: no order of the operations on {1} explains it; before it: {2}",
        text(blocked),
        commas(keys),
        semicolons(before.map(text)),
      );
      const eventId = history.operation(blocked.id)?.returnEvent ?? recording.log.count - 1;
      return { found: [{ property: "linearizability", eventId, message }], unproven: [] };
    }
  }
}

/** An operation with what its answer says of the value before: that has to fit as well. */
function replacedText(text: string, { outcome }: OperationRecord): string {
  if (outcome?.kind !== "result" || outcome.result.kind !== "put") return text;
  const { prevKv: previous } = outcome.result;
  return previous === null
    ? t("{0} (the first)", text)
    : t("{0} (replacing {1})", text, JSON.stringify(previous.value));
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
