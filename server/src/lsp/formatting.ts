/** `textDocument/formatting`, `rangeFormatting` and `onTypeFormatting`: the language's edits, at most one to a line and as small as possible. */
import type { Position, Range, TextEdit } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { formatEdits } from "../language/format/format.js";
import type { Span } from "../language/program.js";
import { rangeOf, rangeOfLine, spanOfRange } from "./positions.js";

/** The edits that format a whole document. */
export function formatDocument(document: TextDocument): TextEdit[] {
  return edits(document);
}

/** The same edits as far as they touch a range. */
export function formatRange(document: TextDocument, range: Range): TextEdit[] {
  return edits(document, spanOfRange(document, range));
}

/** After Enter the line just left is formatted, after `}` the line it stands on. */
export function formatOnType(document: TextDocument, position: Position, character: string): TextEdit[] {
  const line = character === "\n" ? position.line - 1 : position.line;
  if (line < 0) return [];
  // Only edits within the one line: anything more would move the caret under the typing person.
  return edits(document, spanOfRange(document, rangeOfLine(document, line + 1))).filter(
    ({ range }) => range.start.line === line && range.end.line === line,
  );
}

function edits(document: TextDocument, span?: Span): TextEdit[] {
  const text = document.getText();
  return formatEdits(text, span).map(({ start, end, newText }) => {
    const head = commonPrefix(text.slice(start, end), newText);
    const tail = commonPrefix(reversed(text.slice(start + head, end)), reversed(newText.slice(head)));
    return {
      range: rangeOf(document, { start: start + head, end: end - tail }),
      newText: newText.slice(head, newText.length - tail),
    };
  });
}

function commonPrefix(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}

/** By UTF-16 units, as the lengths are counted; only compared, never shown. */
function reversed(text: string): string {
  let result = "";
  for (let i = text.length - 1; i >= 0; i--) result += text[i];
  return result;
}
