import { t } from "../l10n/text.js";
import type { EventKind } from "../sim/recorder.js";
import type { EventLog } from "./event-log.js";
import type { Recording } from "./recording.js";
import { TraceIndex } from "./trace-index.js";

/** Most causes looked through for a line. */
const HOPS = 64;

/** Kinds whose first word is the scenario's line. */
const WITH_LINE: ReadonlySet<EventKind> = new Set([
  "crash",
  "no-start",
  "restart",
  "pause",
  "resume",
  "wipe",
  "timeout",
  "take-snapshot",
  "membership",
  "transfer",
  "fault",
  "heal",
  "release",
  "lose",
  "tick",
  "deliver-asked",
  "copy-asked",
  "delay-asked",
  "invoke",
  "watch",
  "unwatch",
  "watch-progress",
  "step",
  "note",
  "result",
  "add-client",
]);

/**
 * The 1-based scenario line behind an event: its own, or that of the nearest cause that has one, going back through
 * messages and disks but not through timers, which would lead every election back to some unrelated step, unless a tick let
 * them run out. `null` for none.
 */
export function lineOf(recording: Recording, eventId: number): number | null {
  const { log } = recording;
  let id = eventId;
  for (let hop = 0; id >= 0 && hop < HOPS; hop += 1) {
    const own = ownLine(log, id) ?? operationLine(recording, id);
    if (own !== null) return own;
    const cause = log.cause(id);
    if (log.kind(id) === "timer" && (cause < 0 || log.kind(cause) !== "tick")) return null;
    id = cause;
  }
  return null;
}

/** The line that an event itself carries, or `null`. */
export function ownLine(log: EventLog, eventId: number): number | null {
  const kind = log.kind(eventId);
  // A message that was delivered by hand arrives because of that step, whoever sent it.
  if (kind === "deliver" && eventId > 0 && log.kind(eventId - 1) === "deliver-asked") return ownLine(log, eventId - 1);
  const line = WITH_LINE.has(kind) ? log.word(eventId, 0) : 0;
  return line > 0 ? line : null;
}

/** The line that asked for the operation which ends or is tried again in an event, or `null`: not that of whoever made the answer possible. */
function operationLine({ log, history }: Recording, eventId: number): number | null {
  const kind = log.kind(eventId);
  if (kind !== "return" && kind !== "retry") return null;
  const operation = history.operation(log.word(eventId, 0));
  return operation === undefined ? null : ownLine(log, operation.invokeEvent);
}

/** The first event that a scenario line caused; -1 when the line caused none. */
export function eventOfLine(recording: Recording, line: number): number {
  return TraceIndex.of(recording).eventOfLine(line);
}

/** A text with the scenario line behind what it tells; the text alone for `null`. */
export function withLine(text: string, line: number | null): string {
  return line === null ? text : t("{0} (line {1})", text, line);
}
