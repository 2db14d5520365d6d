/** Checks of questions and answers that come from the extension. */
import type { WhyLink, WhyQuestion, WhySubject, WhyView } from "../../server/src/protocol/why.js";
import { arrayOf, type Guard, isBoolean, isNumber, isString, literal, nullable, object, union } from "./guard.js";
import { EVENT_MEMBERS, isEventView } from "./guards.js";

const named = <K extends string>(kind: K) => ({ kind: literal(kind), server: isString });

const isEntryState = literal("here", "durable", "committed", "applied");

/** What a person asks about. */
export const isWhySubject: Guard<WhySubject> = union(
  object({
    ...named("server"),
    field: literal("status", "role", "term", "vote", "leader", "commit", "applied", "timer"),
  }),
  object({ ...named("entry"), index: isNumber, state: isEntryState }),
  object({ ...named("entry"), index: isNumber }),
  object({ kind: literal("leader", "read", "configuration") }),
  object({ kind: literal("commit", "election", "snapshot"), server: isString }),
  object({ ...named("vote"), candidate: isString }),
  object({ kind: literal("message"), eventId: isNumber }),
  object({ kind: literal("operation"), operation: isNumber }),
  object({ kind: literal("client"), client: isString }),
  object({ kind: literal("lease"), lease: isString }),
  object({ kind: literal("watch"), watch: isNumber }),
  object({ kind: literal("link"), from: isString, to: isString }),
  object({ ...named("key"), key: isString }),
  object({ kind: literal("key"), key: isString }),
);

const isWhyQuestion: Guard<WhyQuestion> = object<WhyQuestion>({
  title: isString,
  eventId: isNumber,
  about: nullable(isWhySubject),
});

const isWhyLink: Guard<WhyLink> = object<WhyLink>({
  ...EVENT_MEMBERS,
  relation: literal("asked", "cause", "fact"),
  text: isString,
  because: nullable(isString),
  sections: arrayOf(isString),
  mechanics: nullable(isString),
  steps: arrayOf(isEventView),
});

/** An answer. */
export const isWhyView: Guard<WhyView> = object<WhyView>({
  eventId: isNumber,
  question: isString,
  holds: isBoolean,
  headline: isString,
  sections: arrayOf(isString),
  links: arrayOf(isWhyLink),
  truncated: isBoolean,
  waits: arrayOf(object({ text: isString, timeUs: nullable(isNumber), eventId: isNumber })),
  questions: arrayOf(isWhyQuestion),
});
