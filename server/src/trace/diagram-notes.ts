import { t } from "../l10n/text.js";
import { OPERATION_OUTCOMES, ROLE_CODES } from "../sim/recorder.js";
import { entries } from "./counts.js";
import type { NoteItem } from "./diagram-items.js";
import { categoryOf } from "./event-category.js";
import { askedText, leaseNote, stateBefore, titleOf, usesText } from "./event-title.js";
import type { Recording } from "./recording.js";
import { roleInTerm } from "./role-text.js";
import { timeText } from "./time-text.js";
import { TraceIndex } from "./trace-index.js";

/** What a diagram notes on a lifeline, or across all, for an event that is no message; `null` when nothing. */
export function lifelineNote(recording: Recording, id: number): NoteItem | null {
  const text = noteText(recording, id);
  if (text === null) return null;
  const { log, world } = recording;
  const at = log.at(id);
  return {
    kind: "event",
    eventId: id,
    at: at === 0 ? null : world.nameOf(at),
    category: categoryOf(log.kind(id)),
    text,
  };
}

function noteText(recording: Recording, id: number): string | null {
  const { log } = recording;
  const word = (position: number): number => log.word(id, position);
  switch (log.kind(id)) {
    case "transition":
      return roleText(recording, id);
    case "commit": {
      // Followers repeat what their leader commits; one note for each entry is enough.
      const leads = TraceIndex.of(recording).stateAfter(log.at(id), id)?.role === "leader";
      return leads ? t("commits up to {0}", word(0)) : null;
    }
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
    case "lose":
      // The arrow of a message that waited shows that it was lost.
      return recording.actionOf(id)?.action.kind === "discard" ? null : titleOf(recording, id);
    case "membership":
    case "transfer":
      return askedNote(recording, id);
    case "configuration":
      // Every word less makes the picture narrower; which entry it is of stands in the details.
      return usesText(recording, id);
    case "tick":
      return t("its timers go on by {0}", timeText(word(1)));
    case "return": {
      const outcome = OPERATION_OUTCOMES[word(1)];
      return outcome === "timeout" || outcome === "error" ? titleOf(recording, id) : null;
    }
    case "result":
      return word(1) === 0 ? titleOf(recording, id) : null;
    case "struck":
      // The crash that follows says where it was.
      return null;
    case "disk-error":
      return t("its disk fails");
    case "disk-lost":
      return t("its disk lost {0}", entries(word(2)));
    case "no-start":
      return word(2) === 0 ? t("cannot start: its disk fails") : t("refuses to start: entry {0} is damaged", word(2));
    case "lease-promote":
    case "lease-expired":
      return leaseNote(recording, id);
    case "note":
    case "fault":
    case "undo":
    case "heal":
    case "release":
    case "copy-asked":
    case "delay-asked":
      return titleOf(recording, id);
    default:
      return null;
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

/** Only a change of role: votes and terms show in the messages and the term lines. */
function roleText(recording: Recording, id: number): string | null {
  const { log } = recording;
  const role = ROLE_CODES[log.word(id, 0)] ?? "follower";
  const before = stateBefore(recording, id);
  if (before?.role === role && role !== "candidate") return null;
  const term = log.word(id, 1);
  return roleInTerm(role, term);
}
