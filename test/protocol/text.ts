/** Texts with the caret marked in them, and edits applied to texts. */
import type { Position, TextEdit } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";

/** Where the `‸` of a marked text stands, and the text without it. */
export function caret(marked: string): { readonly text: string; readonly position: Position } {
  const offset = marked.indexOf("‸");
  if (offset < 0) throw new Error("the text has no ‸");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  return { text, position: documentOf(text).positionAt(offset) };
}

/** The position of the n-th occurrence of a part of a text, plus an offset into it. */
export function find(text: string, part: string, nth = 1, plus = 0): Position {
  let offset = -1;
  for (let i = 0; i < nth; i++) offset = text.indexOf(part, offset + 1);
  if (offset < 0) throw new Error(`the text has no ${nth}. ${part}`);
  return documentOf(text).positionAt(offset + plus);
}

/** A text with edits applied. */
export function applied(text: string, edits: readonly TextEdit[]): string {
  return TextDocument.applyEdits(documentOf(text), [...edits]);
}

/** What stands at a range. */
export function textAt(text: string, range: TextEdit["range"]): string {
  return documentOf(text).getText(range);
}

function documentOf(text: string): TextDocument {
  return TextDocument.create("file:///text", "raftlab", 0, text);
}
