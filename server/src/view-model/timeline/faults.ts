/** Faults as spans, and the words beside notes and steps: what is readable at a zoom. */
import { t } from "../../l10n/text.js";
import type { TimelineFault, TimelineMark } from "../../protocol/timeline-view.js";
import { letters, shortened } from "../phrases.js";
import { formatTime } from "../time.js";
import { type TimelineFrame, xOf } from "./geometry.js";

/** Width of an average letter in the timeline, CSS pixels. */
const LETTER = 5.9;
/** Fewer letters than this tell nothing. */
const FEWEST = 4;

/** A fault as it is drawn. */
export interface FaultBar {
  readonly fault: TimelineFault;
  readonly x: number;
  readonly width: number;
  readonly y: number;
  readonly height: number;
  /** It began before, or ends after, what is shown, or has not ended. */
  readonly opensLeft: boolean;
  readonly opensRight: boolean;
  /** As much of its text as there is room for; `null` for none. */
  readonly label: string | null;
}

/**
 * The faults in the frame. Bars that would fall on the same pixels of a row are one. `endUs`: how far those go that have not ended, where their run
 * ends before the frame.
 */
export function faultBars(
  frame: TimelineFrame,
  faults: readonly TimelineFault[],
  endUs = Number.POSITIVE_INFINITY,
): readonly FaultBar[] {
  const bars: FaultBar[] = [];
  const ends = new Map<number, number>();
  for (const fault of faults) {
    const until = fault.toUs ?? endUs;
    if (until < frame.span.fromUs || fault.fromUs > frame.span.toUs) continue;
    const x = xOf(frame, Math.max(fault.fromUs, frame.span.fromUs));
    const right = xOf(frame, Math.min(until, frame.span.toUs));
    const end = ends.get(fault.row) ?? Number.NEGATIVE_INFINITY;
    if (right - end < 1) continue;
    ends.set(fault.row, Math.max(right, x + 2));
    const width = Math.max(2, right - x);
    bars.push({
      fault,
      x,
      width,
      y: frame.faultsY + fault.row * frame.faultHeight,
      height: Math.max(1.5, frame.faultHeight - 2),
      opensLeft: fault.fromUs < frame.span.fromUs,
      opensRight: until > frame.span.toUs,
      label: frame.faultHeight < 10 ? null : fitted(fault.text, width - 10),
    });
  }
  return bars;
}

/** A fault in a sentence: what, from when, until when. */
export function faultWords(fault: TimelineFault): string {
  if (fault.toUs === null) return t("{0}, since {1}", fault.text, formatTime(fault.fromUs));
  return t("{0}, from {1} to {2}", fault.text, formatTime(fault.fromUs), formatTime(fault.toUs));
}

/** Marks that a fault's span says as well. */
export function withoutSpans(
  marks: readonly TimelineMark[],
  faults: readonly TimelineFault[],
): readonly TimelineMark[] {
  const told = new Set(
    faults.flatMap(({ eventId, endEventId }) => (endEventId === null ? [eventId] : [eventId, endEventId])),
  );
  return marks.filter((mark) => (mark.kind !== "fault" && mark.kind !== "undone") || !told.has(mark.eventId));
}

/** A note or a step whose text can be read. */
export interface ScriptLabel {
  readonly mark: TimelineMark;
  readonly x: number;
  readonly text: string;
  /** It was said before what is shown, and still holds. */
  readonly earlier: boolean;
}

/**
 * What can be read of notes and steps: notes first, up to the next note; steps in the room that is left. `whole`: the marks of the whole run,
 * among which is the note that was the last one before the frame.
 */
export function scriptLabels(
  frame: TimelineFrame,
  marks: readonly TimelineMark[],
  whole: readonly TimelineMark[] = [],
): readonly ScriptLabel[] {
  if (frame.scriptY === null) return [];
  const edge = frame.width - frame.right;
  const inside = (kind: TimelineMark["kind"]) =>
    marks
      .filter((mark) => mark.kind === kind && mark.timeUs >= frame.span.fromUs && mark.timeUs <= frame.span.toUs)
      .map((mark) => ({ mark, x: xOf(frame, mark.timeUs) }));
  const notes = inside("note");
  const steps = inside("step");
  const labels: ScriptLabel[] = [];
  const taken: { readonly from: number; readonly to: number }[] = [];
  const before = whole.findLast(({ kind, timeUs }) => kind === "note" && timeUs < frame.span.fromUs);
  const earlier = before === undefined ? null : fitted(before.text, (notes[0]?.x ?? edge) - frame.left - 14);
  if (before !== undefined && earlier !== null) {
    labels.push({ mark: before, x: frame.left, text: earlier, earlier: true });
    taken.push({ from: frame.left, to: frame.left + 10 + letters(earlier) * LETTER });
  }
  for (const [at, { mark, x }] of notes.entries()) {
    const text = fitted(mark.text, (notes[at + 1]?.x ?? edge) - x - 14);
    if (text === null) continue;
    labels.push({ mark, x: x + 6, text, earlier: false });
    taken.push({ from: x, to: x + 12 + letters(text) * LETTER });
  }
  for (const [at, { mark, x }] of steps.entries()) {
    if (taken.some(({ from, to }) => x >= from && x < to)) continue;
    const next = Math.min(steps[at + 1]?.x ?? edge, ...notes.filter((note) => note.x > x).map((note) => note.x), edge);
    const text = fitted(mark.text, next - x - 8);
    if (text !== null) labels.push({ mark, x: x + 3, text, earlier: false });
  }
  return labels;
}

function fitted(text: string, width: number): string | null {
  const room = Math.floor(width / LETTER);
  if (room < FEWEST) return null;
  return shortened(text, room);
}
