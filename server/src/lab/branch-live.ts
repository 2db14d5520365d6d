import { t } from "../l10n/text.js";
import type { Outcome } from "../protocol/requests.js";
import type { EventId } from "../protocol/session.js";
import type { LiveSession } from "./live-session.js";
import type { LivePlace } from "./record.js";
import { pause } from "./slices.js";

/**
 * Where a live session stood when an event and everything of the same moment had happened: what a new session needs to go on from
 * there. `eventId` -1 is its beginning.
 */
export async function placeOf(
  session: LiveSession,
  eventId: EventId,
  signal: AbortSignal,
): Promise<Outcome<{ readonly place: LivePlace }>> {
  const copy = session.again();
  const replay = copy.replayTo(session.place.steps, eventId);
  while (replay.next().done !== true) {
    await pause();
    if (signal.aborted) return { ok: false, message: t("The request was cancelled.") };
  }
  const { log, world } = copy.recording;
  const { nowUs: timeUs, position } = world;
  return { ok: true, place: { steps: [...copy.steps], timeUs, position, hash: log.hash, running: false } };
}
