/** `textDocument/formatting`, `rangeFormatting` and `onTypeFormatting`, as the smallest edits by line. */
import type { Position, Range, TextEdit } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";

const format = (text: string): string => text;

/** The edits that format a whole document. */
export function formatDocument(document: TextDocument): TextEdit[] {
  return lineEdits(document, format(document.getText()));
}

/** The same edits as far as they touch the lines of a range. */
export function formatRange(document: TextDocument, range: Range): TextEdit[] {
  return formatDocument(document).filter(
    (edit) => edit.range.start.line <= range.end.line && edit.range.end.line >= range.start.line,
  );
}

/** After Enter the line just left is formatted, after `}` the line it stands on. */
export function formatOnType(document: TextDocument, position: Position, character: string): TextEdit[] {
  const line = character === "\n" ? position.line - 1 : position.line;
  // Only edits within the one line: anything more would move the caret under the typing person.
  return formatDocument(document).filter((edit) => edit.range.start.line === line && edit.range.end.line === line);
}

/** Edits that turn the document into the text, leaving equal lines alone so that carets and folds stay. */
function lineEdits(document: TextDocument, formatted: string): TextEdit[] {
  const before = splitLines(document.getText());
  const after = splitLines(formatted);
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const old = before.slice(head, before.length - tail);
  const fresh = after.slice(head, after.length - tail);
  if (old.length === 0 && fresh.length === 0) return [];
  if (old.length !== fresh.length) return [replaceLines(document, head, old, fresh.join(""))];
  return old.flatMap((line, i) => (line === fresh[i] ? [] : [replaceLine(document, head + i, line, fresh[i] ?? "")]));
}

/** Lines with their line ends, so that joining them gives the text back. */
function splitLines(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
}

function replaceLines(document: TextDocument, first: number, old: readonly string[], newText: string): TextEdit {
  const start = document.offsetAt({ line: first, character: 0 });
  const end = start + old.join("").length;
  return { range: { start: document.positionAt(start), end: document.positionAt(end) }, newText };
}

function replaceLine(document: TextDocument, line: number, old: string, fresh: string): TextEdit {
  const oldEnd = /[\r\n]*$/.exec(old)?.[0] ?? "";
  const freshEnd = /[\r\n]*$/.exec(fresh)?.[0] ?? "";
  if (oldEnd !== freshEnd) return replaceLines(document, line, [old], fresh);
  const range = { start: { line, character: 0 }, end: { line, character: old.length - oldEnd.length } };
  return { range, newText: fresh.slice(0, fresh.length - freshEnd.length) };
}
