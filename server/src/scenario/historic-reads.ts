import type { CommittedStore } from "../check/committed-store.js";
import { checkHistoricReads, type HistoricRead } from "../check/linearizability/model/historic.js";
import { isWeakRead, modelledResponse } from "../check/linearizability/model-history.js";
import { t } from "../l10n/text.js";
import type { OperationRecord } from "../sim/history.js";
import { operationText, outcomeText } from "../trace/operation-text.js";
import type { Recording } from "../trace/recording.js";
import type { Found } from "./history-checks.js";

/** The name of what weaker reads promise. */
const PROPERTY = "serializable-reads";

/** Whether an operation is a read that promises less than linearizability: serializable, or at a revision. */
export function isHistoricRead({ body }: OperationRecord): boolean {
  return isWeakRead(body);
}

/** A read that promises less, and did not keep even that. */
export interface BrokenRead {
  readonly record: OperationRecord;
  readonly message: string;
}

/** Compares serializable reads and reads at a revision with the state that the committed log made. */
export function brokenReads({ history }: Recording, committed: CommittedStore): BrokenRead[] {
  const reads = history.operations.flatMap(readOf);
  const { changes, compactRevision } = committed;
  return checkHistoricReads(reads, changes, { compactRevision }).flatMap(({ id, message }) => {
    const record = history.operation(id);
    return record === undefined || record.outcome === null ? [] : [{ record, message }];
  });
}

/** What {@link brokenReads} finds, in words. */
export function historicReadFindings(recording: Recording, committed: CommittedStore): Found[] {
  const { world, log } = recording;
  return brokenReads(recording, committed).map(({ record, message }) => {
    const { client, body, outcome, returnEvent } = record;
    const answer = outcome === null ? "" : outcomeText(outcome);
    const text = `${world.nameOf(client)} ${operationText(body)} => ${answer}`;
    return { property: PROPERTY, eventId: returnEvent ?? log.count - 1, message: t("{0}: {1}", text, message) };
  });
}

function readOf({
  number: id,
  client,
  body,
  outcome,
  invokeEvent: call,
  returnEvent,
}: OperationRecord): HistoricRead[] {
  const response = modelledResponse(outcome);
  if (returnEvent === null || response === null || !isWeakRead(body)) return [];
  return [{ id, client, server: null, request: body, call, return: returnEvent, response }];
}
