/** A run told note by note: which one holds at an event, and where the next and the previous one are. */
import type { NoteView } from "../../protocol/lecture.js";
import type { EventId } from "../../protocol/session.js";

/** Where a lecture stands among its notes. */
export interface LecturePlace {
  /** From 0; -1 before the first note. */
  readonly at: number;
  readonly note: NoteView | null;
  readonly previous: NoteView | null;
  readonly next: NoteView | null;
  readonly count: number;
}

/** The place of an event. Its note is the last one at or before it; back from within a note's time leads to the note itself. */
export function placeAmong(notes: readonly NoteView[], eventId: EventId): LecturePlace {
  let low = 0;
  let high = notes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((notes[middle]?.eventId ?? 0) <= eventId) low = middle + 1;
    else high = middle;
  }
  const at = low - 1;
  const note = notes[at] ?? null;
  const within = note !== null && note.eventId < eventId;
  return { at, note, previous: within ? note : (notes[at - 1] ?? null), next: notes[low] ?? null, count: notes.length };
}
