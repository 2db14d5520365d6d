/** Transactions: `txn { [if COMPARE [and COMPARE …]] then OPERATION [, …] [else OPERATION [, …]] }`. */

import type { Parser } from "../syntax/parser.js";
import { key, keys, name, value } from "./values.js";
import { COMPARE_TARGETS } from "./words.js";

/** Parses what follows the word `txn`; `operation` parses one operation of a branch. */
export function transaction(p: Parser, operation: (p: Parser) => void): void {
  if (!p.at("{")) {
    p.missing("{", "txn");
    return;
  }
  const end = p.position + closingBrace(p);
  p.nested(() => {
    p.open("Transaction");
    p.bump();
    body(p, operation);
    if (p.failed && p.position <= end) passOver(p, end);
    p.close();
  });
}

/** What could not be read of a transaction, its closing brace included: that is not the one of the block around. */
function passOver(p: Parser, end: number): void {
  p.open("Error");
  while (p.position <= end && !p.atEnd()) p.bump();
  p.close();
}

const BEGIN_LINES: ReadonlySet<string> = new Set(["if", "then", "else", "}"]);

/** How far ahead the closing brace is; -1 when the braces were perhaps never closed and another one is meant. */
function closingBrace(p: Parser): number {
  const close = p.closingBrace();
  if (close > 1000) return -1;
  for (let ahead = 1; ahead < close; ahead++) {
    if (p.peek(ahead).kind === "newline" && !BEGIN_LINES.has(p.peek(ahead + 1).text)) return -1;
  }
  return close;
}

function body(p: Parser, operation: (p: Parser) => void): void {
  if (p.eatWord("if") && !compares(p)) return;
  onNextLine(p, "then");
  if (!p.atWord("then")) {
    p.missing("then", p.previous?.text ?? "{");
    return;
  }
  if (!branch(p, operation)) return;
  onNextLine(p, "else");
  if (p.atWord("else") && !branch(p, operation)) return;
  onNextLine(p, "}");
  p.need("}", p.previous?.text ?? "");
}

/** A part of a transaction may begin a line. */
function onNextLine(p: Parser, text: string): void {
  if (p.current.kind === "newline" && p.peek(1).text === text) p.bump();
}

function compares(p: Parser): boolean {
  do {
    p.open("Comparison");
    const parsed = compare(p);
    p.close();
    if (!parsed) return false;
  } while (p.eatWord("and"));
  return true;
}

function compare(p: Parser): boolean {
  p.want("compare");
  const word = p.current.kind === "word" ? p.current.text : "";
  if (word === "owner" && (p.peek(1).kind === "word" || p.peek(1).kind === "end")) {
    p.bump();
    return name(p, "the name of a lock or a candidacy", "session");
  }
  const target = COMPARE_TARGETS.some((each) => each === word) && p.peek(1).text === "(";
  if (!(target ? compared(p) : key(p)) || !comparator(p)) return false;
  if (target && word === "lease") p.want("lease-or-session");
  return value(p);
}

/** `version(KEYS)`. */
function compared(p: Parser): boolean {
  p.open("CompareTarget");
  p.bump();
  p.bump();
  const parsed = keys(p) && p.need(")", p.previous?.text ?? "");
  p.close();
  return parsed;
}

/** etcd has no `<=` and `>=`; the checker says so. */
function comparator(p: Parser): boolean {
  if (p.atEnd()) for (const mark of ["==", "!=", "<", ">"]) p.expectations.words.add(mark);
  for (const mark of ["==", "!=", "<", "<=", ">", ">="]) if (p.eat(mark)) return true;
  p.expected("a comparison such as `==`", p.previous?.text ?? "");
  return false;
}

/** `then …` or `else …`. A branch may be empty: the transaction does nothing then. */
function branch(p: Parser, operation: (p: Parser) => void): boolean {
  p.open("Clause");
  p.bump();
  if (!p.atWord("else") && !p.at("}") && !isLineBefore(p, "else") && !isLineBefore(p, "}")) {
    do {
      p.open("Invoke");
      operation(p);
      p.close();
    } while (p.eat(","));
  }
  p.close();
  return !p.failed;
}

function isLineBefore(p: Parser, text: string): boolean {
  return p.current.kind === "newline" && p.peek(1).text === text;
}
