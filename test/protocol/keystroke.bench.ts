/**
 * What a person feels while typing, over a real connection to the server. Budgets (design/editor.md): a keystroke
 * to diagnostics 50 ms in a 2,000-line file, any language request 5 ms at the 99th percentile.
 */
import { bench, describe } from "vitest";
import { Editor } from "./editor.js";
import { FakeLab } from "./fake-lab.js";
import { longFile } from "./long-file.js";
import { find } from "./text.js";

const URI = "file:///lab/long.raftlab";
const TEXT = longFile(2000);
const OPTIONS = { time: 1500, iterations: 10 } as const;

const editor = await Editor.open(new FakeLab().host());
await editor.openDocument(URI, TEXT);
await editor.diagnostics(URI);
const middle = find(TEXT, "crash old", 55);
const end = { line: middle.line, character: middle.character + "crash old".length };

/** Types a letter and deletes it again, so that the text stays the same however often this runs. */
let typed = false;
async function keystroke(): Promise<number> {
  typed = !typed;
  const after = { line: end.line, character: end.character + 1 };
  return typed ? editor.type(URI, end, "x") : editor.change(URI, { range: { start: end, end: after }, text: "" });
}

describe(`a file of ${TEXT.split("\n").length} lines`, () => {
  bench(
    "keystroke to diagnostics, the wait of 5 ms for the next keystroke included",
    async () => {
      await editor.diagnostics(URI, await keystroke());
    },
    OPTIONS,
  );

  bench(
    "keystroke, then semantic tokens and lenses of the new version",
    async () => {
      await keystroke();
      await Promise.all([
        editor.ask("textDocument/semanticTokens/full", URI),
        editor.ask("textDocument/codeLens", URI),
      ]);
    },
    OPTIONS,
  );

  const position = end;
  for (const method of ["completion", "hover", "definition", "documentHighlight", "signatureHelp"]) {
    bench(method, () => editor.ask(`textDocument/${method}`, URI, { position }).then(() => undefined), OPTIONS);
  }
  for (const method of ["documentSymbol", "foldingRange", "codeLens", "semanticTokens/full"]) {
    bench(method, () => editor.ask(`textDocument/${method}`, URI).then(() => undefined), OPTIONS);
  }
});
