import { t } from "../l10n/text.js";
import type { Outcome } from "../protocol/requests.js";
import type { EventId } from "../protocol/session.js";
import type { LiveRun } from "../scenario/live-run.js";
import { LiveSession } from "./live-session.js";
import type { OpenSession } from "./open-session.js";
import type { LivePlace } from "./record.js";
import { RunSession } from "./run-session.js";
import { inSlice } from "./slice-mark.js";
import { pause } from "./slices.js";

/** A place that a new session goes on from, and the event that it is at. */
export type PlaceFound = Outcome<{ readonly place: LivePlace; readonly eventId: EventId }>;

/**
 * Where a session stood when an event and everything of the same moment had happened: what a new live session needs to go on from
 * there. `eventId` -1 is its beginning. What a run says about itself when it has ended belongs to its last moment.
 */
export async function placeOf(session: OpenSession, eventId: EventId, signal: AbortSignal): Promise<PlaceFound> {
  if (session instanceof RunSession) {
    const upTo = Math.min(eventId, session.told - 1);
    return placeAt(session, upTo, upTo < 0 ? undefined : upTo, signal);
  }
  if (session instanceof LiveSession) {
    const { storyUpTo } = session;
    const upTo = storyUpTo === undefined ? undefined : Math.min(storyUpTo, eventId);
    return placeAt(session, eventId, upTo === undefined || upTo < 0 ? undefined : upTo, signal);
  }
  return { ok: false, message: t("Nothing can go on from this session.") };
}

/** `storyUpTo`: the last event that is taken from a run, if one is. */
async function placeAt(
  session: RunSession | LiveSession,
  eventId: EventId,
  storyUpTo: EventId | undefined,
  signal: AbortSignal,
): Promise<PlaceFound> {
  const isRun = session instanceof RunSession;
  const copy = isRun ? session.continuedFrom(eventId) : session.again(storyUpTo);
  const steps = isRun ? [] : session.place.steps;
  const replay = copy.replayTo(steps, eventId);
  while (inSlice(session.id, () => replay.next().done) !== true) {
    await pause();
    if (signal.aborted) return { ok: false, message: t("The request was cancelled.") };
  }
  return { ok: true, place: placeIn(copy, storyUpTo), eventId };
}

function placeIn({ recording: { log, world }, steps }: LiveRun, storyUpTo: EventId | undefined): LivePlace {
  const { nowUs: timeUs, position } = world;
  const began = storyUpTo === undefined ? {} : { storyUpTo };
  return { ...began, steps: [...steps], timeUs, position, hash: log.hash, running: false };
}
