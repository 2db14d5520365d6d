import { titleOf } from "./event-title.js";
import { lineOf } from "./lines.js";
import type { Recording } from "./recording.js";
import { TraceIndex } from "./trace-index.js";

const MOST = 1000;

/** A note of the scenario, at the moment it speaks of. */
export interface Note {
  readonly eventId: number;
  readonly timeUs: number;
  readonly text: string;
  readonly line: number | null;
}

/** The notes in their order. `more`: how many a loop or a long session has beyond the first 1,000. */
export function notesOf(recording: Recording): { readonly notes: readonly Note[]; readonly more: number } {
  const all = TraceIndex.of(recording).events("note");
  const notes = all.slice(0, MOST).map((eventId) => ({
    eventId,
    timeUs: recording.log.timeUs(eventId),
    text: titleOf(recording, eventId),
    line: lineOf(recording, eventId),
  }));
  return { notes, more: all.length - notes.length };
}
