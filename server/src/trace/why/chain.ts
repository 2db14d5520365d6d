import { t } from "../../l10n/text.js";
import { describe } from "../describe.js";
import { withLine } from "../lines.js";
import type { Recording } from "../recording.js";
import { timeText } from "../time-text.js";
import type { EventText } from "../view.js";
import { noMajorityBefore } from "./no-majority.js";
import { clockFaultBehind, faultBehind, silenceBefore } from "./silence.js";
import { unanswered } from "./unanswered.js";

/** Most links of a chain. */
export const WHY_LIMIT = 60;

/** A chain of causes, the asked event first. Event numbers fall from link to link. */
export interface WhyChain {
  readonly eventId: number;
  readonly links: readonly EventText[];
  /** The chain goes on beyond {@link WHY_LIMIT} links. */
  readonly truncated: boolean;
}

/**
 * Why an event happened: its cause, that one's cause, back to where it began. Where the cause is that something did not
 * happen, the chain goes on with what prevented it (a crash, a partition); a leader's heartbeats count as one link.
 */
export function why(recording: Recording, eventId: number): WhyChain {
  const links: EventText[] = [];
  let id = eventId;
  while (id >= 0 && links.length < WHY_LIMIT) {
    links.push(describe(recording, id, links.length === 0));
    id = explainingCause(recording, id);
  }
  return { eventId, links, truncated: id >= 0 };
}

/** The chain as lines of text, the asked event first. A reason that two links share is said once. */
export function whyLines(chain: WhyChain): string[] {
  let said: string | null = null;
  const lines = chain.links.map((link, position) => {
    const because = link.reason === null || link.reason === said ? null : link.reason;
    said = link.reason ?? said;
    const text = withLine(because === null ? link.title : t("{0}: {1}", link.title, because), link.line);
    const placed = t("{0}, at {1} [event {2}]", text, timeText(link.timeUs), link.id);
    return position === 0 ? placed : t("because {0}", placed);
  });
  if (chain.truncated) lines.push(t("because … and so on"));
  return lines;
}

/** The event that explains `id`; -1 for none. Always an earlier one. */
export function explainingCause(recording: Recording, id: number): number {
  const { log } = recording;
  const cause = log.cause(id);
  switch (log.kind(id)) {
    case "timer": {
      if (cause >= 0 && log.kind(cause) === "tick") return cause;
      if (log.word(id, 0) === 1) return beforeHeartbeats(recording, id);
      const missing = noMajorityBefore(recording, id);
      if (missing >= 0) return missing;
      const silence = silenceBefore(recording, id);
      if (silence !== null && silence.eventId >= 0) return silence.eventId;
      const clock = silence === null ? clockFaultBehind(recording, log.at(id), cause, id) : -1;
      return clock >= 0 ? clock : cause;
    }
    case "drop": {
      const fault = faultBehind(recording, id);
      return fault >= 0 ? fault : cause;
    }
    case "return":
      return unanswered(recording, id)?.eventId ?? cause;
    default:
      return cause;
  }
}

/** A heartbeat timer was set by the one before it, and so on: what set the first of them. */
function beforeHeartbeats(recording: Recording, id: number): number {
  const { log } = recording;
  let cause = log.cause(id);
  while (cause >= 0 && log.kind(cause) === "timer" && log.word(cause, 0) === 1) cause = log.cause(cause);
  return cause;
}
