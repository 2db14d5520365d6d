import { t } from "../../l10n/text.js";
import { describe } from "../describe.js";
import type { Recording } from "../recording.js";
import { type Asking, askingAt, type Fact, type Wait } from "./asking.js";
import { cited } from "./cited.js";
import { aboutCommit } from "./commit.js";
import { aboutConfiguration } from "./configuration.js";
import { aboutLink } from "./connection.js";
import { aboutEntry } from "./entry.js";
import type { Finding } from "./finding.js";
import { aboutKey } from "./key.js";
import { aboutElection, aboutLeader } from "./leader.js";
import { aboutLease } from "./lease.js";
import { factLink, readableChain, type WhyLink } from "./link.js";
import { aboutMessage } from "./message.js";
import { aboutClient, aboutOperation } from "./operation.js";
import { eventQuestion, messageQuestion, questionText } from "./question.js";
import { aboutRead } from "./read.js";
import { aboutServer } from "./server-field.js";
import { aboutSnapshot } from "./snapshot.js";
import type { Subject } from "./subject.js";
import { aboutVote } from "./vote.js";
import { aboutWatch } from "./watch.js";

/** A question that can be asked at a moment. */
export interface WhyQuestion {
  /** In words: `Why is s1 down?` */
  readonly title: string;
  /** The moment. */
  readonly eventId: number;
  /** `null`: why that event happened. */
  readonly about: Subject | null;
}

/** The answer to a question about a run at a moment. Every link is a place in the run at or before the moment. */
export interface WhyAnswer {
  /** The moment at which it was asked. */
  readonly eventId: number;
  readonly question: string;
  /** Whether that which was asked about is so. */
  readonly holds: boolean;
  /** The answer in a sentence, without its sources. */
  readonly headline: string;
  readonly sections: readonly string[];
  /** A chain of causes, the asked event first, or facts. */
  readonly links: readonly WhyLink[];
  readonly truncated: boolean;
  /** What is still to come, the soonest first. */
  readonly waits: readonly Wait[];
  /** What one asks next. */
  readonly questions: readonly WhyQuestion[];
}

/** Follow-up questions of an answer. */
const MOST_QUESTIONS = 8;

type Answerers = {
  readonly [K in Subject["kind"]]: (asking: Asking, subject: Extract<Subject, { readonly kind: K }>) => Finding | null;
};

const ANSWERERS: Answerers = {
  server: aboutServer,
  entry: aboutEntry,
  leader: aboutLeader,
  commit: aboutCommit,
  election: aboutElection,
  vote: aboutVote,
  message: aboutMessage,
  operation: aboutOperation,
  client: aboutClient,
  read: aboutRead,
  lease: aboutLease,
  watch: aboutWatch,
  configuration: aboutConfiguration,
  link: aboutLink,
  key: aboutKey,
  snapshot: aboutSnapshot,
};

/**
 * Answers a question at a moment of a run: why the event happened, or why the subject is as it is then, whether that is so or not. `null`
 * for a subject that is not there.
 */
export function answer(recording: Recording, eventId: number, about: Subject | null = null): WhyAnswer | null {
  if (about === null) return aboutEvent(recording, eventId);
  const asking = askingAt(recording, eventId);
  const finding = findingOf(asking, about);
  if (finding === null) return null;
  const question = questionText(asking, about, finding.holds);
  const questions = followUps(asking, about, finding);
  // From here on the state is not looked at any more: describing the first event replays to another one.
  const { text: headline, sections } = cited(finding.headline);
  const { links, truncated } = linksOf(recording, finding, headline);
  return {
    eventId,
    question,
    holds: finding.holds,
    headline,
    sections,
    links,
    truncated,
    waits: soonest(finding.waits),
    questions,
  };
}

/** What an answerer finds out, without the words of links. */
export function findingOf(asking: Asking, subject: Subject): Finding | null {
  // One call for each kind: the table's types say that kind and answerer belong together.
  const ask = <K extends Subject["kind"]>(
    of: Extract<Subject, { readonly kind: K }> & { readonly kind: K },
  ): Finding | null => ANSWERERS[of.kind](asking, of);
  return ask(subject);
}

function aboutEvent(recording: Recording, eventId: number): WhyAnswer {
  const asking = { recording, world: recording.world, upTo: eventId };
  const { links, truncated } = readableChain(recording, eventId);
  const [first, next] = links;
  const own = first?.because ?? null;
  const cause =
    next === undefined
      ? t("That is where it begins: nothing else in the run brought it about.")
      : t("because {0}", next.text);
  return {
    eventId,
    question: eventQuestion(asking, eventId),
    holds: true,
    headline: own ?? cause,
    sections: own === null ? [] : (first?.sections ?? []),
    links: detailed(recording, links),
    truncated,
    waits: [],
    questions: eventFollowUps(recording, eventId),
  };
}

function linksOf(
  recording: Recording,
  { links }: Finding,
  headline: string,
): { readonly links: readonly WhyLink[]; readonly truncated: boolean } {
  if (links.kind === "chain") {
    const chain = readableChain(recording, links.eventId, true);
    return { links: detailed(recording, chain.links), truncated: chain.truncated };
  }
  const all: readonly Fact[] = links.facts.length > 0 ? links.facts : [{ text: headline, eventId: 0, asks: null }];
  return { links: all.map((fact) => factLink(recording, fact.text, fact.eventId)), truncated: false };
}

/** The first link of a chain has its fields in full, such as a message's entries. */
function detailed(recording: Recording, links: readonly WhyLink[]): readonly WhyLink[] {
  const [first, ...others] = links;
  return first === undefined ? [] : [{ ...first, fields: describe(recording, first.id, true).fields }, ...others];
}

function soonest(waits: readonly Wait[] = []): readonly Wait[] {
  return [...waits].sort((a, b) => (a.timeUs ?? Number.POSITIVE_INFINITY) - (b.timeUs ?? Number.POSITIVE_INFINITY));
}

function followUps(asking: Asking, about: Subject, { links, asks = [] }: Finding): readonly WhyQuestion[] {
  const facts: readonly Fact[] = links.kind === "facts" ? links.facts : [];
  const subjects = [...facts.flatMap((fact) => (fact.asks === null ? [] : [fact.asks])), ...asks];
  const seen = new Set<string>([JSON.stringify(about)]);
  const questions: WhyQuestion[] = [];
  for (const subject of subjects) {
    const key = JSON.stringify(subject);
    if (seen.has(key) || questions.length >= MOST_QUESTIONS) continue;
    seen.add(key);
    const finding = findingOf(asking, subject);
    if (finding === null) continue;
    questions.push({ title: questionText(asking, subject, finding.holds), eventId: asking.upTo, about: subject });
  }
  return questions;
}

/** After a message that was sent: what became of it, by the end of what is recorded. */
function eventFollowUps(recording: Recording, eventId: number): readonly WhyQuestion[] {
  const { log } = recording;
  const kind = log.kind(eventId);
  if (kind !== "send") return [];
  return [{ title: messageQuestion(recording, eventId), eventId: log.count - 1, about: { kind: "message", eventId } }];
}
