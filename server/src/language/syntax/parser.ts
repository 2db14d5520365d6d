/**
 * The machinery of the hand-written parser: a cursor over significant tokens, a tree under construction,
 * syntax errors (one to a statement), and, for completion, a record of what could have stood at the end of the text.
 * The grammar itself is in ../grammar.
 */

import { fromTable } from "../../l10n/text.js";
import type { Definition, Extras, Reporter } from "../diagnostics/definition.js";
import { SYNTAX } from "../diagnostics/syntax.js";
import type { Span } from "../program.js";
import { type Checkpoint, TreeBuilder } from "./builder.js";
import type { Expected } from "./expected.js";
import type { Layout } from "./layout.js";
import type { Token } from "./token.js";
import type { NodeKind, SyntaxNode } from "./tree.js";

/** Kinds of things that can stand somewhere, other than fixed words. Completion fills them in. */
export type Slot =
  | "step"
  | "setting"
  | "top-level"
  | "selector"
  | "role"
  | "client"
  | "operation"
  /** An operation inside a transaction. */
  | "txn-operation"
  /** What a transaction compares. */
  | "compare"
  | "key"
  | "value"
  | "result"
  | "condition"
  | "field"
  /** What is known of a key beside its value. */
  | "key-field"
  /** What is known of a lock or a candidacy. */
  | "handle-field"
  | "duration"
  | "percent"
  | "number"
  | "title"
  | "message-type"
  | "rule"
  | "property"
  | "cluster"
  /** The name of a server, and no other selector. */
  | "node"
  /** What can be awaited. */
  | "handle"
  | "lease"
  /** A lease, or what has one of its own. */
  | "lease-or-session"
  | "watch"
  | "lock"
  | "candidacy"
  /** A lock or a candidacy. */
  | "session"
  /** A watch or an observer. */
  | "watcher"
  | "hold"
  | "new-name"
  | "setting-value"
  | "error-name"
  | "nemesis-action"
  | "workload-setting";

/** What could stand at the end of the text that was parsed. */
export interface Expectations {
  readonly words: Set<string>;
  readonly slots: Set<Slot>;
}

/** Deeper nesting than any reader follows; a bound for the call stack. */
const DEEPEST = 60;

/** The parser's cursor. Grammar functions take it as their only argument. */
export class Parser {
  readonly expectations: Expectations = { words: new Set(), slots: new Set() };
  readonly #layout: Layout;
  readonly #reporter: Reporter;
  readonly #builder = new TreeBuilder();
  readonly #endToken: Token;
  #at = 0;
  #flushed = 0;
  #depth = 0;
  #failed = false;

  constructor(layout: Layout, reporter: Reporter) {
    this.#layout = layout;
    this.#reporter = reporter;
    const last = layout.tokens[layout.tokens.length - 1];
    this.#endToken = last ?? { kind: "end", text: "", start: 0, end: 0 };
  }

  /** How many significant tokens have been consumed: grows whenever the parser makes progress. */
  get position(): number {
    return this.#at;
  }

  /** The token at the cursor. */
  get current(): Token {
    return this.peek(0);
  }

  /** The significant token `ahead` places after the cursor. */
  peek(ahead: number): Token {
    const raw = this.#layout.significant[this.#at + ahead];
    return (raw === undefined ? undefined : this.#layout.tokens[raw]) ?? this.#endToken;
  }

  /** The last token consumed. */
  get previous(): Token | undefined {
    const raw = this.#layout.significant[this.#at - 1];
    return raw === undefined ? undefined : this.#layout.tokens[raw];
  }

  /** Whether the token at the cursor is the first on its line. */
  get firstOnLine(): boolean {
    return this.#layout.firstOnLine[this.#at] === true;
  }

  /** Whether nothing but white space or a comment separates the cursor from the token before it. */
  get adjacent(): boolean {
    return this.previous?.end === this.current.start;
  }

  /** How many significant tokens ahead the brace at the cursor closes, or -1. */
  closingBrace(): number {
    const close = this.#layout.closes.get(this.#at);
    return close === undefined ? -1 : close - this.#at;
  }

  /** Whether the cursor is at the punctuation. */
  at(mark: string): boolean {
    const token = this.current;
    return token.kind === "punctuation" && token.text === mark;
  }

  /** Whether the cursor is at the keyword. At the end of the text, records that it could stand there. */
  atWord(word: string): boolean {
    const token = this.current;
    if (token.kind === "end") this.expectations.words.add(word);
    return token.kind === "word" && token.text === word;
  }

  /** Records what could stand at the cursor, when it is at the end of the text. */
  want(...slots: readonly Slot[]): void {
    if (this.current.kind === "end") for (const slot of slots) this.expectations.slots.add(slot);
  }

  /** Whether the whole text has been consumed. */
  atEnd(): boolean {
    return this.current.kind === "end";
  }

  /** Whether a statement ends here. */
  atEndOfStatement(): boolean {
    const token = this.current;
    return (
      token.kind === "end" ||
      token.kind === "newline" ||
      (token.kind === "punctuation" && (token.text === ";" || token.text === "}"))
    );
  }

  /** Consumes the token at the cursor into the innermost open node. */
  bump(): void {
    this.#flushTrivia();
    const token = this.current;
    if (token.kind === "end") return;
    this.#builder.add(token);
    this.#flushed++;
    this.#at++;
  }

  #flushTrivia(): void {
    const raw = this.#layout.significant[this.#at] ?? this.#layout.tokens.length - 1;
    for (; this.#flushed < raw; this.#flushed++) {
      const token = this.#layout.tokens[this.#flushed];
      if (token !== undefined) this.#builder.add(token);
    }
  }

  /** Consumes the punctuation if it is there. */
  eat(mark: string): boolean {
    if (!this.at(mark)) return false;
    this.bump();
    return true;
  }

  /** Consumes the keyword if it is there. */
  eatWord(word: string): boolean {
    if (!this.atWord(word)) return false;
    this.bump();
    return true;
  }

  /** Consumes the punctuation, or reports that it is missing. */
  need(mark: string, after: string): boolean {
    if (this.eat(mark)) return true;
    this.missing(mark, after);
    return false;
  }

  /** Consumes the keyword, or reports that it is missing. */
  needWord(word: string, after: string): boolean {
    if (this.eatWord(word)) return true;
    this.missing(word, after);
    return false;
  }

  /** Begins a node; white space before it stays outside. */
  open(kind: NodeKind): void {
    this.#flushTrivia();
    this.#builder.open(kind);
  }

  /** Ends the innermost node. */
  close(): void {
    this.#builder.close();
  }

  /** Consumes the token at the cursor as a node of its own. */
  leaf(kind: NodeKind): void {
    this.open(kind);
    this.bump();
    this.close();
  }

  /** Remembers the place, to wrap what is parsed from here on with {@link wrap}. */
  checkpoint(): Checkpoint {
    this.#flushTrivia();
    return this.#builder.checkpoint();
  }

  /** Opens a node around everything since the checkpoint; to be ended with {@link close}. */
  wrap(checkpoint: Checkpoint, kind: NodeKind): void {
    this.#builder.wrap(checkpoint, kind);
  }

  /** Reports that something is missing at the cursor. */
  expected(what: Expected, after = ""): void {
    this.#missing(fromTable(what), after);
  }

  /** Reports that a mark or a word of the language is missing at the cursor. */
  missing(code: string, after = ""): void {
    this.#missing(`\`${code}\``, after);
  }

  #missing(what: string, after: string): void {
    const atEnd = this.atEndOfStatement() || this.firstOnLine;
    const token = atEnd ? (this.previous ?? this.current) : this.current;
    const found = atEnd ? "" : this.current.text;
    this.error(SYNTAX.expected, { start: token.start, end: token.end }, [what, after, found]);
  }

  /** Reports a syntax error, unless the statement has one already: what follows the first is guesswork. */
  error<A extends readonly unknown[]>(definition: Definition<A>, span: Span, args: A, extras: Extras = {}): void {
    if (this.#failed) return;
    this.#failed = true;
    // A character without a meaning has been reported already.
    if (this.current.kind === "unknown") return;
    this.#reporter.report(definition, span, args, extras);
  }

  /** Whether the present statement has had a syntax error. */
  get failed(): boolean {
    return this.#failed;
  }

  /** Runs the parser of one statement with a clean record of errors. */
  statement(parse: () => void): void {
    const before = this.#failed;
    this.#failed = false;
    parse();
    this.#failed = before;
  }

  /** Runs a parser one level deeper; refuses, with a diagnostic, beyond the deepest level. */
  nested(parse: () => void): void {
    if (this.#depth >= DEEPEST) {
      this.error(SYNTAX.tooDeep, { start: this.current.start, end: this.current.end }, []);
      return;
    }
    this.#depth++;
    parse();
    this.#depth--;
  }

  /** Consumes the rest of the text and returns the tree. */
  finish(): SyntaxNode {
    while (this.current.kind !== "end") this.bump();
    this.#flushTrivia();
    return this.#builder.finish(this.#endToken.end);
  }
}
