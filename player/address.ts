/** The event at the cursor stands in the page's address, so that a link can lead to a moment of the run. */
import type { EventId } from "../server/src/protocol/session.js";

/** The address's part for a cursor. */
export function hashOfCursor(cursor: EventId | null): string {
  return cursor === null ? "#" : `#event=${cursor}`;
}

/** The cursor that an address asks for; `null` when it asks for none of this run's events. */
export function cursorOfHash(hash: string, events: number): EventId | null {
  const asked = /^#event=(\d{1,9})$/.exec(hash)?.[1];
  const eventId = asked === undefined ? -1 : Number(asked);
  return eventId >= 0 && eventId < events ? eventId : null;
}
