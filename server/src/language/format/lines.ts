/** The lines of a file as the formatter sees them: their tokens, their depth, and whether to keep hands off. */

import type { ParsedText } from "../parse.js";
import type { Span } from "../program.js";
import type { Token } from "../syntax/token.js";
import { isNode, type SyntaxElement, type SyntaxNode } from "../syntax/tree.js";

/** One line. */
export interface Line {
  /** Offset of its first character, its indentation included. */
  readonly start: number;
  /** Offset of its line end, or of the end of the text. */
  readonly end: number;
  /** Its tokens without white space. */
  readonly tokens: readonly Token[];
  /** Levels of indentation. */
  readonly depth: number;
  /** Whether it holds a syntax error, or is part of a statement that does, and stays as it is. */
  readonly frozen: boolean;
  /** Whether it goes on with the statement of the line before. */
  readonly continues: boolean;
  /** The `=>` of the step on this line, when it can be aligned with its neighbours'. */
  readonly arrow: Token | null;
  /** The words that begin the parts of a given state, which stand below each other in a run of such lines. */
  readonly parts: readonly Token[];
  /** Tokens before which no space is wanted because of where they stand in the tree. */
  readonly tight: ReadonlySet<Token>;
  /** The braces of sets, as opposed to those of blocks. */
  readonly sets: ReadonlySet<Token>;
}

interface Marks {
  /** For each token: how many blocks are open at it. */
  readonly depth: Map<Token, number>;
  readonly first: Set<Token>;
  readonly tight: Set<Token>;
  readonly arrows: Set<Token>;
  readonly sets: Set<Token>;
  readonly parts: Set<Token>;
}

/** Splits a parsed text into lines. */
export function layLines(parsed: ParsedText): Line[] {
  const marks: Marks = {
    depth: new Map(),
    first: new Set(),
    tight: new Set(),
    arrows: new Set(),
    sets: new Set(),
    parts: new Set(),
  };
  mark(parsed.tree, 0, marks);
  const broken = new BrokenPlaces(parsed);
  const lines: Line[] = [];
  let tokens: Token[] = [];
  let start = 0;
  let continues = false;
  const finish = (end: number): void => {
    const parts = tokens.filter((token) => marks.parts.has(token));
    const first = tokens[0];
    const frozen = broken.touches(start, end, tokens.length === 0);
    const depth = first === undefined ? 0 : depthOf(first, tokens, marks, continues);
    const arrow = tokens.filter((token) => marks.arrows.has(token));
    const single =
      arrow.length === 1 && !tokens.some((token) => token.text === ";" || token.text === "{") ? arrow[0] : undefined;
    lines.push({
      start,
      end,
      tokens,
      depth,
      frozen,
      continues,
      arrow: single ?? null,
      parts,
      tight: marks.tight,
      sets: marks.sets,
    });
  };
  for (const token of parsed.tokens) {
    if (token.kind === "newline") {
      finish(token.start);
      start = token.end;
      tokens = [];
    } else if (token.kind !== "space") {
      if (tokens.length === 0) continues = token.kind !== "comment" && !marks.first.has(token);
      tokens.push(token);
    }
  }
  finish(parsed.text.length);
  return lines;
}

/** A closing brace stands with the line that opened it; a continuation stands one level deeper. */
function depthOf(first: Token, tokens: readonly Token[], marks: Marks, continues: boolean): number {
  const depth = marks.depth.get(first) ?? 0;
  if (first.text === "}" || first.text === "]" || first.text === ")") return Math.max(0, depth - 1);
  const goesOn = continues && tokens.length > 0;
  return depth + (goesOn ? 1 : 0);
}

/** Nodes in brackets, whose lines stand one level deeper. */
const INDENTING: ReadonlySet<string> = new Set(["Block", "List", "SetSelector", "Transaction"]);

const STATEMENTS: ReadonlySet<string> = new Set([
  "Cluster",
  "Scenario",
  "Given",
  "GivenNode",
  "Setting",
  "Step",
  "Invoke",
]);

function mark(root: SyntaxNode, depth: number, marks: Marks): void {
  const pending: { element: SyntaxElement; depth: number; parent: SyntaxNode; first: boolean }[] = [];
  const push = (node: SyntaxNode, level: number): void => {
    for (let i = node.children.length - 1; i >= 0; i--) {
      const element = node.children[i];
      if (element === undefined) continue;
      const inBrackets = element.start > node.start && INDENTING.has(node.kind);
      pending.push({
        element,
        depth: level + (inBrackets ? 1 : 0),
        parent: node,
        first: startsStatement(node, element),
      });
    }
  };
  push(root, depth);
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    const { element, parent } = item;
    if (isNode(element)) {
      if (item.first) markFirst(element, marks);
      if (element.kind === "GivenNode") markParts(element, marks);
      push(element, item.depth);
      continue;
    }
    marks.depth.set(element, item.depth);
    if (item.first) marks.first.add(element);
    if (element.text === "=>" && parent.kind === "Result") marks.arrows.add(element);
    if (parent.kind === "SetSelector" && element.kind === "punctuation") marks.sets.add(element);
    if (isTight(parent, element)) marks.tight.add(element);
  }
}

function startsStatement(parent: SyntaxNode, element: SyntaxElement): boolean {
  if (parent.kind === "File") return true;
  if (parent.kind === "Block") return isNode(element) ? STATEMENTS.has(element.kind) || element.kind === "Error" : true;
  // The parts of a transaction: `if`, `then …`, `else …`, and its closing brace.
  if (parent.kind === "Transaction") {
    return element.start > parent.start && (isNode(element) ? element.kind === "Clause" : element.text !== "and");
  }
  // Elements of a list that is broken over lines already stand one level deeper.
  return (parent.kind === "List" || parent.kind === "SetSelector") && element.start > parent.start;
}

function markParts(line: SyntaxNode, marks: Marks): void {
  for (const clause of line.children) {
    const word = isNode(clause) && clause.kind === "Clause" ? clause.children[0] : undefined;
    if (word !== undefined && !isNode(word)) marks.parts.add(word);
  }
}

function markFirst(node: SyntaxNode, marks: Marks): void {
  let element: SyntaxElement | undefined = node;
  while (element !== undefined && isNode(element)) element = element.children[0];
  if (element !== undefined) marks.first.add(element);
}

/** `s2["color"]`, `leader.next[s3]`, `count(leaders)`, `2:color="red"`: written without spaces. */
function isTight(parent: SyntaxNode, token: Token): boolean {
  switch (parent.kind) {
    case "KeyOperand":
    case "ProgressOperand":
    case "CallOperand":
    case "FieldOperand":
    case "CompareTarget":
      return token.kind === "punctuation";
    case "Entry":
      return token.text === ":" || token.text === "=";
    default:
      return false;
  }
}

/** The stretches of the text that hold a syntax error. Asked about lines in order. */
class BrokenPlaces {
  readonly #places: readonly Span[];
  #next = 0;

  constructor(parsed: ParsedText) {
    const places: Span[] = parsed.diagnostics.map((diagnostic) => diagnostic.span);
    const pending: SyntaxNode[] = [parsed.tree];
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      for (const child of node.children) {
        if (!isNode(child)) continue;
        if (child.kind === "Error" || isUnclosed(child)) places.push({ start: child.start, end: child.end });
        else pending.push(child);
      }
    }
    places.sort((a, b) => a.start - b.start);
    const merged: { start: number; end: number }[] = [];
    for (const place of places) {
      const last = merged[merged.length - 1];
      if (last !== undefined && place.start <= last.end) last.end = Math.max(last.end, place.end);
      else merged.push({ ...place });
    }
    this.#places = merged;
  }

  /** Whether the line from `start` to `end` is touched; a blank one only when it lies inside. */
  touches(start: number, end: number, blank: boolean): boolean {
    let place = this.#places[this.#next];
    while (place !== undefined && place.end < start) {
      this.#next++;
      place = this.#places[this.#next];
    }
    if (place === undefined) return false;
    return blank ? place.start < start && place.end > end : place.start <= end;
  }
}

/** In a block that is never closed nobody knows what belongs where. */
function isUnclosed(node: SyntaxNode): boolean {
  const last = node.children[node.children.length - 1];
  return node.kind === "Block" && (last === undefined || isNode(last) || last.text !== "}");
}
