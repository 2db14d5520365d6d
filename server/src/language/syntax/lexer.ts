/**
 * The lexer: text to tokens, losing nothing. It never fails: what it cannot read becomes an `unknown`
 * token, and an unterminated string ends with its line.
 */

import { isDigit, isLineEnd, isSpace, isWordPart, isWordStart } from "./characters.js";
import type { Token, TokenKind } from "./token.js";

const HASH = 35;
const QUOTE = 34;
const BACKSLASH = 92;
const SLASH = 47;
const HYPHEN = 45;
const DOT = 46;
const PERCENT = 37;
const GREATER = 62;
const LETTER_S = 115;

/** Longest first, so that the first match is the right one. */
const LONG_PUNCTUATION = ["<->", "->", "=>", "==", "!=", "<=", ">=", ".."] as const;
const SHORT_PUNCTUATION = "<>=|,;{}[]():.";
const PUNCTUATION_STARTS = `${SHORT_PUNCTUATION}-!`;

/**
 * Splits a text into tokens, the last of which is the empty `end` token.
 *
 * @param text any text at all
 * @returns tokens whose texts, joined, are `text`
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const length = text.length;
  let at = 0;
  while (at < length) {
    const kind = kindAt(text, at);
    const end = endOf(text, at, kind);
    const isPath = (kind === "word" || kind === "number") && pathEnds(text, at, end);
    tokens.push({ kind: isPath ? "path" : kind, text: text.slice(at, end), start: at, end });
    at = end;
  }
  tokens.push({ kind: "end", text: "", start: at, end: at });
  return tokens;
}

function kindAt(text: string, at: number): TokenKind {
  const code = text.charCodeAt(at);
  if (isWordStart(code)) return "word";
  if (isSpace(code)) return "space";
  if (isDigit(code) || (code === HYPHEN && isDigit(text.charCodeAt(at + 1)))) return "number";
  if (isLineEnd(code)) return "newline";
  if (code === QUOTE) return "string";
  if (code === HASH) return "comment";
  if (code === SLASH) return "path";
  return punctuationLength(text, at) > 0 ? "punctuation" : "unknown";
}

function endOf(text: string, at: number, kind: TokenKind): number {
  switch (kind) {
    case "word":
      return endOfWord(text, at);
    case "space":
      return skip(text, at + 1, isSpace);
    case "number":
      return endOfNumber(text, at);
    case "newline":
      return text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
    case "string":
      return endOfString(text, at + 1);
    case "comment":
      return skip(text, at + 1, isInLine);
    case "path":
      return endOfPath(text, at);
    case "punctuation":
      return at + punctuationLength(text, at);
    default:
      return endOfUnknown(text, at);
  }
}

function isInLine(code: number): boolean {
  return !isLineEnd(code);
}

function punctuationLength(text: string, at: number): number {
  if (!PUNCTUATION_STARTS.includes(text.charAt(at))) return 0;
  for (const mark of LONG_PUNCTUATION) if (text.startsWith(mark, at)) return mark.length;
  return SHORT_PUNCTUATION.includes(text.charAt(at)) ? 1 : 0;
}

function skip(text: string, from: number, test: (code: number) => boolean): number {
  let at = from;
  while (at < text.length && test(text.charCodeAt(at))) at++;
  return at;
}

function endOfString(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isLineEnd(code)) return at;
    if (code === QUOTE) return at + 1;
    at += code === BACKSLASH && at + 1 < text.length && !isLineEnd(text.charCodeAt(at + 1)) ? 2 : 1;
  }
  return at;
}

/** A hyphen belongs to a word only between two of its characters, so that `s1->s2` is a link. */
function endOfWord(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isWordPart(code) || (code === HYPHEN && isWordPart(text.charCodeAt(at + 1)))) at++;
    else break;
  }
  return text.charCodeAt(at) === SLASH ? endOfPath(text, at) : at;
}

function endOfNumber(text: string, at: number): number {
  let end = skip(text, at + 1, isDigit);
  if (text.charCodeAt(end) === DOT && isDigit(text.charCodeAt(end + 1))) end = skip(text, end + 1, isDigit);
  end = text.charCodeAt(end) === PERCENT ? end + 1 : skip(text, end, isWordPart);
  if (text.charCodeAt(end) !== SLASH) return end;
  return isRate(text, end) ? end + 2 : endOfPath(text, end);
}

/** `200/s` is a rate; `200/sub` is a path. */
function isRate(text: string, slash: number): boolean {
  return text.charCodeAt(slash + 1) === LETTER_S && !isPathPart(text.charCodeAt(slash + 2));
}

/** Whether what began as a word or a number went on with a slash. */
function pathEnds(text: string, start: number, end: number): boolean {
  let slash = start;
  while (slash < end && text.charCodeAt(slash) !== SLASH) slash++;
  if (slash >= end) return false;
  return !(slash + 2 === end && isDigit(text.charCodeAt(start)) && isRate(text, slash));
}

function isPathPart(code: number): boolean {
  return isWordPart(code) || code === SLASH || code === HYPHEN || code === DOT;
}

/** Stops at `..`, which is always a range, and before an arrow. */
function endOfPath(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (!isPathPart(code)) break;
    const following = text.charCodeAt(at + 1);
    if (code === DOT && following === DOT) break;
    if (code === HYPHEN && following === GREATER) break;
    at++;
  }
  return at;
}

function endOfUnknown(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && isUnknown(text, at)) at++;
  return at;
}

function isUnknown(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return !(
    isSpace(code) ||
    isLineEnd(code) ||
    isWordPart(code) ||
    code === HASH ||
    code === QUOTE ||
    code === SLASH ||
    code === HYPHEN ||
    punctuationLength(text, at) > 0
  );
}
