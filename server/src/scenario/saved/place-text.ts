import { formatDuration } from "../../language/vocabulary/durations.js";
import type { RunPlace } from "../instant.js";

/**
 * The step that takes a scenario from one place of its run to a later one, as simple as the place allows: `at 412.5ms`, or with
 * `after 3 events` where that is not enough.
 */
export function placeText(from: RunPlace, to: RunPlace): string {
  const plain = `at ${formatDuration(to.timeUs)}`;
  const exact = `${plain} after ${to.items} ${to.items === 1 ? "event" : "events"}`;
  if (from.timeUs === to.timeUs) return from.position === to.position ? plain : exact;
  // Without `after`, the first thing that happens at the instant is enough, and where nothing does the passing of time.
  return to.items === 0 || (to.items === 1 && to.byItem) ? plain : exact;
}

/** Whether they are one place. */
export function samePlace(a: RunPlace, b: RunPlace): boolean {
  return a.timeUs === b.timeUs && a.position === b.position;
}
