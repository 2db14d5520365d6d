import { t } from "../l10n/text.js";
import { type EventKind, OPERATION_OUTCOMES, ROLE_CODES } from "../sim/recorder.js";
import { entries } from "./counts.js";
import { askedText, leaseNote, stateBefore, titleOf, usesText } from "./event-title.js";
import type { Recording } from "./recording.js";
import { roleInTerm } from "./role-text.js";
import { timeText } from "./time-text.js";
import { TraceIndex } from "./trace-index.js";

/** Whether a diagram notes an event, that is no message, on a lifeline or across all. */
export function isNoted(recording: Recording, id: number): boolean {
  const { log } = recording;
  switch (log.kind(id)) {
    case "transition":
      return changesRole(recording, id);
    case "commit":
      // Followers repeat what their leader commits; one note for each entry is enough.
      return TraceIndex.of(recording).stateAfter(log.at(id), id)?.role === "leader";
    case "lose":
      // The arrow of a message that waited shows that it was lost.
      return recording.actionOf(id)?.action.kind !== "discard";
    case "return": {
      const outcome = OPERATION_OUTCOMES[log.word(id, 1)];
      return outcome === "timeout" || outcome === "error";
    }
    case "result":
      return log.word(id, 1) === 0;
    default:
      return ALWAYS.has(log.kind(id));
  }
}

/** Kinds of which every event is noted. Of `struck` none: the crash that follows says where it was. */
const ALWAYS: ReadonlySet<EventKind> = new Set([
  "truncate",
  "snapshot",
  "install",
  "crash",
  "restart",
  "pause",
  "resume",
  "wipe",
  "timeout",
  "membership",
  "transfer",
  "configuration",
  "lease-promote",
  "lease-expired",
  "tick",
  "disk-error",
  "disk-lost",
  "no-start",
  "note",
  "fault",
  "undo",
  "heal",
  "release",
  "copy-asked",
  "delay-asked",
]);

/** What a diagram says of an event that {@link isNoted}. */
export function noteText(recording: Recording, id: number): string {
  const { log } = recording;
  const word = (position: number): number => log.word(id, position);
  switch (log.kind(id)) {
    case "transition":
      return roleInTerm(ROLE_CODES[word(0)] ?? "follower", word(1));
    case "commit":
      return t("commits up to {0}", word(0));
    case "truncate":
      return t("removes its entries from {0} on", word(0));
    case "snapshot":
      return t("snapshot up to {0}", word(0));
    case "install":
      return t("installs the snapshot up to {0}", word(0));
    case "crash":
      return crashText(recording, id);
    case "restart":
      return t("restarts");
    case "pause":
      return t("is paused");
    case "resume":
      return t("goes on");
    case "wipe":
      return t("disk wiped");
    case "timeout":
      return t("election timeout asked for");
    case "membership":
    case "transfer":
      return askedNote(recording, id);
    case "configuration":
      // Every word less makes the picture narrower; which entry it is of stands in the details.
      return usesText(recording, id);
    case "tick":
      return t("its timers go on by {0}", timeText(word(1)));
    case "disk-error":
      return t("its disk fails");
    case "disk-lost":
      return t("its disk lost {0}", entries(word(2)));
    case "no-start":
      return word(2) === 0 ? t("cannot start: its disk fails") : t("refuses to start: entry {0} is damaged", word(2));
    case "lease-promote":
    case "lease-expired":
      return leaseNote(recording, id);
    default:
      return titleOf(recording, id);
  }
}

/** `crashes`, and at which crash point the server came to: `crashes before send AppendEntriesReply`. */
function crashText(recording: Recording, id: number): string {
  const { log } = recording;
  const struck = log.cause(id);
  if (struck < 0 || log.kind(struck) !== "struck") return t("crashes");
  const action = recording.actionOf(TraceIndex.of(recording).beginOfFault(log.word(struck, 0)))?.action;
  if (action?.kind !== "fault" || action.fault.kind !== "crash-point") return t("crashes");
  const { when, place, message } = action.fault;
  return t("crashes {0}", `${when} ${place}${message === null ? "" : ` ${message}`}`);
}

/** What was asked of a server, and that it refused. */
function askedNote(recording: Recording, id: number): string {
  const code = recording.log.reason(id)?.code ?? "";
  const asked = askedText(recording, id);
  return code === "not-leader" || code.includes("refused") ? t("{0}: refused", asked) : asked;
}

/** Only a change of role is noted: votes and terms show in the messages and the term lines. */
function changesRole(recording: Recording, id: number): boolean {
  const role = ROLE_CODES[recording.log.word(id, 0)] ?? "follower";
  return role === "candidate" || stateBefore(recording, id)?.role !== role;
}
