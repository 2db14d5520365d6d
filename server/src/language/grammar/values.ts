/** Literals, keys, names and clauses: the small parts that steps and settings are made of. */

import type { Checkpoint } from "../syntax/builder.js";
import type { Expected } from "../syntax/expected.js";
import type { Parser, Slot } from "../syntax/parser.js";
import { STEP_WORDS } from "./words.js";

/** A number with or without a unit. */
export function literal(p: Parser, what: Expected, ...slots: readonly Slot[]): boolean {
  p.want(...slots);
  if (p.current.kind !== "number") {
    p.expected(what, p.previous?.text ?? "");
    return false;
  }
  p.leaf("Literal");
  return true;
}

/** A number, or two joined by `..`. */
export function literalOrRange(p: Parser, what: Expected, ...slots: readonly Slot[]): void {
  const start = p.checkpoint();
  if (!literal(p, what, ...slots) || !p.at("..")) return;
  p.wrap(start, "LiteralRange");
  p.bump();
  literal(p, what, ...slots);
  p.close();
}

/** A duration: `500ms`. */
export function duration(p: Parser): void {
  literal(p, "a duration such as `500ms`", "duration");
}

/** A string. */
export function string(p: Parser, what: Expected): boolean {
  if (p.current.kind !== "string") {
    p.expected(what, p.previous?.text ?? "");
    return false;
  }
  p.leaf("Literal");
  return true;
}

/** A name where it is defined or used. Words that begin a step are no names. */
export function name(p: Parser, what: Expected, slot: Slot): boolean {
  p.want(slot);
  if (p.current.kind !== "word" || STEP_WORDS.has(p.current.text)) {
    p.expected(what, p.previous?.text ?? "");
    return false;
  }
  p.leaf("Name");
  return true;
}

/** A key: a bare word, a bare path, a number or a string. */
export function key(p: Parser): boolean {
  p.want("key");
  const kind = p.current.kind;
  if (kind !== "word" && kind !== "path" && kind !== "string" && kind !== "number") {
    p.expected("a key", p.previous?.text ?? "");
    return false;
  }
  p.leaf("Key");
  return true;
}

/** A key, or a run of keys that differ in their last number. */
export function keyOrRange(p: Parser): void {
  const start = p.checkpoint();
  if (!key(p) || !p.at("..")) return;
  p.wrap(start, "KeyRange");
  p.bump();
  key(p);
  p.close();
}

/** A value: a string, a number, a variable, a field of a handle (`k1.token`), or a list of them. */
export function value(p: Parser): boolean {
  p.want("value");
  if (p.at("[")) {
    list(p, "Literal");
    return true;
  }
  if (p.current.kind === "string" || p.current.kind === "number") {
    p.leaf("Literal");
    return true;
  }
  if (p.current.kind === "word") {
    const start = p.checkpoint();
    p.leaf("Name");
    if (p.at(".") && p.adjacent) handleField(p, start);
    return true;
  }
  p.expected('a value such as `"red"`', p.previous?.text ?? "");
  return false;
}

function handleField(p: Parser, start: Checkpoint): void {
  p.wrap(start, "FieldOperand");
  p.bump();
  p.want("handle-field");
  if (p.current.kind === "word") p.bump();
  else p.expected("`token` or `held`", ".");
  p.close();
}

/** The flags and the clause that make a range of a key: `KEY prefix`, `KEY to END`, `KEY from-key`. */
export const RANGE_FLAGS = ["prefix", "from-key"] as const;
export const RANGE: ClauseTable = { to: (p) => void key(p) };

/** Keys, where a range is allowed. */
export function keys(p: Parser): boolean {
  if (!key(p)) return false;
  parts(p, RANGE_FLAGS, RANGE);
  return !p.failed;
}

/** `[ … ]`: log entries (`1`, `2:color="red"`), numbers, strings or variables. The cursor is at the bracket. */
export function list(p: Parser, element: "Literal" | "Entry"): void {
  p.open("List");
  p.bump();
  while (!p.at("]") && !p.atEndOfStatement()) {
    const before = p.position;
    if (!p.eat(",")) {
      if (element === "Entry") entry(p);
      else if (p.current.kind === "word" || p.current.kind === "string" || p.current.kind === "number") value(p);
    }
    if (p.position === before) {
      p.missing("]");
      break;
    }
  }
  p.need("]", p.previous?.text ?? "");
  p.close();
}

function entry(p: Parser): void {
  p.open("Entry");
  literal(p, "the term of a log entry", "number");
  if (p.at(":")) {
    p.bump();
    if (key(p) && p.need("=", p.previous?.text ?? "")) value(p);
  }
  p.close();
}

/** For each word that begins a clause, what it introduces. */
export type ClauseTable = Readonly<Record<string, (p: Parser) => void>>;

/** The clauses that may follow, in any order. */
export function clauses(p: Parser, table: ClauseTable): void {
  const words = Object.keys(table);
  for (;;) {
    let found: string | undefined;
    for (const word of words) if (p.atWord(word)) found ??= word;
    if (found === undefined) return;
    p.open("Clause");
    p.bump();
    table[found]?.(p);
    p.close();
  }
}

/** The flags and clauses that may follow, in any order. */
export function parts(p: Parser, flags: readonly string[], table: ClauseTable): void {
  for (;;) {
    const before = p.position;
    for (const flag of flags) p.eatWord(flag);
    clauses(p, table);
    if (p.position === before) return;
  }
}

/** A revision. */
export function revision(p: Parser): void {
  literal(p, "a revision", "number");
}

/** `for 500ms`: how long a fault lasts. */
export const LASTING = { for: duration } as const;
