/** `textDocument/foldingRange`: blocks, lists that span lines, and runs of comment lines. */
import { type FoldingRange, FoldingRangeKind } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Token } from "../language/syntax/token.js";
import { isNode, type SyntaxNode } from "../language/syntax/tree.js";

/** The folding ranges of a document, by their first line. */
export function foldingRanges(document: TextDocument, tree: SyntaxNode, tokens: readonly Token[]): FoldingRange[] {
  const ranges = [...bracketRanges(document, tree), ...commentRanges(document, tokens)];
  return ranges.sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine);
}

function bracketRanges(document: TextDocument, tree: SyntaxNode): FoldingRange[] {
  const ranges: FoldingRange[] = [];
  const pending: SyntaxNode[] = [tree];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    for (const child of node.children) if (isNode(child)) pending.push(child);
    if (node.kind !== "Block" && node.kind !== "SetSelector" && node.kind !== "List") continue;
    const startLine = document.positionAt(node.start).line;
    // The line of the closing bracket stays visible, as it does for every bracket language in VS Code.
    const endLine = document.positionAt(node.end).line - 1;
    if (endLine > startLine) ranges.push({ startLine, endLine });
  }
  return ranges;
}

function commentRanges(document: TextDocument, tokens: readonly Token[]): FoldingRange[] {
  const ranges: FoldingRange[] = [];
  let first = -1;
  let last = -1;
  const flush = (): void => {
    if (first >= 0 && last > first) {
      ranges.push({ startLine: first, endLine: last, kind: FoldingRangeKind.Comment });
    }
    first = -1;
  };
  let lineHasCode = false;
  for (const token of tokens) {
    if (token.kind === "newline") {
      lineHasCode = false;
    } else if (token.kind === "comment" && !lineHasCode) {
      const line = document.positionAt(token.start).line;
      if (first < 0 || line !== last + 1) {
        flush();
        first = line;
      }
      last = line;
    } else if (token.kind !== "space") {
      lineHasCode = true;
      flush();
    }
  }
  flush();
  return ranges;
}
