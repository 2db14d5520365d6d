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
const LETTER_S = 115;

/** Longest first, so that the first match is the right one. */
const LONG_PUNCTUATION = ["<->", "->", "=>", "==", "!=", "<=", ">=", ".."] as const;
const SHORT_PUNCTUATION = "<>=|,;{}[]():.";

/**
 * Splits a text into tokens, the last of which is the empty `end` token.
 *
 * @param text any text at all
 * @returns tokens whose texts, joined, are `text`
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const [kind, end] = next(text, at);
    tokens.push({ kind, text: text.slice(at, end), start: at, end });
    at = end;
  }
  tokens.push({ kind: "end", text: "", start: at, end: at });
  return tokens;
}

function next(text: string, at: number): readonly [TokenKind, number] {
  const code = text.charCodeAt(at);
  if (isSpace(code)) return ["space", skip(text, at + 1, isSpace)];
  if (isLineEnd(code)) return ["newline", code === 13 && text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1];
  if (code === HASH) return ["comment", skip(text, at + 1, (unit) => !isLineEnd(unit))];
  if (code === QUOTE) return ["string", endOfString(text, at + 1)];
  if (isWordStart(code)) return word(text, at);
  if (isDigit(code) || (code === HYPHEN && isDigit(text.charCodeAt(at + 1)))) return number(text, at);
  if (code === SLASH) return ["path", endOfPath(text, at)];
  for (const mark of LONG_PUNCTUATION) {
    if (text.startsWith(mark, at)) return ["punctuation", at + mark.length];
  }
  if (SHORT_PUNCTUATION.includes(text.charAt(at))) return ["punctuation", at + 1];
  return ["unknown", endOfUnknown(text, at)];
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
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isWordPart(code) || (code === HYPHEN && isWordPart(text.charCodeAt(at + 1)))) at++;
    else break;
  }
  return at;
}

function word(text: string, at: number): readonly [TokenKind, number] {
  const end = endOfWord(text, at + 1);
  if (text.charCodeAt(end) === SLASH) return ["path", endOfPath(text, end)];
  return ["word", end];
}

function number(text: string, at: number): readonly [TokenKind, number] {
  let end = skip(text, at + 1, isDigit);
  if (text.charCodeAt(end) === DOT && isDigit(text.charCodeAt(end + 1))) end = skip(text, end + 1, isDigit);
  end = text.charCodeAt(end) === PERCENT ? end + 1 : skip(text, end, isWordPart);
  if (text.charCodeAt(end) === SLASH) {
    if (text.charCodeAt(end + 1) === LETTER_S && !isPathPart(text.charCodeAt(end + 2))) return ["number", end + 2];
    return ["path", endOfPath(text, end)];
  }
  return ["number", end];
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
    if (code === HYPHEN && following === 62) break;
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
    SHORT_PUNCTUATION.includes(text.charAt(at)) ||
    text.startsWith("!=", at)
  );
}
