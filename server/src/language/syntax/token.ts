/**
 * Tokens: the leaves of the syntax tree. Concatenating the `text` of all tokens gives the file back.
 */

/** What a token is by its shape alone. Keywords are contextual, so to the lexer they are `word`s. */
export type TokenKind =
  | "space"
  | "newline"
  | "comment"
  | "word"
  /** Digits with whatever unit is attached: `7`, `1.5s`, `5%`, `200/s`, `64KiB`. */
  | "number"
  | "string"
  /** A bare key with a slash in it: `/config/color`, `users/7`. */
  | "path"
  | "punctuation"
  /** Characters that mean nothing in the language. */
  | "unknown"
  /** The end of the text: empty, and never part of a tree. */
  | "end";

/** A stretch of the text. `end` is exclusive; both are UTF-16 offsets. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Whether a token carries no meaning at all (white space or a comment; newlines may end a step). */
export function isTrivia(token: Token): boolean {
  return token.kind === "space" || token.kind === "comment";
}
