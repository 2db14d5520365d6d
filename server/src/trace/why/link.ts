import { semicolons } from "../../l10n/joined.js";
import { t } from "../../l10n/text.js";
import { ROLE_CODES } from "../../sim/recorder.js";
import { describe } from "../describe.js";
import { ownLine } from "../lines.js";
import type { Recording } from "../recording.js";
import { readSend } from "../sent.js";
import { timeText } from "../time-text.js";
import type { EventText } from "../view.js";
import { explainingCause, WHY_LIMIT } from "./chain.js";
import { cited } from "./cited.js";
import { hopText } from "./hop-text.js";

/** A step of an answer that a person reads; always a place in the run, the event's own. */
export interface WhyLink extends EventText {
  /** `asked`: the event that the chain begins with. `cause`: it brought the link before about. `fact`: something that is so since then. */
  readonly relation: "asked" | "cause" | "fact";
  /** What happened, or what is so, in a sentence: `s2 gives s1 its vote in term 3`. */
  readonly text: string;
  /** By which rule, without its sources; `null` where there was nothing to decide, or the link before says it. */
  readonly because: string | null;
  /** The rule's sources: `§5.4.1`, `D §9.6`, `etcd: lease/lessor.go`. */
  readonly sections: readonly string[];
  /** How it came about between this link and the one before: what was on a disk when, how long a message took; `null` for nothing. */
  readonly mechanics: string | null;
  /** The events that the link stands for besides its own: deliveries, writes, timers. Newest first. */
  readonly steps: readonly EventText[];
}

/** A chain of causes, grouped into links that are read one by one, the asked event first. Event numbers fall from link to link. */
export interface ReadableChain {
  readonly links: readonly WhyLink[];
  readonly truncated: boolean;
}

/**
 * Why an event happened. What is mechanical (a delivery of the message just sent, a write done) belongs to the link that caused it. With
 * `plain` the asked event, too, is told as what it means, and not as the trace calls it.
 */
export function readableChain(recording: Recording, eventId: number, plain = false): ReadableChain {
  const said = new Set<string>();
  const links: WhyLink[] = [];
  let id = eventId;
  while (id >= 0 && links.length < WHY_LIMIT) {
    const group = groupAt(recording, id, links.length === 0);
    const cause = explainingCause(recording, group.last);
    links.push(linkOf(recording, group, said, plain || links.length > 0));
    if (startedTimer(recording, group, cause)) {
      links.push(timerLink(recording, cause));
      return { links, truncated: false };
    }
    const role = roleBetween(recording, cause, group.last);
    if (role >= 0) links.push(linkOf(recording, { main: role, asked: false, steps: [], last: role }, said, true));
    if (role >= 0 && isHeartbeatTimer(recording, group)) return { links, truncated: false };
    id = cause;
  }
  return { links, truncated: id >= 0 };
}

/**
 * Whether an election timer ran out for no other reason than that nothing started it anew: what had started it is worth a word, and
 * what led to that is another story.
 */
function startedTimer({ log }: Recording, { last }: Group, cause: number): boolean {
  return (
    cause >= 0 &&
    log.kind(last) === "timer" &&
    log.word(last, 0) === 0 &&
    cause === log.cause(last) &&
    log.kind(cause) !== "tick"
  );
}

/** A leader's heartbeats go on by themselves: that it leads is all there is to say. */
function isHeartbeatTimer({ log }: Recording, { last }: Group): boolean {
  return log.kind(last) === "timer" && log.word(last, 0) === 1;
}

function timerLink(recording: Recording, setter: number): WhyLink {
  const event = describe(recording, setter);
  const text = t("that timer was last started then: {0}", event.title);
  return { ...event, relation: "cause", text, because: null, sections: [], mechanics: null, steps: [] };
}

/** The server became leader or candidate between a cause and what it did: the trace gives both the same cause. -1 for neither. */
function roleBetween({ log }: Recording, cause: number, event: number): number {
  if (cause < 0 || log.kind(event) === "transition" || log.kind(cause) === "timer") return -1;
  for (let id = cause + 1; id < event; id += 1) {
    if (log.kind(id) !== "transition" || log.cause(id) !== cause || log.at(id) !== log.at(event)) continue;
    const role = ROLE_CODES[log.word(id, 0)];
    if (role === "leader" || role === "candidate") return id;
  }
  return -1;
}

/** Something that is so since an event. Its own reason stays unsaid: the fact is what matters, and what follows can be asked. */
export function factLink(recording: Recording, text: string, eventId: number): WhyLink {
  const event = describe(recording, eventId);
  const fact = cited(text);
  return {
    ...event,
    relation: "fact",
    text: fact.text,
    because: null,
    sections: fact.sections,
    mechanics: null,
    steps: [],
  };
}

/** Events that are one link. */
interface Group {
  /** The event that the link is about. */
  readonly main: number;
  readonly asked: boolean;
  /** The others, newest first. */
  readonly steps: readonly number[];
  /** The earliest of them: the chain goes on with its cause. */
  readonly last: number;
}

function groupAt(recording: Recording, id: number, asked: boolean): Group {
  const { log } = recording;
  const steps: number[] = [];
  let main = id;
  let last = id;
  const take = (next: number): void => {
    steps.push(next);
    last = next;
  };
  if (log.kind(id) === "deliver" && !asked) {
    const send = log.cause(id);
    if (send >= 0 && log.kind(send) === "send") {
      steps.push(id);
      main = send;
      last = send;
    }
  }
  const cause = explainingCause(recording, last);
  if (cause < 0) return { main, asked, steps, last };
  const kind = log.kind(cause);
  switch (log.kind(last)) {
    case "send":
      // What the server had to write before it might speak.
      if (kind === "durable") take(cause);
      break;
    case "drop":
    case "held":
      if (kind === "send") take(cause);
      break;
    case "transition":
      if (kind === "timer") take(cause);
      break;
    default:
  }
  // What a step of the scenario did says its line itself.
  const further = explainingCause(recording, last);
  if (last === main && further >= 0 && log.kind(further) === "step" && ownLine(log, main) !== null) take(further);
  return { main, asked, steps, last };
}

function linkOf(recording: Recording, { main, asked, steps }: Group, said: Set<string>, plain: boolean): WhyLink {
  const event = describe(recording, main);
  const reason = event.reason ?? reasonOfSteps(recording, steps, said);
  const fresh = reason === null || said.has(reason) ? null : reason;
  if (reason !== null) said.add(reason);
  const { text: because, sections } = fresh === null ? { text: null, sections: [] } : cited(fresh);
  return {
    ...event,
    relation: asked ? "asked" : "cause",
    text: plain ? causeText(recording, main, event.title) : event.title,
    because,
    sections,
    mechanics: mechanicsOf(recording, main, steps),
    steps: steps.map((id) => describe(recording, id)),
  };
}

/** A message as what it means; anything else as the trace calls it. */
function causeText(recording: Recording, id: number, title: string): string {
  const { log } = recording;
  const kind = log.kind(id);
  if (kind === "send") return hopText(recording, readSend(log, id));
  const send = kind === "drop" || kind === "held" ? log.cause(id) : -1;
  if (send < 0 || log.kind(send) !== "send") return title;
  const hop = hopText(recording, readSend(log, send));
  return kind === "drop" ? t("this message was lost: {0}", hop) : t("this message is held back: {0}", hop);
}

/** What the receiver decided, where the sender had nothing to decide. */
function reasonOfSteps(recording: Recording, steps: readonly number[], said: ReadonlySet<string>): string | null {
  for (const id of steps) {
    if (recording.log.kind(id) !== "deliver") continue;
    // A heartbeat's sentence says what the message itself says.
    if (recording.log.reason(id)?.code === "append-heartbeat") continue;
    const { reason } = describe(recording, id);
    if (reason !== null && !said.has(reason)) return reason;
  }
  return null;
}

function mechanicsOf(recording: Recording, main: number, steps: readonly number[]): string | null {
  const { log, world } = recording;
  const texts = steps.flatMap((id): string[] => {
    const at = world.nameOf(log.at(id));
    switch (log.kind(id)) {
      case "deliver":
        return [t("it reached {0} after {1}", at, timeText(log.timeUs(id) - log.timeUs(main)))];
      case "durable": {
        const cause = log.cause(id);
        const spent = cause < 0 ? 0 : log.timeUs(id) - log.timeUs(cause);
        return [t("{0} had to wait {1} for its disk first", at, timeText(spent))];
      }
      default:
        return [];
    }
  });
  return texts.length === 0 ? null : semicolons(texts.reverse());
}
