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

/** The example that the language's design begins with. */
export const FIRST_FILE = `# Five servers, a leader that dies, and a write that must survive it.
cluster {
  nodes s1..s5
  clients alice bob
  election-timeout 150ms..300ms
  heartbeat 50ms
  latency 2ms..10ms
}

scenario "a committed write survives its leader" {
  seed 7
  await leader
  let old = leader
  alice put color "red"                 => ok
  crash old
  await leader within 2s
  expect leader != old
  bob get color                         => "red"
  restart old
  expect all.commit == leader.commit within 1s
}
`;
