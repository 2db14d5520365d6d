/** Steps that break things and mend them. Each parser begins at the step's own word. */

import type { Parser } from "../syntax/parser.js";
import { link, linkOrSelector, selector } from "./selectors.js";
import { clauses, duration, LASTING, literal, literalOrRange, name } from "./values.js";

type StepParser = (p: Parser) => void;

/** A word, a selector, and how long it lasts. */
function lasting(p: Parser): void {
  p.bump();
  if (selector(p)) clauses(p, LASTING);
}

/** A word and a selector. */
function plain(p: Parser): void {
  p.bump();
  selector(p);
}

function chance(p: Parser): void {
  p.bump();
  if (literal(p, "a percentage such as `5%`", "percent")) clauses(p, { on: link, ...LASTING });
}

/** `TYPE LINK`: the type may be missing. */
function messageAndLink(p: Parser): void {
  p.want("message-type");
  const token = p.current;
  const arrow = p.peek(1).text;
  if (token.kind === "word" && /^[A-Z]/.test(token.text) && arrow !== "->" && arrow !== "<->" && arrow !== "except") {
    p.leaf("MessageType");
  }
  link(p);
}

/** `[next [N]]`: only so many messages. */
function next(p: Parser): void {
  if (!p.atWord("next")) return;
  p.open("Clause");
  p.bump();
  if (p.current.kind === "number") p.leaf("Literal");
  p.close();
}

const ARROWS: ReadonlySet<string> = new Set(["->", "<->", "except"]);

/** Places of a message among those under way. A server may bear such a name: `last -> s2`. */
export const PLACE_WORDS = ["first", "second", "third", "last", "nth"] as const;

/** `[PLACE] LINK [TYPE]`, or `all [LINK | to SELECTOR | from SELECTOR] [TYPE]`: some of the messages that wait. */
function waiting(p: Parser): void {
  p.bump();
  const isKeyword = !ARROWS.has(p.peek(1).text);
  if (isKeyword && p.eatWord("all")) {
    if (!allOf(p)) return;
  } else {
    if (isKeyword) place(p);
    linkAndMessage(p);
    return;
  }
  messageAfter(p);
}

function linkAndMessage(p: Parser): void {
  link(p);
  messageAfter(p);
}

function messageAfter(p: Parser): void {
  p.want("message-type");
  if (p.current.kind === "word" && !p.atWord("by")) p.leaf("MessageType");
}

/** What follows `all`; false when something is missing. */
function allOf(p: Parser): boolean {
  p.want("selector");
  for (const word of ["to", "from"]) {
    if (!p.atWord(word)) continue;
    p.open("Clause");
    p.bump();
    const parsed = selector(p);
    p.close();
    return parsed;
  }
  const next = p.peek(1).text;
  const isLink = p.at("{") || next === "->" || next === "<->" || next === "except" || p.atWord("any");
  if (isLink) link(p);
  return true;
}

/** False where no place is written. */
function place(p: Parser): boolean {
  const word = PLACE_WORDS.find((each) => p.atWord(each));
  if (word === undefined) return false;
  p.open("Clause");
  p.bump();
  if (word === "nth") literal(p, "a number: `nth 4`", "number");
  p.close();
  return true;
}

/** What a server does when it crashes: `fsync`, `send [MESSAGE]`, `apply`, `install`. */
function crashPlace(p: Parser): void {
  if (p.eatWord("send")) {
    p.want("message-type");
    if (p.current.kind === "word" && /^[A-Z]/.test(p.current.text)) p.leaf("MessageType");
  } else if (!p.eatWord("fsync") && !p.eatWord("apply") && !p.eatWord("install")) {
    p.expected("`fsync`, `send`, `apply` or `install`", p.previous?.text ?? "");
  }
}

/** The parsers by the step's word. */
export const FAULT_STEPS: Readonly<Record<string, StepParser>> = {
  crash(p) {
    p.bump();
    if (selector(p)) clauses(p, { before: crashPlace, after: crashPlace, ...LASTING });
  },
  pause: lasting,
  isolate: lasting,
  restart: plain,
  resume: plain,
  wipe: plain,
  timeout: plain,
  snapshot: plain,
  partition(p) {
    p.bump();
    do if (!selector(p)) return;
    while (p.eat("|"));
    clauses(p, LASTING);
  },
  cut(p) {
    p.bump();
    link(p);
    clauses(p, LASTING);
  },
  heal(p) {
    p.bump();
    p.want("selector");
    if (!p.atEndOfStatement()) linkOrSelector(p);
  },
  loss: chance,
  duplicate(p) {
    // `duplicate 5%` is a chance, `duplicate s1 -> s2` makes one waiting message two.
    if (p.peek(1).kind === "word" || p.peek(1).text === "{") waiting(p);
    else chance(p);
    if (p.previous?.text === "duplicate") p.want("selector");
  },
  reorder: chance,
  latency(p) {
    p.bump();
    literalOrRange(p, "a duration such as `200ms`", "duration");
    clauses(p, { on: link, ...LASTING });
  },
  drop(p) {
    p.bump();
    next(p);
    messageAndLink(p);
    clauses(p, LASTING);
  },
  delay(p) {
    p.bump();
    // `delay first s1 -> s2 by 5ms` is about one that is under way.
    if (!ARROWS.has(p.peek(1).text) && place(p)) {
      linkAndMessage(p);
      clauses(p, { by: duration });
      return;
    }
    next(p);
    messageAndLink(p);
    clauses(p, { by: duration, ...LASTING });
  },
  hold(p) {
    p.bump();
    messageAndLink(p);
    clauses(p, { as: (inner) => void name(inner, "a name", "new-name"), ...LASTING });
  },
  release(p) {
    p.bump();
    name(p, "the name of a `hold`", "hold");
  },
  clock(p) {
    p.bump();
    if (!selector(p)) return;
    if (p.eatWord("drift")) literal(p, "a percentage such as `10%`", "percent");
    else if (p.eatWord("jump")) duration(p);
    else p.expected("`drift` or `jump`", p.previous?.text ?? "");
    clauses(p, LASTING);
  },
  disk(p) {
    p.bump();
    if (!selector(p)) return;
    if (p.eatWord("slow")) duration(p);
    else if (p.eatWord("ignore")) p.needWord("fsync", "ignore");
    else if (!p.eatWord("tear") && !p.eatWord("corrupt") && !p.eatWord("fail")) {
      p.expected("`slow`, `ignore fsync`, `tear`, `corrupt` or `fail`", p.previous?.text ?? "");
    }
    clauses(p, LASTING);
  },
  deliver: waiting,
  lose: waiting,
  tick: lasting,
  stabilize(p) {
    p.bump();
    p.want("selector");
    if (!p.atEndOfStatement()) selector(p);
  },
};
