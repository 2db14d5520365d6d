/** Keys of lecture mode, those of a presenter's remote control among them. */
import type { Actions } from "./actions.js";
import { lecturePlace } from "./lecture.js";
import type { ClusterState } from "./model.js";

/** Acts on a key of lecture mode; false when it means nothing special there. */
export function actInLecture(key: string, state: ClusterState, actions: Actions): boolean {
  if (key === "Escape" && state.why === null && state.selection === null) {
    actions.toggleLecture();
    return true;
  }
  const place = lecturePlace(state);
  if (place === null || place.count === 0) return false;
  const go = (note: typeof place.next) => {
    if (note !== null) actions.move({ kind: "event", eventId: note.eventId });
    return true;
  };
  const notes = state.lecture.notes ?? [];
  switch (key) {
    case "ArrowRight":
    case "ArrowDown":
    case "PageDown":
      return go(place.next);
    case "ArrowLeft":
    case "ArrowUp":
    case "PageUp":
      return go(place.previous);
    case "Home":
      return go(notes[0] ?? null);
    case "End":
      return go(notes.at(-1) ?? null);
    case " ":
      actions.playToNextNote();
      return true;
    default:
      return false;
  }
}
