/** Spaces within a line, and the alignment of results. */

import type { Token } from "../syntax/token.js";
import type { Line } from "./lines.js";

/**
 * The text of a line without its indentation.
 *
 * @param columns for tokens that are aligned: where they go, counted from the first character of the step
 */
export function spaced(line: Line, columns: ReadonlyMap<Token, number>): string {
  let text = "";
  let previous: Token | undefined;
  for (const token of line.tokens) {
    const column = columns.get(token);
    if (column !== undefined) text = text.padEnd(column);
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

/** The columns of all tokens that are aligned. */
export function align(lines: readonly Line[]): ReadonlyMap<Token, number> {
  const columns = new Map<Token, number>();
  alignResults(lines, columns);
  alignGiven(lines, columns);
  return columns;
}

/** The width of what stands before a token of the line. */
function widthBefore(line: Line, token: Token, columns: ReadonlyMap<Token, number>): number {
  return spaced({ ...line, tokens: line.tokens.slice(0, line.tokens.indexOf(token)) }, columns).length;
}

/** Given states stand below each other like a table, as in the figures of the Raft paper. */
function alignGiven(lines: readonly Line[], columns: Map<Token, number>): void {
  let run: Line[] = [];
  const wordsOf = (line: Line): string => line.parts.map((token) => token.text).join(" ");
  const finish = (): void => {
    for (let part = 0; run.length > 1 && part < (run[0]?.parts.length ?? 0); part++) {
      const places = run.flatMap((line) => {
        const token = line.parts[part];
        return token === undefined ? [] : [{ token, width: widthBefore(line, token, columns) }];
      });
      const column = places.reduce((most, place) => Math.max(most, place.width + 1), 0);
      for (const { token } of places) columns.set(token, column);
    }
    run = [];
  };
  for (const line of lines) {
    const usable =
      line.parts.length > 0 && !line.frozen && !line.continues && !line.tokens.some((token) => token.text === "{");
    const before = run[run.length - 1];
    if (!usable || (before !== undefined && wordsOf(before) !== wordsOf(line))) finish();
    if (usable) run.push(line);
  }
  finish();
}

/** Results, unless one is alone among its neighbours. */
function alignResults(lines: readonly Line[], columns: Map<Token, number>): void {
  let run: { readonly token: Token; readonly width: number }[] = [];
  let depth = -1;
  const finish = (): void => {
    if (run.length > 1) {
      const needed = run.reduce((most, each) => Math.max(most, each.width + 1), COLUMN - 2 * depth);
      for (const each of run) columns.set(each.token, needed);
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
    const width = widthBefore(line, line.arrow, columns);
    if (width <= WIDEST) run.push({ token: line.arrow, width });
  }
  finish();
}
