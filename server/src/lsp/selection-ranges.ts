/** `textDocument/selectionRange`: from the word under the caret outwards through the syntax tree. */
import type { Position, SelectionRange } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Span } from "../language/program.js";
import type { SyntaxNode } from "../language/syntax/tree.js";
import { isNode, pathAt } from "../language/syntax/tree.js";
import { rangeOf } from "./positions.js";

/** The nested ranges around each position. */
export function selectionRanges(
  document: TextDocument,
  tree: SyntaxNode,
  positions: readonly Position[],
): SelectionRange[] {
  return positions.map((position) => selectionRange(document, tree, document.offsetAt(position)));
}

function selectionRange(document: TextDocument, tree: SyntaxNode, offset: number): SelectionRange {
  const spans = nestedSpans(tree, offset);
  let range: SelectionRange | undefined;
  for (const span of spans) {
    const own = rangeOf(document, span);
    range = range === undefined ? { range: own } : { range: own, parent: range };
  }
  return range ?? { range: rangeOf(document, { start: offset, end: offset }) };
}

/** Outermost first, each one strictly inside the one before. */
function nestedSpans(tree: SyntaxNode, offset: number): Span[] {
  const spans: Span[] = [];
  const add = (start: number, end: number): void => {
    const outer = spans[spans.length - 1];
    if (outer !== undefined && outer.start === start && outer.end === end) return;
    if (end > start) spans.push({ start, end });
  };
  const path = pathAt(tree, offset);
  for (const node of path) {
    add(node.start, node.end);
    if (node.kind === "Block" && node.end - node.start > 2) {
      const inside = contentOf(node);
      if (inside !== null && inside.start <= offset && offset <= inside.end) add(inside.start, inside.end);
    }
  }
  const innermost = path[path.length - 1];
  const token = innermost?.children.find(
    (child) =>
      !isNode(child) &&
      child.kind !== "space" &&
      child.kind !== "newline" &&
      child.start <= offset &&
      offset <= child.end,
  );
  if (token !== undefined) {
    add(token.start, token.end);
    // The text of a string without its quotes is what a person most often wants to replace.
    const quoted = !isNode(token) && token.kind === "string" && token.end - token.start > 2;
    if (quoted && offset > token.start && offset < token.end) add(token.start + 1, token.end - 1);
  }
  return spans;
}

/** What stands between the braces of a block, without the white space at both ends. */
function contentOf(block: SyntaxNode): Span | null {
  const inner = block.children.filter(
    (child) => isNode(child) || (child.kind !== "space" && child.kind !== "newline" && child.kind !== "punctuation"),
  );
  const first = inner[0];
  const last = inner[inner.length - 1];
  return first === undefined || last === undefined ? null : { start: first.start, end: last.end };
}
