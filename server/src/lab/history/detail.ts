import { isWeakRead } from "../../check/linearizability/model-history.js";
import { t } from "../../l10n/text.js";
import type { OperationDetailView } from "../../protocol/history-view.js";
import type { OperationRecord } from "../../sim/history.js";
import { isServerRequest } from "../../sim/server-requests.js";
import { HistoryIndex } from "../../trace/history/index.js";
import { operationSteps } from "../../trace/history/steps.js";
import { operationText } from "../../trace/operation-text.js";
import { timeText } from "../../trace/time-text.js";
import type { OpenSession } from "../open-session.js";
import { barOf } from "./bars.js";
import type { CheckedHistory } from "./checks.js";

/** An operation in full; `null` where there is no such one. `row` is its place under the filter, or 0. */
export function operationDetail(
  session: OpenSession,
  number: number,
  checked: CheckedHistory | null,
): OperationDetailView | null {
  const { recording } = session;
  const record = recording.history.operation(number);
  if (record === undefined) return null;
  const bar = barOf(recording, HistoryIndex.of(recording), checked, record, number - 1);
  return {
    operation: bar,
    fields: fieldsOf(session, record, bar.point),
    steps: stepsOf(session, record),
    reservation: reservationOf(record),
  };
}

function fieldsOf(
  { recording, safety }: OpenSession,
  record: OperationRecord,
  point: OperationDetailView["operation"]["point"],
): OperationDetailView["fields"] {
  const { body, at, session, sequence, invokeUs, returnUs, attempts } = record;
  const { world } = recording;
  const index = safety.executedAt(session, sequence);
  const entry = index > 0 ? safety.log.at(index) : undefined;
  const fields = [
    { name: t("request"), value: operationText(body) },
    { name: t("took"), value: returnUs === null ? t("not answered yet") : timeText(returnUs - invokeUs) },
    { name: t("attempts"), value: String(attempts) },
    { name: t("session and sequence number"), value: `${session}, ${sequence}` },
  ];
  if (at !== null) fields.push({ name: t("asked of"), value: world.nameOf(at) });
  if (entry !== undefined) fields.push({ name: t("log entry"), value: t("index {0}, term {1}", index, entry.term) });
  if (point !== null)
    fields.push({ name: t("took effect"), value: t("as number {0}, at {1}", point.place, timeText(point.timeUs)) });
  return fields;
}

function reservationOf({ body }: OperationRecord): string | null {
  if (isWeakRead(body)) return t("This read promises less than linearizability and has no place in the order.");
  if (isServerRequest(body) || body.kind === "alarm")
    return t("One server answers this by itself: it has no place in the order.");
  return null;
}

function stepsOf({ recording, safety }: OpenSession, record: OperationRecord): OperationDetailView["steps"] {
  const index = safety.executedAt(record.session, record.sequence);
  return operationSteps(recording, record, index === 0 ? null : { index, eventId: safety.log.eventAt(index) });
}
