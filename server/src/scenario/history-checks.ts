import { committedStore } from "../check/committed-store.js";
import type { NotLinearizable } from "../check/linearizability/check.js";
import type { ModelOperation } from "../check/linearizability/model/operation.js";
import type { ModelViolation } from "../check/linearizability/model/violation.js";
import type { Operation } from "../check/linearizability/operation.js";
import type { SafetyChecker } from "../check/safety.js";
import { finish } from "../check/sliced.js";
import { requestText } from "../kv/request-text.js";
import { commas, semicolons } from "../l10n/joined.js";
import { t } from "../l10n/text.js";
import type { OperationRecord } from "../sim/history.js";
import { machineOptions } from "../sim/machine-options.js";
import { operationText, outcomeText } from "../trace/operation-text.js";
import type { Recording } from "../trace/recording.js";
import { historicReadFindings, isHistoricRead } from "./historic-reads.js";
import { judgeOperations, type OperationsVerdict } from "./linearization.js";
import { checkWatches } from "./watch-checks.js";

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
  const { found, unproven } = operationFindings(recording, finish(judgeOperations(recording, checker)));
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

function operationFindings(recording: Recording, verdict: OperationsVerdict): HistoryFindings {
  switch (verdict.kind) {
    case "ok":
      return { found: [], unproven: [] };
    case "unproven":
      return { found: [], unproven: [t("linearizability is undecided after {0} steps", verdict.steps)] };
    case "by-key":
      return { found: [keyFound(recording, verdict.violation)], unproven: [] };
    case "whole":
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

function keyFound({ history, world, log }: Recording, { blocked, history: part, keys }: NotLinearizable): Found {
  const text = (operation: Operation): string => {
    const record = history.operation(operation.id);
    if (record === undefined) return t("a given entry");
    const outcome =
      operation.return === null || record.outcome === null ? t("no answer yet") : outcomeText(record.outcome);
    return replacedText(`${world.nameOf(record.client)} ${operationText(record.body)} => ${outcome}`, record);
  };
  const before = part.filter(({ id }) => id !== blocked.id).slice(-SHOWN);
  const message =
    before.length === 0
      ? t("{0}: nothing had been asked of {1} before that explains it", text(blocked), commas(keys))
      : t(
          "{0}: no order of the operations on {1} explains it; before it: {2}",
          text(blocked),
          commas(keys),
          semicolons(before.map(text)),
        );
  return { property: "linearizability", eventId: history.operation(blocked.id)?.returnEvent ?? log.count - 1, message };
}

/** An operation with what its answer says of the value before: that has to fit as well. */
function replacedText(text: string, { outcome }: OperationRecord): string {
  if (outcome?.kind !== "result" || outcome.result.kind !== "put") return text;
  const { prevKv: previous } = outcome.result;
  return previous === null
    ? t("{0} (the first)", text)
    : t("{0} (replacing {1})", text, JSON.stringify(previous.value));
}
