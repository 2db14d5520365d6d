/** `textDocument/signatureHelp`: how the step or setting under way is written. */
import { MarkupKind, type Position, type SignatureHelp } from "vscode-languageserver";
import { operationWord } from "../language/checker/reading.js";
import { headWord, pathAt, type SyntaxNode, tokensOf } from "../language/syntax/tree.js";
import { type Entry, meaning } from "../language/vocabulary/entry.js";
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
  const documentation = { kind: MarkupKind.Markdown, value: meaning(entry) };
  return { signatures: [{ label: entry.syntax, documentation, parameters: [] }], activeSignature: 0 };
}

function describedBy(node: SyntaxNode): Entry | undefined {
  if (node.kind === "Setting") return lookUp("setting", headWord(node));
  if (node.kind === "Step") return formOf(node, headWord(node)) ?? lookUp("step", headWord(node));
  const word = operationWord(node);
  return formOf(node, word) ?? lookUp("operation", word);
}

/** One of several things that a word begins: `lease grant`, `expect saw`. */
function formOf(node: SyntaxNode, word: string): Entry | undefined {
  return tokensOf(node)
    .map((token) => lookUp("part", `${word} ${token.text}`))
    .find((found) => found !== undefined);
}
