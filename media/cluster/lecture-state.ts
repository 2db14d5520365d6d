/** Lecture mode's part of the panel's state. */

import type { EventView } from "../../server/src/protocol/event-view.js";
import type { NoteView } from "../../server/src/protocol/lecture.js";
import type { EventId } from "../../server/src/protocol/session.js";

/** Lecture mode: whether it is on, and what it has loaded. */
export interface LectureState {
  readonly on: boolean;
  /** `null` until they are there. */
  readonly notes: readonly NoteView[] | null;
  /** The events from a note to the next one. */
  readonly until: { readonly of: EventId; readonly events: readonly EventView[] } | null;
}

/** Off, and nothing loaded. */
export const NO_LECTURE: LectureState = { on: false, notes: null, until: null };
