/** Where two sessions' traces part. */
import { t } from "../l10n/text.js";
import type { Failure } from "../protocol/requests.js";
import type { TraceComparison } from "../protocol/runs.js";
import { describe } from "../trace/describe.js";
import { Parting, type Side } from "../trace/parting.js";
import type { OpenSession } from "./open-session.js";
import { pause } from "./slices.js";

/** Events between two looks at the messages that wait. */
const SLICE = 20_000;

/**
 * Compares two sessions as far as they have come: by hash, and where that differs by going through the events of both, in slices that leave
 * time for other requests. What happened to the cluster counts; a scenario's own events and lines do not. Answers a failure when `signal`
 * is given.
 */
export async function compareSessions(
  left: OpenSession,
  right: OpenSession,
  signal: AbortSignal,
): Promise<{ readonly ok: true; readonly comparison: TraceComparison } | Failure> {
  const { hash, count: events } = left.recording.log;
  if (hash === right.recording.log.hash) return { ok: true, comparison: { kind: "equal", hash, events } };
  const parting = await partingOf(left, right, signal);
  if ("ok" in parting) return parting;
  const viewAt = (session: OpenSession, side: Side): ReturnType<typeof describe> | null => {
    const id = parting.first(side);
    return id === null ? null : describe(session.recording, id, true);
  };
  const views = { left: viewAt(left, "left"), right: viewAt(right, "right") };
  return { ok: true, comparison: { kind: "different", same: parting.same, ...views } };
}

/** Where two sessions part as far as they have come, found in slices. A failure when `signal` is given meanwhile. */
export async function partingOf(
  left: OpenSession,
  right: OpenSession,
  signal: AbortSignal,
): Promise<Parting | Failure> {
  const parting = new Parting(left.recording.log, right.recording.log);
  while (!parting.advance(SLICE)) {
    await pause();
    if (signal.aborted) return { ok: false, message: t("The comparison was cancelled.") };
  }
  return parting;
}
