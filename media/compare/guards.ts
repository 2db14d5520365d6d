/** What the comparison believes of the answers it gets. */
import type {
  ComparedTrace,
  ComparisonView,
  InputDifference,
  MilestoneRow,
  MilestoneSide,
} from "../../server/src/protocol/comparison.js";
import { arrayOf, type Guard, isNumber, isString, literal, nullable, object, union } from "../shared/guard.js";
import { isEventView, isSessionInfo } from "../shared/guards.js";

const isSide = literal("left", "right");

const isInput: Guard<InputDifference> = union(
  object<Extract<InputDifference, { kind: "seed" }>>({ kind: literal("seed"), left: isNumber, right: isNumber }),
  object<Extract<InputDifference, { kind: "setting" }>>({
    kind: literal("setting"),
    name: isString,
    left: isString,
    right: isString,
  }),
  object<Extract<InputDifference, { kind: "text" }>>({
    kind: literal("text"),
    edits: arrayOf(object({ side: isSide, line: isNumber, text: isString })),
    more: isNumber,
  }),
  object<Extract<InputDifference, { kind: "scenario" }>>({
    kind: literal("scenario"),
    left: isString,
    right: isString,
  }),
  object<Extract<InputDifference, { kind: "person" }>>({ kind: literal("person") }),
);

const isTrace: Guard<ComparedTrace> = union(
  object<Extract<ComparedTrace, { kind: "equal" }>>({ kind: literal("equal"), hash: isString, events: isNumber }),
  object<Extract<ComparedTrace, { kind: "different" }>>({
    kind: literal("different"),
    same: isNumber,
    partUs: isNumber,
    left: nullable(isEventView),
    right: nullable(isEventView),
    sentences: arrayOf(isString),
    contents: arrayOf(object({ name: isString, left: isString, right: isString })),
  }),
);

/** Two runs compared. */
export const isComparisonView: Guard<ComparisonView> = object<ComparisonView>({
  left: isSessionInfo,
  right: isSessionInfo,
  trace: isTrace,
  inputs: arrayOf(isInput),
  counts: object({ equal: isNumber, time: isNumber, outcome: isNumber }),
});

const isMilestoneSide: Guard<MilestoneSide> = object<MilestoneSide>({
  eventId: nullable(isNumber),
  timeUs: isNumber,
  value: isString,
  line: nullable(isNumber),
});

/** A milestone of two runs. */
export const isMilestoneRow: Guard<MilestoneRow> = object<MilestoneRow>({
  kind: literal("term", "leader", "entry", "step", "operation", "fault", "violation", "verdict"),
  label: isString,
  left: nullable(isMilestoneSide),
  right: nullable(isMilestoneSide),
  grade: literal("equal", "time", "outcome"),
});
