/**
 * Which tokens the grammar sees. White space and comments are passed over; a newline ends a step unless the
 * line is broken where it may be: after `{`, `,`, `|`, `and`, `or`, `=>`, or inside `[ ]` and `( )`.
 */

import { isTrivia, type Token } from "./token.js";

/** The tokens of a text as the parser reads them. */
export interface Layout {
  readonly tokens: readonly Token[];
  /** Indices into `tokens` of those that have a meaning, in order; the last is the `end` token. */
  readonly significant: readonly number[];
  /** For each significant token, whether it is the first on its line. */
  readonly firstOnLine: readonly boolean[];
  /** For each significant opening bracket, the index (in `significant`) of its closing one. */
  readonly closes: ReadonlyMap<number, number>;
}

const CONTINUES = new Set(["{", ",", "|", "and", "or", "=>", "[", "("]);
const CLOSING: ReadonlyMap<string, string> = new Map([
  ["}", "{"],
  ["]", "["],
  [")", "("],
]);

/** Works out the layout of a token list, in linear time. */
export function layOut(tokens: readonly Token[]): Layout {
  const insideBrackets = bracketDepths(tokens);
  const significant: number[] = [];
  const firstOnLine: boolean[] = [];
  let first = true;
  let previous: Token | undefined;
  tokens.forEach((token, index) => {
    if (isTrivia(token)) return;
    if (token.kind === "newline") {
      const broken = insideBrackets[index] === true || (previous !== undefined && CONTINUES.has(previous.text));
      if (!broken) {
        significant.push(index);
        firstOnLine.push(false);
        previous = token;
      }
      first = true;
      return;
    }
    significant.push(index);
    firstOnLine.push(first);
    first = false;
    previous = token;
  });
  return { tokens, significant, firstOnLine, closes: matchBraces(tokens, significant) };
}

/** For each newline token: whether it stands inside a matched `[ ]` or `( )`. */
function bracketDepths(tokens: readonly Token[]): readonly boolean[] {
  const closedBy = new Map<number, number>();
  const open: number[] = [];
  tokens.forEach((token, index) => {
    if (token.kind !== "punctuation") return;
    if (token.text === "[" || token.text === "(" || token.text === "{") {
      open.push(index);
      return;
    }
    const opener = CLOSING.get(token.text);
    if (opener === undefined) return;
    const top = open[open.length - 1];
    if (top !== undefined && tokens[top]?.text === opener) {
      open.pop();
      if (opener !== "{") closedBy.set(top, index);
    } else if (opener === "{") {
      // A brace closes whatever brackets were left open inside it.
      while (open.length > 0) {
        const left = open.pop();
        if (left !== undefined && tokens[left]?.text === "{") break;
      }
    }
  });
  const inside: boolean[] = [];
  if (closedBy.size === 0) return inside;
  let until = -1;
  tokens.forEach((token, index) => {
    const close = closedBy.get(index);
    if (close !== undefined && close > until) until = close;
    if (token.kind === "newline" && index < until) inside[index] = true;
  });
  return inside;
}

function matchBraces(tokens: readonly Token[], significant: readonly number[]): ReadonlyMap<number, number> {
  const closes = new Map<number, number>();
  const open: number[] = [];
  significant.forEach((raw, index) => {
    const token = tokens[raw];
    if (token?.kind !== "punctuation") return;
    if (token.text === "{") open.push(index);
    if (token.text === "}") {
      const opener = open.pop();
      if (opener !== undefined) closes.set(opener, index);
    }
  });
  return closes;
}
