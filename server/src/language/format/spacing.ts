/** Spaces within a line, and the alignment of results. */

import type { Token } from "../syntax/token.js";
import type { Line } from "./lines.js";

/**
 * The text of a line without its indentation.
 *
 * @param column where its `=>` goes, counted from the first character of the step
 */
export function spaced(line: Line, column: number | undefined): string {
  let text = "";
  let previous: Token | undefined;
  for (const token of line.tokens) {
    if (token === line.arrow && column !== undefined) text = text.padEnd(column);
    else if (previous !== undefined && wantsSpace(previous, token, line)) text += token.kind === "comment" ? "  " : " ";
    text += token.kind === "comment" ? token.text.trimEnd() : token.text;
    previous = token;
  }
  return text;
}

function wantsSpace(previous: Token, token: Token, line: Line): boolean {
  if (token.kind === "comment") return true;
  if (line.tight.has(token)) return false;
  const before = previous.text;
  if (previous.kind === "punctuation") {
    if (before === ".." || before === "(" || before === "[" || before === "." || before === ":") return false;
    if (before === "=" && line.tight.has(previous)) return false;
    // Sets are written `{s1 s2}`, blocks `{ … }`.
    if (before === "{" && line.sets.has(previous)) return false;
  }
  if (token.kind === "punctuation") {
    const mark = token.text;
    if (mark === "," || mark === ";" || mark === ".." || mark === ")" || mark === "]" || mark === ".") return false;
    if (mark === "}" && line.sets.has(token)) return false;
  }
  return true;
}

/** Results stand at this column of the text, or further right where a step needs the room: so edits shift few lines. */
const COLUMN = 40;

/** Longer steps keep their result beside them instead of pushing everybody else's to the right. */
const WIDEST = 60;

/** For each line whose result is aligned: the column of its `=>`, unless it is alone among its neighbours. */
export function alignResults(lines: readonly Line[]): ReadonlyMap<Line, number> {
  const columns = new Map<Line, number>();
  let run: { readonly line: Line; readonly width: number }[] = [];
  let depth = -1;
  const finish = (): void => {
    if (run.length > 1) {
      const needed = run.reduce((most, each) => Math.max(most, each.width + 1), COLUMN - 2 * depth);
      for (const each of run) columns.set(each.line, needed);
    }
    run = [];
  };
  for (const line of lines) {
    if (line.continues) continue;
    const inRun = line.tokens.length > 0 && !line.frozen && line.depth === depth;
    if (!inRun) {
      finish();
      depth = line.tokens.length > 0 ? line.depth : -1;
    }
    if (line.arrow === null || line.frozen) continue;
    const arrowAt = line.tokens.indexOf(line.arrow);
    const width = spaced({ ...line, tokens: line.tokens.slice(0, arrowAt), arrow: null }, undefined).length;
    if (width <= WIDEST) run.push({ line, width });
  }
  finish();
  return columns;
}
