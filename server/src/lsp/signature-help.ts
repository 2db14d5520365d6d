/** `textDocument/signatureHelp`: how the step or setting under way is written. */
import { MarkupKind, type Position, type SignatureHelp } from "vscode-languageserver";
import { headWord, pathAt, type SyntaxNode } from "../language/syntax/tree.js";
import type { Entry } from "../language/vocabulary/entry.js";
import { lookUp } from "../language/vocabulary/vocabulary.js";
import type { OpenDocument } from "./documents.js";

/** The signature at a position; `null` outside steps and settings, and at their own word. */
export function signatureHelp(open: OpenDocument, position: Position): SignatureHelp | null {
  const offset = open.document.offsetAt(position);
  // Just behind what has been written, a person still types on the same statement.
  const before = open.analysis.text.slice(0, offset).trimEnd().length;
  if (open.analysis.text.slice(before, offset).includes("\n")) return null;
  const path = pathAt(open.analysis.tree, before);
  const node = path.findLast(
    (candidate) => candidate.kind === "Step" || candidate.kind === "Invoke" || candidate.kind === "Setting",
  );
  if (node === undefined) return null;
  const entry = describedBy(node);
  if (entry === undefined || entry.syntax === entry.name) return null;
  const documentation = { kind: MarkupKind.Markdown, value: entry.says };
  return { signatures: [{ label: entry.syntax, documentation, parameters: [] }], activeSignature: 0 };
}

function describedBy(node: SyntaxNode): Entry | undefined {
  if (node.kind === "Setting") return lookUp("setting", headWord(node));
  if (node.kind === "Step") return lookUp("step", headWord(node));
  for (const child of node.children) {
    if ("text" in child && child.kind === "word") {
      const found = lookUp("operation", child.text);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
