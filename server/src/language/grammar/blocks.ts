/** Lists of statements in braces, and how the parser finds its feet after an error. */

import { SYNTAX } from "../diagnostics/syntax.js";
import type { Parser } from "../syntax/parser.js";
import type { Token } from "../syntax/token.js";

/** Parses one statement. */
export type StatementParser = (p: Parser) => void;

/** Parses statements up to a `}` or the end of the text. Always makes progress. */
export function statements(p: Parser, one: StatementParser): void {
  while (!p.atEnd() && !p.at("}")) {
    if (p.current.kind === "newline" || p.at(";")) {
      p.bump();
      continue;
    }
    if (startsTopLevel(p)) return;
    const before = p.position;
    p.statement(() => {
      one(p);
      finishStatement(p, one, before);
    });
    if (p.position === before) p.leaf("Error");
  }
  // Only the expectations matter here: nothing is left to parse.
  if (p.atEnd() && startsStatement(p.previous)) one(p);
}

function startsStatement(previous: Token | undefined): boolean {
  return previous === undefined || previous.kind === "newline" || previous.text === "{" || previous.text === ";";
}

/**
 * Whether a scenario or a named cluster begins here. Inside a block this means that the block was never
 * closed, and keeps a missing `}` from swallowing the rest of the file.
 */
function startsTopLevel(p: Parser): boolean {
  if (!p.firstOnLine || p.current.kind !== "word") return false;
  if (p.current.text === "scenario") return p.peek(1).kind === "string";
  return p.current.text === "cluster" && p.peek(1).kind === "word" && p.peek(2).text === "{";
}

/** Parses `{ statements }`. The cursor is at the `{`. */
export function block(p: Parser, one: StatementParser): void {
  if (!p.at("{")) {
    p.missing("{", p.previous?.text ?? "");
    return;
  }
  p.nested(() => {
    p.open("Block");
    const brace = p.current;
    p.bump();
    statements(p, one);
    if (p.at("}")) p.bump();
    else p.error(SYNTAX.unclosed, { start: brace.start, end: brace.end }, ["{"]);
    p.close();
  });
}

/** Sees to it that the statement has ended: reports what is left over, and passes over it. */
function finishStatement(p: Parser, one: StatementParser, before: number): void {
  if (p.atEndOfStatement()) return;
  if (p.failed && p.firstOnLine && p.position > before) return;
  const token = p.current;
  p.error(SYNTAX.unexpected, { start: token.start, end: token.end }, [token.text]);
  recover(p, one);
}

/** Passes over the rest of a line. A block that spans lines is still read as one, so that braces stay paired. */
function recover(p: Parser, one: StatementParser): void {
  p.open("Error");
  let first = true;
  while (!p.atEndOfStatement() && (first || !p.firstOnLine)) {
    first = false;
    const before = p.position;
    if (p.at("{")) {
      if (closesOnSameLine(p)) skipBraces(p);
      else block(p, one);
    }
    if (p.position === before) p.bump();
  }
  p.close();
}

function closesOnSameLine(p: Parser): boolean {
  const close = p.closingBrace();
  if (close < 0 || close > 200) return false;
  for (let ahead = 1; ahead <= close; ahead++) if (p.peek(ahead).kind === "newline") return false;
  return true;
}

function skipBraces(p: Parser): void {
  for (let left = p.closingBrace(); left >= 0; left--) p.bump();
}
