/** Guards of the client history's views: what the panel believes of the answers it gets. */
import type {
  HistoryCheckView,
  HistoryOperation,
  HistoryOperationRef,
  HistoryView,
  OperationDetailView,
  WatchLaneView,
} from "../../server/src/protocol/history-view.js";
import { OUTCOMES, SORTS } from "../../server/src/view-model/history/words.js";
import { arrayOf, type Guard, isBoolean, isNumber, isString, literal, nullable, object } from "../shared/guard.js";
import { isEventView } from "../shared/guards.js";

/** One operation as a bar. */
export const isHistoryOperation: Guard<HistoryOperation> = object<HistoryOperation>({
  number: isNumber,
  row: isNumber,
  client: isString,
  lane: isNumber,
  text: isString,
  key: nullable(isString),
  keyPlace: isNumber,
  sort: literal(...SORTS),
  reading: nullable(literal("linearizable", "serializable", "revision")),
  invokeUs: isNumber,
  invokeEvent: isNumber,
  returnUs: nullable(isNumber),
  returnEvent: nullable(isNumber),
  outcome: literal(...OUTCOMES),
  answer: isString,
  revision: nullable(isNumber),
  attempts: isNumber,
  point: nullable(object({ place: isNumber, timeUs: isNumber, order: isNumber })),
  stuck: isNumber,
  partOf: arrayOf(isNumber),
});

const isWatchLane: Guard<WatchLaneView> = object<WatchLaneView>({
  number: isNumber,
  name: isString,
  client: isString,
  request: isString,
  openedUs: isNumber,
  endedUs: nullable(isNumber),
  received: isNumber,
  connections: isNumber,
  marks: arrayOf(
    object({
      kind: literal("opened", "resumed", "created", "events", "progress", "canceled", "ended"),
      timeUs: isNumber,
      eventId: isNumber,
      fromRevision: isNumber,
      toRevision: isNumber,
      count: isNumber,
      text: isString,
    }),
  ),
  verdicts: nullable(arrayOf(object({ guarantee: isString, broken: isNumber }))),
  breaches: arrayOf(
    object({
      guarantee: isString,
      eventId: isNumber,
      timeUs: isNumber,
      revision: isNumber,
      key: isString,
      message: isString,
    }),
  ),
});

/** A part of a history. */
export const isHistoryView: Guard<HistoryView> = object<HistoryView>({
  sessionId: isString,
  events: isNumber,
  endUs: isNumber,
  fromUs: isNumber,
  toUs: isNumber,
  total: isNumber,
  matching: isNumber,
  inWindow: isNumber,
  clients: arrayOf(object({ name: isString, operations: isNumber, lanes: isNumber })),
  operations: arrayOf(isHistoryOperation),
  density: nullable(arrayOf(arrayOf(isNumber))),
  keys: arrayOf(object({ text: isString, place: isNumber, operations: isNumber })),
  moreKeys: isNumber,
  revisions: arrayOf(object({ revision: isNumber, timeUs: isNumber, eventId: isNumber })),
  watches: arrayOf(isWatchLane),
  moreWatches: isNumber,
  checked: isBoolean,
});

const isRef: Guard<HistoryOperationRef> = object<HistoryOperationRef>({
  number: isNumber,
  text: isString,
  eventId: isNumber,
  timeUs: isNumber,
});

/** The verdict on a history. */
export const isHistoryCheck: Guard<HistoryCheckView> = object<HistoryCheckView>({
  kind: literal("ok", "violation", "unproven"),
  text: isString,
  events: isNumber,
  placed: isNumber,
  placedUnknown: isNumber,
  stuck: arrayOf(
    object({
      operation: isRef,
      keys: arrayOf(isString),
      reason: isString,
      possible: arrayOf(isString),
      others: arrayOf(object({ operation: isRef, relation: isString })),
      moreOthers: isNumber,
    }),
  ),
  reads: arrayOf(object({ operation: isRef, message: isString })),
  watchBreaches: isNumber,
  reservations: arrayOf(isString),
});

/** One operation in full. */
export const isOperationDetail: Guard<OperationDetailView> = object<OperationDetailView>({
  operation: isHistoryOperation,
  fields: arrayOf(object({ name: isString, value: isString })),
  steps: arrayOf(
    object({
      kind: literal("invoked", "sent", "lost", "received", "appended", "committed", "applied", "answered", "returned"),
      text: isString,
      event: isEventView,
    }),
  ),
  reservation: nullable(isString),
});
