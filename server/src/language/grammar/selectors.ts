/** Selectors of servers, and links between them. */

import type { Parser } from "../syntax/parser.js";
import { OPERATION_WORDS, ROLE_WORDS, STEP_WORDS } from "./words.js";

const ARROWS = ["->", "<->"] as const;

/** A selector, with `except` where it follows. */
export function selector(p: Parser): boolean {
  return excepting(p, primary);
}

function excepting(p: Parser, first: (p: Parser) => boolean): boolean {
  const start = p.checkpoint();
  if (!first(p)) return false;
  while (p.atWord("except")) {
    p.wrap(start, "ExceptSelector");
    p.bump();
    primary(p);
    p.close();
  }
  return true;
}

function primary(p: Parser): boolean {
  p.want("selector");
  if (p.at("{")) {
    let parsed = false;
    p.nested(() => {
      set(p);
      parsed = true;
    });
    return parsed;
  }
  const token = p.current;
  if (token.kind !== "word" || STEP_WORDS.has(token.text)) {
    p.expected("a server, a role or a set such as `{s1 s2}`", p.previous?.text ?? "");
    return false;
  }
  if (token.text === "any" && (p.peek(1).kind === "word" || p.peek(1).text === "{" || p.peek(1).kind === "end")) {
    any(p);
  } else if (ROLE_WORDS.has(token.text)) {
    p.leaf("Role");
  } else {
    nameOrRange(p);
  }
  return true;
}

/** `any followers except s1` is one of the followers that are not s1. */
function any(p: Parser): void {
  p.open("AnySelector");
  p.bump();
  p.nested(() => excepting(p, anyOf));
  p.close();
}

function anyOf(p: Parser): boolean {
  if (!p.atWord("node") && !p.atWord("server")) return primary(p);
  p.leaf("Role");
  return true;
}

/** A name, or a run of names: `s1..s3`. */
export function nameOrRange(p: Parser): void {
  const start = p.checkpoint();
  p.leaf("Name");
  if (!p.at("..")) return;
  p.wrap(start, "NameRange");
  p.bump();
  if (p.current.kind === "word") p.leaf("Name");
  else p.expected("the last name of the run", "..");
  p.close();
}

function set(p: Parser): void {
  p.open("SetSelector");
  p.bump();
  while (!p.at("}")) {
    if (p.current.kind === "newline" && continuesSet(p)) {
      p.bump();
    } else if (!p.eat(",") && (p.atEndOfStatement() || !selector(p))) {
      break;
    }
  }
  p.need("}", p.previous?.text ?? "{");
  p.close();
}

/** Whether the next line goes on with the set. A line that can be a step does not: the set was never closed. */
function continuesSet(p: Parser): boolean {
  const next = p.peek(1);
  if (next.text === "}") return true;
  return next.kind === "word" && !STEP_WORDS.has(next.text) && !OPERATION_WORDS.has(p.peek(2).text);
}

/** A link: `s1 -> s2` or `s1 <-> s2`. */
export function link(p: Parser): void {
  linkOrSelector(p, true);
}

/** A link or, unless `linkOnly`, a selector alone. */
export function linkOrSelector(p: Parser, linkOnly = false): void {
  const start = p.checkpoint();
  if (!selector(p)) return;
  if (p.atEnd()) for (const arrow of ARROWS) p.expectations.words.add(arrow);
  if (!ARROWS.some((arrow) => p.at(arrow))) {
    if (linkOnly) p.expected("`->` or `<->` and another server", p.previous?.text ?? "");
    return;
  }
  p.wrap(start, "Link");
  p.bump();
  selector(p);
  p.close();
}
