/**
 * The formatter. It moves white space and nothing else: the tokens that carry meaning, comments included, stay in
 * their order. Regions with syntax errors are left exactly as they are.
 */

import { parse } from "../parse.js";
import { tokenize } from "../syntax/lexer.js";
import type { Token } from "../syntax/token.js";
import { type Line, layLines } from "./lines.js";
import { align, spaced } from "./spacing.js";

/** One replacement of a stretch of the text. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/**
 * Formats a file: two spaces to a level, one step to a line as written, results aligned within a run of steps.
 *
 * @param text any text; formatting the result again changes nothing
 */
export function format(text: string): string {
  return applyEdits(text, formatEdits(text));
}

/** The tokens that carry meaning, as one string to compare. */
function meaning(text: string): string {
  const parts: string[] = [];
  for (const token of tokenize(text)) {
    if (token.kind !== "space" && token.kind !== "newline")
      parts.push(token.kind === "comment" ? token.text.trimEnd() : token.text);
  }
  return parts.join("\n");
}

/**
 * The edits that {@link format} would make, one to a line at most.
 *
 * @param range when given, only edits that touch these offsets: for formatting a selection, or a line just typed
 */
export function formatEdits(text: string, range?: { readonly start: number; readonly end: number }): TextEdit[] {
  const edits: TextEdit[] = [];
  const lines = layLines(parse(text));
  const columns = align(lines);
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  let blank = 0;
  let first = true;
  lines.forEach((line, index) => {
    if (line.tokens.length === 0 && !line.frozen) {
      blank++;
      return;
    }
    const gapStart = first ? 0 : (lines[index - 1 - blank]?.end ?? 0);
    const separator = first ? "" : newline.repeat(blank > 0 && keepsBlank(lines, index, blank) ? 2 : 1);
    const body = line.frozen ? text.slice(line.start, line.end) : "  ".repeat(line.depth) + spaced(line, columns);
    push(edits, text, { start: gapStart, end: line.end, newText: separator + body });
    blank = 0;
    first = false;
  });
  const last = [...lines].reverse().find((line) => line.tokens.length > 0 || line.frozen);
  if (last !== undefined) push(edits, text, { start: last.end, end: text.length, newText: newline });
  else if (text.length > 0) push(edits, text, { start: 0, end: text.length, newText: "" });
  // Two tokens that would run together if brought closer are rare enough to leave the whole file alone.
  if (meaning(applyEdits(text, edits)) !== meaning(text)) return [];
  return range === undefined ? edits : edits.filter((edit) => edit.start <= range.end && edit.end >= range.start);
}

/** Blank lines are kept, one at a time, but not directly after `{` or before `}`. */
function keepsBlank(lines: readonly Line[], index: number, blank: number): boolean {
  const before = lines[index - 1 - blank];
  const after = lines[index];
  if (before === undefined || after === undefined) return false;
  if (before.frozen || after.frozen) return true;
  return lastText(before.tokens) !== "{" && after.tokens[0]?.text !== "}";
}

function lastText(tokens: readonly Token[]): string {
  return tokens[tokens.length - 1]?.text ?? "";
}

function push(edits: TextEdit[], text: string, edit: TextEdit): void {
  if (text.slice(edit.start, edit.end) !== edit.newText) edits.push(edit);
}

/** Applies edits that do not overlap and are sorted by place. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const edit of edits) {
    parts.push(text.slice(at, edit.start), edit.newText);
    at = edit.end;
  }
  parts.push(text.slice(at));
  return parts.join("");
}
