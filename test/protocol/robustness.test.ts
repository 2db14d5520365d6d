import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FIRST_FILE } from "../../server/src/language/fixtures/design-examples.js";
import { Editor } from "./editor.js";
import { FakeLab } from "./fake-lab.js";
import { longFile } from "./long-file.js";
import { find } from "./text.js";

const URI = "file:///lab/first.raftlab";
const OPTIONS = { tabSize: 2, insertSpaces: true };

/** Every feature of a document, with parameters at a position. */
function features(position: { line: number; character: number }): readonly (readonly [string, object])[] {
  const range = { start: { line: 0, character: 0 }, end: position };
  return [
    ["textDocument/completion", { position }],
    ["textDocument/hover", { position }],
    ["textDocument/signatureHelp", { position }],
    ["textDocument/definition", { position }],
    ["textDocument/references", { position, context: { includeDeclaration: true } }],
    ["textDocument/documentHighlight", { position }],
    ["textDocument/documentSymbol", {}],
    ["textDocument/foldingRange", {}],
    ["textDocument/selectionRange", { positions: [position] }],
    ["textDocument/codeAction", { range, context: { diagnostics: [] } }],
    ["textDocument/codeLens", {}],
    ["textDocument/inlayHint", { range }],
    ["textDocument/formatting", { options: OPTIONS }],
    ["textDocument/rangeFormatting", { range, options: OPTIONS }],
    ["textDocument/onTypeFormatting", { position, ch: "}", options: OPTIONS }],
    ["textDocument/semanticTokens/full", {}],
    ["textDocument/semanticTokens/range", { range }],
  ];
}

describe("robustness", () => {
  let editor: Editor;

  beforeEach(async () => {
    editor = await Editor.open(new FakeLab().host());
  });

  afterEach(() => editor.close());

  test("an exception in a feature is logged with its context and hurts nothing else", async () => {
    await editor.openDocument(URI, FIRST_FILE);
    // A position without a line is what no editor sends; the feature throws over it.
    expect(await editor.ask("textDocument/hover", URI, { position: null })).toBeNull();
    expect(editor.complaints()).toHaveLength(1);
    expect(editor.complaints()[0]).toMatch(
      /^hover of \{"uri":"file:\/\/\/lab\/first\.raftlab"\} null failed: TypeError[\s\S]*hover\.ts/,
    );
    const hover = await editor.ask("textDocument/hover", URI, { position: find(FIRST_FILE, "crash", 1, 1) });
    expect(hover).not.toBeNull();
    expect(await editor.diagnostics(URI)).toEqual([]);
  });

  test("documents that are not open have no answers, and no complaints", async () => {
    for (const [method, params] of features({ line: 0, character: 0 })) {
      const answer = await editor.ask(method, "file:///lab/nowhere.raftlab", params);
      expect(answer === null || JSON.stringify(answer) === '{"data":[]}', method).toBe(true);
    }
    expect(editor.complaints()).toEqual([]);
  });

  test("whatever the text, every feature answers and nothing throws", async () => {
    const pieces = FIRST_FILE.split(/(\s+)/).concat([
      "{",
      "}",
      '"',
      "=>",
      "\r\n",
      "\t",
      "\u{1F600}",
      "\ud800",
      "«",
      ";",
      "[",
      "1..",
      "# é",
    ]);
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join(""));
    const place = fc.record({ line: fc.nat(12), character: fc.nat(40) });
    await editor.openDocument(URI, "");
    await fc.assert(
      fc.asyncProperty(text, place, async (content, position) => {
        await editor.change(URI, { text: content });
        await Promise.all(features(position).map(([method, params]) => editor.ask(method, URI, params)));
        expect(editor.complaints()).toEqual([]);
      }),
      { numRuns: 60 },
    );
    await editor.diagnostics(URI);
  });

  test("edits typed one after the other end in the text they spell", async () => {
    await editor.openDocument(URI, "");
    const typed = 'cluster { nodes s1..s3 }\nscenario "typed" {\n  await leader\n  crash s2\n}\n';
    let line = 0;
    let character = 0;
    for (const letter of typed) {
      await editor.type(URI, { line, character }, letter);
      if (letter === "\n") {
        line++;
        character = 0;
      } else {
        character++;
      }
    }
    expect(await editor.diagnostics(URI)).toEqual([]);
    const outcome = await editor.client.sendRequest("raftlab/scenarios", { uri: URI });
    expect(outcome).toEqual({ ok: true, scenarios: [{ title: "typed", line: 2, runnable: true }] });
  });

  test("a long file: all features answer, and the outline is whole", async () => {
    const text = longFile(2000);
    await editor.openDocument(URI, text);
    expect(await editor.diagnostics(URI)).toEqual([]);
    const answers = await Promise.all(
      features(find(text, "crash old", 50)).map(([method, params]) => editor.ask<unknown>(method, URI, params)),
    );
    expect(answers).toHaveLength(17);
    expect(editor.complaints()).toEqual([]);
  });
});
