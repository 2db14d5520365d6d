import type { HistoryOperation } from "../../protocol/history-view.js";
import type { OperationRecord } from "../../sim/history.js";
import { outcomeSort, readingOf, sortOf } from "../../trace/history/facts.js";
import type { HistoryIndex } from "../../trace/history/index.js";
import { operationText, outcomeRevision, outcomeText } from "../../trace/operation-text.js";
import type { Recording } from "../../trace/recording.js";
import type { CheckedHistory } from "./checks.js";

const NONE: readonly number[] = [];

/** An operation as a bar; `row` is its place among those that pass the filter. */
export function barOf(
  recording: Recording,
  index: HistoryIndex,
  checked: CheckedHistory | null,
  record: OperationRecord,
  row: number,
): HistoryOperation {
  const { number, client, body, invokeUs, invokeEvent, returnUs, returnEvent, outcome, attempts } = record;
  const key = index.keyOf(number - 1);
  const { place = 0, timeUs = 0, order = 0 } = checked?.points.get(number) ?? {};
  return {
    number,
    row,
    client: recording.world.nameOf(client),
    lane: index.laneOf(number - 1),
    text: operationText(body),
    key: key?.text ?? null,
    keyPlace: key?.place ?? 0,
    sort: sortOf(body),
    reading: readingOf(body),
    invokeUs,
    invokeEvent,
    returnUs,
    returnEvent,
    outcome: outcomeSort(outcome),
    answer: outcome === null ? "" : outcomeText(outcome),
    revision: outcome === null ? null : positive(outcomeRevision(outcome)),
    attempts,
    point: place === 0 ? null : { place, timeUs, order },
    stuck: checked?.stuck.get(number) ?? 0,
    partOf: checked?.partOf.get(number) ?? NONE,
  };
}

/** Requests about the cluster leave the revision 0, as etcd does. */
function positive(revision: number | null): number | null {
  return revision === null || revision <= 0 ? null : revision;
}
