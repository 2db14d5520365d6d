import { OPERATION_OUTCOMES, ROLE_CODES } from "../sim/recorder.js";
import type { NoteItem } from "./diagram-items.js";
import { categoryOf } from "./event-category.js";
import { stateBefore, titleOf, usedConfiguration } from "./event-title.js";
import { plural } from "./reason-text.js";
import type { Recording } from "./recording.js";
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
      return leads ? `commits up to ${word(0)}` : null;
    }
    case "truncate":
      return `removes its entries from ${word(0)} on`;
    case "snapshot":
      return `snapshot up to ${word(0)}`;
    case "install":
      return `installs the snapshot up to ${word(0)}`;
    case "crash":
      return `crashes${crashPlace(recording, id)}`;
    case "restart":
      return "restarts";
    case "pause":
      return "is paused";
    case "resume":
      return "goes on";
    case "wipe":
      return "disk wiped";
    case "timeout":
      return "election timeout asked for";
    case "lose":
      // The arrow of a message that waited shows that it was lost.
      return recording.actionOf(id)?.action.kind === "discard" ? null : titleOf(recording, id);
    case "membership":
    case "transfer":
      return askedNote(recording, id);
    case "configuration":
      // Every word less makes the picture narrower; which entry it is of stands in the details.
      return usedConfiguration(recording, id).replace(/^configuration (.*?)(?: of entry \d+|, the first)$/, "uses $1");
    case "tick":
      return `its timers go on by ${timeText(word(1))}`;
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
      return "its disk fails";
    case "disk-lost":
      return `its disk lost ${word(2)} ${plural(word(2), "entry", "entries")}`;
    case "no-start":
      return word(2) === 0 ? "cannot start: its disk fails" : `refuses to start: entry ${word(2)} is damaged`;
    case "lease-promote":
    case "lease-expired":
      return titleOf(recording, id).replace(/^\S+ /, "");
    case "note":
    case "fault":
    case "undo":
    case "heal":
    case "release":
    case "copy-asked":
      return titleOf(recording, id);
    default:
      return null;
  }
}

/** ` before send AppendEntriesReply`: where the crash point was that a server came to; nothing for other crashes. */
function crashPlace(recording: Recording, id: number): string {
  const { log } = recording;
  const struck = log.cause(id);
  if (struck < 0 || log.kind(struck) !== "struck") return "";
  const action = recording.actionOf(TraceIndex.of(recording).beginOfFault(log.word(struck, 0)))?.action;
  if (action?.kind !== "fault" || action.fault.kind !== "crash-point") return "";
  const { when, place, message } = action.fault;
  return ` ${when} ${place}${message === null ? "" : ` ${message}`}`;
}

/** What was asked of a server, and that it refused. */
function askedNote(recording: Recording, id: number): string {
  const code = recording.log.reason(id)?.code ?? "";
  const asked = titleOf(recording, id).replace(/^\S+ is asked: /, "");
  return code === "not-leader" || code.includes("refused") ? `${asked}: refused` : asked;
}

/** Only a change of role: votes and terms show in the messages and the term lines. */
function roleText(recording: Recording, id: number): string | null {
  const { log } = recording;
  const role = ROLE_CODES[log.word(id, 0)] ?? "follower";
  const before = stateBefore(recording, id);
  if (before?.role === role && role !== "candidate") return null;
  const term = log.word(id, 1);
  return role === "leader" ? `leader of term ${term}` : `${role} in term ${term}`;
}
