/** The scenario's text in colours, by the language's own lexer. */
import { OPERATION_WORDS } from "../server/src/language/grammar/words.js";
import { tokenize } from "../server/src/language/syntax/lexer.js";
import type { TokenKind } from "../server/src/language/syntax/token.js";

/** A stretch of one line; `look` names its class, empty for plain text. */
export interface Stretch {
  readonly text: string;
  readonly look: "" | "comment" | "string" | "number" | "keyword";
}

const LOOKS: Partial<Readonly<Record<TokenKind, Stretch["look"]>>> = {
  comment: "comment",
  string: "string",
  path: "string",
  number: "number",
};

/** The lines of a text, each as stretches that give the line back. */
export function highlighted(text: string): readonly (readonly Stretch[])[] {
  const lines: Stretch[][] = [[]];
  let words = 0;
  const tokens = tokenize(text);
  tokens.forEach(({ kind, text: token }, index) => {
    const first = kind === "word" && (words === 0 || (words === 1 && OPERATION_WORDS.has(token)));
    const look = first ? "keyword" : (LOOKS[kind] ?? "");
    token.split(/\r\n|\r|\n/).forEach((part, at) => {
      if (at > 0) {
        lines.push([]);
        words = 0;
      }
      if (part !== "") lines.at(-1)?.push({ text: part, look });
    });
    if (kind === "word") words += 1;
    // A block's brace has a space behind it, a set's has none.
    else if (token === ";" || (token === "{" && tokens[index + 1]?.kind === "space")) words = 0;
    else if (kind !== "space" && kind !== "newline") words = 2;
  });
  return lines;
}
