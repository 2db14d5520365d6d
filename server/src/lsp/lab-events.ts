/** Passes what happens in the lab on to the client as the notifications of `protocol/requests.ts`. */
import type { LabEvent, ParamsOf } from "../lab/contract.js";
import { bookmarksChangedNotification } from "../protocol/bookmarks.js";
import type { NotificationDefinition } from "../protocol/requests.js";
import * as protocol from "../protocol/requests.js";

/** Sends a notification to the client. */
export type Notify = <P>(definition: NotificationDefinition<P>, params: P) => void;

/** Sends the notification that belongs to an event. */
export function forwardLabEvent(event: LabEvent, notify: Notify): void {
  switch (event.kind) {
    case "session-changed":
      notify(protocol.sessionChangedNotification, { session: event.session });
      break;
    case "session-deleted":
      notify(protocol.sessionDeletedNotification, { sessionId: event.sessionId });
      break;
    case "cursor-changed": {
      const { sessionId, cursor, line } = event;
      notify(protocol.cursorChangedNotification, { sessionId, cursor, line });
      break;
    }
    case "run-ended": {
      const { session, violations, steps } = event;
      notify(protocol.runEndedNotification, { session, violations, steps });
      break;
    }
    case "watch-event": {
      const { sessionId, watch, timeUs, text } = event;
      const params: ParamsOf<typeof protocol.watchEventNotification> = { sessionId, watch, timeUs, text };
      notify(protocol.watchEventNotification, params);
      break;
    }
    case "bookmarks-changed":
      notify(bookmarksChangedNotification, { sessionId: event.sessionId, bookmarks: event.bookmarks });
      break;
    case "store-message":
      notify(protocol.storeMessageNotification, { message: event.message });
      break;
    // Part of the server's status.
    case "simulation":
      break;
  }
}
