/** From the language's offsets to the editor's lines and characters, and back. Both count UTF-16 units. */
import type { Position, Range, TextEdit } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { QuickFix, Span } from "../language/program.js";

/** The range of a span. */
export function rangeOf(document: TextDocument, span: Span): Range {
  return { start: document.positionAt(span.start), end: document.positionAt(span.end) };
}

/** The span of a range; what lies outside the text is moved to its edge. */
export function spanOfRange(document: TextDocument, range: Range): Span {
  return { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
}

/** The range of a 1-based line without the white space around it; the last line's when there is no such line. */
export function rangeOfLine(document: TextDocument, line: number): Range {
  const index = Math.max(0, Math.min(line - 1, document.lineCount - 1));
  const whole: Range = { start: { line: index, character: 0 }, end: { line: index + 1, character: 0 } };
  const text = document.getText(whole).replace(/[\r\n]+$/, "");
  const trimmed = text.trimStart();
  const character = text.length - trimmed.length;
  return {
    start: { line: index, character },
    end: { line: index, character: character + trimmed.trimEnd().length },
  };
}

/** Replacements of spans as text edits. */
export function textEdits(document: TextDocument, edits: QuickFix["edits"]): TextEdit[] {
  return edits.map((edit) => ({ range: rangeOf(document, edit.span), newText: edit.newText }));
}

/** Whether two ranges share a place; touching ends count. */
export function touches(a: Range, b: Range): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
