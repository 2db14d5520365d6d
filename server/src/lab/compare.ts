/** Where two traces part. */

import { t } from "../l10n/text.js";
import type { Failure } from "../protocol/requests.js";
import type { TraceComparison } from "../protocol/runs.js";
import { describe } from "../trace/describe.js";
import type { EventLog } from "../trace/event-log.js";
import type { OpenSession } from "./open-session.js";
import { pause } from "./slices.js";

/** Events between two looks at the messages that wait. */
const SLICE = 20_000;

/**
 * Compares two sessions as far as they have come: by hash, and where that differs by going through the events of both, in slices that leave
 * time for other requests. Answers a failure when `signal` is given.
 */
export async function compareSessions(
  left: OpenSession,
  right: OpenSession,
  signal: AbortSignal,
): Promise<{ readonly ok: true; readonly comparison: TraceComparison } | Failure> {
  const [a, b] = [left.recording.log, right.recording.log];
  // A live cluster may go on meanwhile: what is there now is compared.
  const [ofA, ofB] = [a.count, b.count];
  if (ofA === ofB && a.hash === b.hash) {
    return { ok: true, comparison: { kind: "equal", hash: a.hash, events: ofA } };
  }
  const common = Math.min(ofA, ofB);
  let eventId = 0;
  for (let end = 0; end < common && eventId === end; ) {
    end = Math.min(end + SLICE, common);
    eventId = firstDifference(a, b, eventId, end);
    await pause();
    if (signal.aborted) return { ok: false, message: t("The comparison was cancelled.") };
  }
  return {
    ok: true,
    comparison: {
      kind: "different",
      eventId,
      left: eventId < ofA ? describe(left.recording, eventId, true) : null,
      right: eventId < ofB ? describe(right.recording, eventId, true) : null,
    },
  };
}

/** The first event in `[from, to)` at which two traces differ, or `to`. Both must have as many events. */
export function firstDifference(a: EventLog, b: EventLog, from: number, to: number): number {
  for (let id = from; id < to; id += 1) if (!isSameEvent(a, b, id)) return id;
  return to;
}

/** Whether both have the same at `id`: what the hash takes in. */
function isSameEvent(a: EventLog, b: EventLog, id: number): boolean {
  if (a.timeUs(id) !== b.timeUs(id) || a.cause(id) !== b.cause(id)) return false;
  if (a.kind(id) !== b.kind(id) || a.at(id) !== b.at(id)) return false;
  const [ofA, ofB] = [a.reason(id), b.reason(id)];
  if (ofA?.code !== ofB?.code || ofA?.a !== ofB?.a || ofA?.b !== ofB?.b) return false;
  const words = a.wordCount(id);
  if (words !== b.wordCount(id)) return false;
  for (let position = 0; position < words; position += 1) {
    if (a.word(id, position) !== b.word(id, position)) return false;
  }
  return true;
}
