/**
 * `textDocument/semanticTokens`: what each word is. Comments, strings and numbers are left to the TextMate
 * grammar, which knows them as well and needs no server.
 */
import {
  type Range,
  type SemanticTokens,
  SemanticTokensBuilder,
  type SemanticTokensDelta,
  type SemanticTokensLegend,
} from "vscode-languageserver";
import { OPERATION_WORDS, ROLE_WORDS } from "../language/grammar/words.js";
import type { SymbolKind } from "../language/symbols.js";
import type { Token } from "../language/syntax/token.js";
import { isNode, type NodeKind, type SyntaxNode } from "../language/syntax/tree.js";
import type { OpenDocument } from "./documents.js";
import { spanOfRange } from "./positions.js";

const TYPES = [
  "keyword",
  "function",
  "class",
  "interface",
  "namespace",
  "variable",
  "parameter",
  "enumMember",
  "type",
  "property",
  "operator",
] as const;
const MODIFIERS = ["declaration", "readonly"] as const;
type TokenType = (typeof TYPES)[number];

/** The legend, sent once with the capabilities. */
export const SEMANTIC_TOKENS_LEGEND: SemanticTokensLegend = { tokenTypes: [...TYPES], tokenModifiers: [...MODIFIERS] };

const NUMBERS: Readonly<Record<TokenType, number>> = {
  keyword: 0,
  function: 1,
  class: 2,
  interface: 3,
  namespace: 4,
  variable: 5,
  parameter: 6,
  enumMember: 7,
  type: 8,
  property: 9,
  operator: 10,
};
const DECLARATION = 1;
const READONLY = 2;

const OF_SYMBOL: Readonly<Record<SymbolKind, readonly [TokenType, number]>> = {
  node: ["class", 0],
  client: ["interface", 0],
  cluster: ["namespace", 0],
  variable: ["variable", READONLY],
  handle: ["variable", 0],
  lease: ["variable", 0],
  scenario: ["function", 0],
};

/** Keeps, for each open document, the tokens last sent, so that an edit is answered with the difference. */
export class SemanticTokensFeature {
  readonly #builders = new Map<string, SemanticTokensBuilder>();

  /** All tokens of a document. */
  full(open: OpenDocument): SemanticTokens {
    const builder = this.#builder(open.document.uri);
    builder.previousResult("");
    emit(open, builder, null);
    return builder.build();
  }

  /** What changed since the result with the id; all tokens when that is not the last one sent. */
  delta(open: OpenDocument, previousResultId: string): SemanticTokens | SemanticTokensDelta {
    const builder = this.#builder(open.document.uri);
    builder.previousResult(previousResultId);
    emit(open, builder, null);
    return builder.buildEdits();
  }

  /** The tokens of a part of a document. */
  range(open: OpenDocument, range: Range): SemanticTokens {
    const builder = new SemanticTokensBuilder();
    emit(open, builder, range);
    return builder.build();
  }

  /** Forgets a closed document. */
  forget(uri: string): void {
    this.#builders.delete(uri);
  }

  #builder(uri: string): SemanticTokensBuilder {
    const known = this.#builders.get(uri);
    if (known !== undefined) return known;
    const builder = new SemanticTokensBuilder();
    this.#builders.set(uri, builder);
    return builder;
  }
}

/** What the names of a file are, by where they stand. */
type Names = ReadonlyMap<number, readonly [TokenType, number]>;

function namesOf(open: OpenDocument): Names {
  const names = new Map<number, readonly [TokenType, number]>();
  for (const symbol of open.analysis.symbols.symbols) {
    const [type, modifiers] = OF_SYMBOL[symbol.kind];
    for (const { span, role } of symbol.occurrences) {
      names.set(span.start, [type, role === "definition" ? modifiers | DECLARATION : modifiers]);
    }
  }
  return names;
}

/** Emits the tokens in text order; lines are counted on the way, which is cheaper than looking each token's up. */
function emit(open: OpenDocument, builder: SemanticTokensBuilder, range: Range | null): void {
  const names = namesOf(open);
  const span = range === null ? { start: 0, end: Number.POSITIVE_INFINITY } : spanOfRange(open.document, range);
  let line = 0;
  let lineStart = 0;
  forEachLeaf(open.analysis.tree, (token, parent, grandparent) => {
    if (token.kind === "newline") {
      line++;
      lineStart = token.end;
      return;
    }
    if (token.kind === "space" || token.end < span.start || token.start > span.end) return;
    const found = classify(token, parent, grandparent, names);
    if (found === null) return;
    builder.push(line, token.start - lineStart, token.end - token.start, NUMBERS[found[0]], found[1]);
  });
}

/** Visits every token in order with the nodes it stands in. Uses no call stack, so depth does not matter. */
function forEachLeaf(
  root: SyntaxNode,
  visit: (token: Token, parent: SyntaxNode, grandparent: SyntaxNode | undefined) => void,
): void {
  const pending: { readonly node: SyntaxNode; at: number }[] = [{ node: root, at: 0 }];
  for (let top = pending[pending.length - 1]; top !== undefined; top = pending[pending.length - 1]) {
    const child = top.node.children[top.at++];
    if (child === undefined) pending.pop();
    else if (isNode(child)) pending.push({ node: child, at: 0 });
    else visit(child, top.node, pending[pending.length - 2]?.node);
  }
}

function classify(
  token: Token,
  parent: SyntaxNode,
  grandparent: SyntaxNode | undefined,
  names: Names,
): readonly [TokenType, number] | null {
  if (token.kind !== "word" && token.kind !== "path") return null;
  const symbol = names.get(token.start);
  if (symbol !== undefined) return symbol;
  const fixed = OF_NODE[parent.kind];
  if (fixed !== undefined) return [fixed, 0];
  if (parent.kind === "Setting") return [isFirst(token, parent) ? "property" : "keyword", 0];
  if (parent.kind === "Invoke" && isOperation(token, parent)) return ["function", 0];
  // The ends of a run such as s1..s5 stand for many names and so are no symbol's place.
  if (parent.kind === "Name" && grandparent?.kind === "NameRange") return ["class", 0];
  if (parent.kind === "Name") return ROLE_WORDS.has(token.text) ? ["enumMember", 0] : null;
  if (parent.kind === "Error") return null;
  return ["keyword", 0];
}

const OF_NODE: { readonly [K in NodeKind]?: TokenType } = {
  Key: "parameter",
  MessageType: "type",
  Property: "enumMember",
  Role: "enumMember",
  Outcome: "enumMember",
  FieldOperand: "property",
  NoLeader: "enumMember",
  Converged: "enumMember",
  CallOperand: "function",
  CompareTarget: "function",
};

/** Whether it is the operation's word, and no part of another: `lease` behind `put`. */
function isOperation(token: Token, invoke: SyntaxNode): boolean {
  const first = invoke.children.find((child) => !isNode(child) && OPERATION_WORDS.has(child.text));
  return first?.start === token.start;
}

function isFirst(token: Token, parent: SyntaxNode): boolean {
  return parent.start === token.start;
}
