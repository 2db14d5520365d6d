/** Text to syntax tree. */

import { Reporter } from "./diagnostics/definition.js";
import { SYNTAX } from "./diagnostics/syntax.js";
import { file, stepsOnly } from "./grammar/file.js";
import type { Diagnostic } from "./program.js";
import { layOut } from "./syntax/layout.js";
import { tokenize } from "./syntax/lexer.js";
import { type Expectations, Parser } from "./syntax/parser.js";
import type { Token } from "./syntax/token.js";
import { reportTokens } from "./syntax/token-errors.js";
import type { SyntaxNode } from "./syntax/tree.js";

/** A text, read. */
export interface ParsedText {
  readonly text: string;
  readonly tree: SyntaxNode;
  /** All tokens in order; their texts, joined, are the text. Without the `end` token. */
  readonly tokens: readonly Token[];
  /** RL0xxx only. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Longer texts are not read: nobody wrote them, and a tree of them would fill the memory. */
const LONGEST = 4_000_000;

/**
 * Parses a file. Never fails: whatever the text, the tree holds every character of it.
 *
 * @param text the text of a `.raftlab` file, or anything else
 */
export function parse(text: string): ParsedText {
  const reporter = new Reporter();
  const { tree, tokens } = parseWith(text, reporter, file);
  return { text, tree, tokens, diagnostics: reporter.sorted() };
}

/** The tree of a file and its tokens, with syntax errors given to `reporter`. */
export function parseFile(
  text: string,
  reporter: Reporter,
): { readonly tree: SyntaxNode; readonly tokens: readonly Token[] } {
  return parseWith(text, reporter, file);
}

/** The same for steps alone, as typed in a live session. */
export function parseSteps(
  text: string,
  reporter: Reporter,
): { readonly tree: SyntaxNode; readonly tokens: readonly Token[] } {
  return parseWith(text, reporter, stepsOnly);
}

function parseWith(
  text: string,
  reporter: Reporter,
  grammar: (p: Parser) => void,
): { readonly tree: SyntaxNode; readonly tokens: readonly Token[]; readonly expectations: Expectations } {
  if (text.length > LONGEST) return tooLarge(text, reporter);
  const tokens = tokenize(text);
  reportTokens(tokens, reporter);
  const parser = new Parser(layOut(tokens), reporter);
  grammar(parser);
  const tree = parser.finish();
  tokens.pop();
  return { tree, tokens, expectations: parser.expectations };
}

function tooLarge(
  text: string,
  reporter: Reporter,
): { readonly tree: SyntaxNode; readonly tokens: readonly Token[]; readonly expectations: Expectations } {
  const token: Token = { kind: "unknown", text, start: 0, end: text.length };
  reporter.report(SYNTAX.tooLarge, { start: 0, end: 1 }, [Math.ceil(text.length / 1_000_000)]);
  return {
    tree: { kind: "File", start: 0, end: text.length, children: [token] },
    tokens: [token],
    expectations: { words: new Set(), slots: new Set() },
  };
}

/**
 * What could stand at the end of a text: for completion, which parses what is before the caret.
 *
 * @param before the text up to the word being typed
 * @param steps whether the text is steps alone rather than a file
 */
export function expectationsAfter(before: string, steps = false): Expectations {
  return parseWith(before, new Reporter(), steps ? stepsOnly : file).expectations;
}
