import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type {
  DocumentHighlight,
  DocumentSymbol,
  FoldingRange,
  Location,
  LocationLink,
  SelectionRange,
  WorkspaceEdit,
  WorkspaceSymbol,
} from "vscode-languageserver/node";
import { FIRST_FILE } from "../../server/src/language/fixtures/design-examples.js";
import { Editor } from "./editor.js";
import { FakeLab } from "./fake-lab.js";
import { applied, find, textAt } from "./text.js";

const URI = "file:///lab/first.raftlab";

describe("names and structure", () => {
  let editor: Editor;

  beforeEach(async () => {
    editor = await Editor.open(new FakeLab().host());
    await editor.openDocument(URI, FIRST_FILE);
  });

  afterEach(async () => {
    expect(editor.complaints()).toEqual([]);
    await editor.close();
  });

  test("definition goes from a use to where the name is bound", async () => {
    const position = find(FIRST_FILE, "crash old", 1, 7);
    const [link] = await editor.ask<LocationLink[]>("textDocument/definition", URI, { position });
    expect(link?.targetRange.start).toEqual(find(FIRST_FILE, "old = leader"));
    expect(textAt(FIRST_FILE, link?.originSelectionRange ?? { start: position, end: position })).toBe("old");
  });

  test("a client is defined where the cluster names it", async () => {
    const [link] = await editor.ask<LocationLink[]>("textDocument/definition", URI, {
      position: find(FIRST_FILE, "bob get"),
    });
    expect(link?.targetRange.start).toEqual(find(FIRST_FILE, "bob"));
  });

  test("references with and without the declaration", async () => {
    const position = find(FIRST_FILE, "restart old", 1, 8);
    const lines = async (includeDeclaration: boolean): Promise<number[]> => {
      const found = await editor.ask<Location[]>("textDocument/references", URI, {
        position,
        context: { includeDeclaration },
      });
      return found.map((location) => location.range.start.line + 1);
    };
    expect(await lines(true)).toEqual([13, 15, 17, 19]);
    expect(await lines(false)).toEqual([15, 17, 19]);
  });

  test("highlights tell the definition from uses", async () => {
    const found = await editor.ask<DocumentHighlight[]>("textDocument/documentHighlight", URI, {
      position: find(FIRST_FILE, "alice put"),
    });
    expect(found.map((highlight) => [highlight.range.start.line + 1, highlight.kind])).toEqual([
      [4, 3],
      [14, 2],
    ]);
  });

  test("rename changes every place and nothing else", async () => {
    const position = find(FIRST_FILE, "crash old", 1, 8);
    const edit = await editor.ask<WorkspaceEdit>("textDocument/rename", URI, { position, newName: "fallen" });
    const renamed = applied(FIRST_FILE, edit.changes?.[URI] ?? []);
    expect(renamed).toBe(FIRST_FILE.replace(/\bold\b/g, "fallen"));
  });

  test.each([
    ["old", "crash", "begins a step"],
    ["old", "leader", "already has a meaning"],
    ["old", "two words", "is no name"],
    ["old", "", "is no name"],
    ["alice put", "bob", "already used"],
    ["old", "alice", "already used"],
  ])("rename of %s to %j is refused: %s", async (at, newName, message) => {
    const position = find(FIRST_FILE, at);
    const asked = editor.ask("textDocument/rename", URI, { position, newName });
    await expect(asked).rejects.toThrow(message);
  });

  test.each([
    ["a cluster", "wan", 'cluster wan { nodes a b }\nscenario "x" on wan {\n  await leader\n}\n'],
    [
      "a node",
      "b",
      'cluster { nodes a b c }\nscenario "x" {\n  crash b\n  partition {a c} | b\n  await b.term > 1\n}\n',
    ],
    ["a handle", "w1", 'cluster { nodes a }\nscenario "x" {\n  async put k "v" as w1\n  await w1 => ok\n}\n'],
    [
      "a watch",
      "w",
      'cluster { nodes a }\nscenario "x" {\n  watch k as w\n  put k "v"\n  expect w saw [put k "v"]\n}\n',
    ],
    [
      "a workload",
      "load",
      'cluster { nodes a }\nscenario "x" {\n  workload load for 1s { rate 10/s }\n  await load\n}\n',
    ],
  ])("rename of %s", async (_what, name, text) => {
    await editor.change(URI, { text });
    const edit = await editor.ask<WorkspaceEdit>("textDocument/rename", URI, {
      position: find(text, text.slice(text.search(new RegExp(`\\b${name}\\b`)))),
      newName: "renamed",
    });
    const places = text.split(new RegExp(`\\b${name}\\b`)).length - 1;
    expect(edit.changes?.[URI]).toHaveLength(places);
    expect(applied(text, edit.changes?.[URI] ?? [])).toBe(text.replace(new RegExp(`\\b${name}\\b`, "g"), "renamed"));
  });

  test("prepare rename shows the name, and refuses what is part of a run or no name", async () => {
    const position = find(FIRST_FILE, "bob get", 1, 1);
    const prepared = await editor.ask<{ placeholder: string }>("textDocument/prepareRename", URI, { position });
    expect(prepared.placeholder).toBe("bob");
    const text = FIRST_FILE.replace("crash old", "crash s1");
    await editor.change(URI, { text });
    const ask = (part: string, plus: number): Promise<unknown> =>
      editor.ask("textDocument/prepareRename", URI, { position: find(text, part, 1, plus) });
    await expect(ask("heartbeat", 1)).rejects.toThrow("Only servers, clients");
    await expect(ask("crash s1", 7)).rejects.toThrow("part of a run of names");
  });

  test("document symbols", async () => {
    const symbols = await editor.ask<DocumentSymbol[]>("textDocument/documentSymbol", URI);
    const outline = symbols.map(({ name, children }) => [
      name,
      children?.map((child) => `${child.name} ${child.detail}`),
    ]);
    expect(outline).toEqual([
      [
        "cluster",
        ["nodes s1..s5", "clients alice bob", "election-timeout 150ms..300ms", "heartbeat 50ms", "latency 2ms..10ms"],
      ],
      ["a committed write survives its leader", ["old let"]],
    ]);
  });

  test("workspace symbols find scenarios by the letters of a query", async () => {
    const ask = (query: string): Promise<WorkspaceSymbol[]> => editor.client.sendRequest("workspace/symbol", { query });
    expect((await ask("wrtsurv")).map((symbol) => symbol.name)).toEqual(["a committed write survives its leader"]);
    expect(await ask("zzz")).toEqual([]);
  });

  test("folding: blocks keep their closing line, comments fold together", async () => {
    const text = `# one\n# two\n# three\n${FIRST_FILE}`;
    await editor.change(URI, { text });
    const ranges = await editor.ask<FoldingRange[]>("textDocument/foldingRange", URI);
    expect(ranges).toEqual([
      { startLine: 0, endLine: 3, kind: "comment" },
      { startLine: 4, endLine: 9 },
      { startLine: 12, endLine: 22 },
    ]);
  });

  test("selection grows from the word to the file", async () => {
    const [range] = await editor.ask<SelectionRange[]>("textDocument/selectionRange", URI, {
      positions: [find(FIRST_FILE, '"red"', 1, 2)],
    });
    const texts: string[] = [];
    for (let at = range; at !== undefined; at = at.parent) texts.push(textAt(FIRST_FILE, at.range));
    expect(texts.slice(0, 3)).toEqual(["red", '"red"', 'alice put color "red"                 => ok']);
    expect(texts[texts.length - 1]).toBe(FIRST_FILE);
    for (const [i, text] of texts.entries()) if (i > 0) expect(text).toContain(texts[i - 1]);
  });
});
