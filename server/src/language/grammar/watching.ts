/** What is expected of watches and observers: `HANDLE saw […]`, `HANDLE canceled`, `HANDLE progress`. */

import type { Parser } from "../syntax/parser.js";
import { clauses, duration, key, name, revision, value } from "./values.js";

const WITHIN = { within: duration } as const;

/** The words that follow the name of a watch. */
export const WATCH_EXPECTATIONS = ["saw", "canceled", "progress"] as const;

/** Whether the cursor is at the name of a watch with one of these words behind it. */
export function atWatchExpectation(p: Parser): boolean {
  if (p.current.kind !== "word") return false;
  const next = p.peek(1);
  // What else can follow a name is recorded by the parser of conditions.
  if (next.kind === "end") for (const word of WATCH_EXPECTATIONS) p.expectations.words.add(word);
  return next.kind === "word" && WATCH_EXPECTATIONS.some((word) => word === next.text);
}

/** Parses it. The cursor is at the name. */
export function watchExpectation(p: Parser): void {
  if (!name(p, "the name of a watch", "watcher")) return;
  const word = p.current.text;
  p.bump();
  if (word === "saw") {
    saw(p);
    clauses(p, WITHIN);
  } else if (word === "progress") {
    clauses(p, { rev: revision, ...WITHIN });
  } else {
    clauses(p, {
      error: (inner) => void name(inner, "the name of an error such as `compacted`", "error-name"),
      ...WITHIN,
    });
  }
}

/** `[put color "red" rev 2, delete color]` of a watch, `["alice" "bob"]` of an observer. */
function saw(p: Parser): void {
  if (!p.at("[")) {
    p.expected('the list of events, `[put color "red" …]`', "saw");
    return;
  }
  p.open("List");
  p.bump();
  while (!p.at("]") && !p.atEndOfStatement()) {
    if (p.eat(",")) continue;
    const before = p.position;
    if (p.atWord("put") || p.atWord("delete")) watchEvent(p);
    else if (p.current.kind === "string" || p.current.kind === "number" || p.current.kind === "word") value(p);
    if (p.position === before) {
      p.expected("`put`, `delete` or a value", p.previous?.text ?? "");
      break;
    }
  }
  p.need("]", p.previous?.text ?? "");
  p.close();
}

function watchEvent(p: Parser): void {
  const put = p.atWord("put");
  p.open("WatchEvent");
  p.bump();
  if (!key(p)) {
    p.close();
    return;
  }
  if (put && !p.atWord("rev") && !p.atWord("prev") && isValue(p)) value(p);
  clauses(p, { rev: revision, prev: (inner) => void value(inner) });
  p.close();
}

/** The value of a `put` may be left out. */
function isValue(p: Parser): boolean {
  return !p.at("]") && !p.at(",") && !p.atWord("put") && !p.atWord("delete");
}
