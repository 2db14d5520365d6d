import type { CommittedStore } from "../check/committed-store.js";
import { historicReadFault } from "../check/historic-reads.js";
import type { OperationRecord } from "../sim/history.js";
import { operationText, outcomeText } from "../trace/operation-text.js";
import type { Recording } from "../trace/recording.js";
import type { Found } from "./history-checks.js";

/** The name of what weaker reads promise. */
const PROPERTY = "serializable-reads";

/** Whether an operation is a read that promises less than linearizability: serializable, or at a revision. */
export function isHistoricRead({ body }: OperationRecord): boolean {
  return body.kind === "range" && (body.serializable === true || (body.revision ?? 0) > 0);
}

/** Compares serializable reads and reads at a revision with the state that the committed log made. */
export function checkHistoricReads({ history, world, log }: Recording, committed: CommittedStore): Found[] {
  return history.operations.flatMap((record) => {
    const { body, outcome, client, returnEvent } = record;
    if (!isHistoricRead(record) || body.kind !== "range") return [];
    if (outcome?.kind !== "result" || outcome.result.kind !== "range") return [];
    const fault = historicReadFault(body, outcome.result, committed);
    if (fault === null) return [];
    const message = `${world.nameOf(client)} ${operationText(body)} => ${outcomeText(outcome)}: ${fault}`;
    return [{ property: PROPERTY, eventId: returnEvent ?? log.count - 1, message }];
  });
}
