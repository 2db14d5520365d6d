import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type {
  CompletionList,
  Hover,
  SemanticTokens,
  SemanticTokensDelta,
  SignatureHelp,
  TextEdit,
} from "vscode-languageserver/node";
import { FIRST_FILE } from "../../server/src/language/fixtures/design-examples.js";
import { Editor } from "./editor.js";
import { FakeLab } from "./fake-lab.js";
import { applied, caret, find, textAt } from "./text.js";

const URI = "file:///lab/first.raftlab";
const HEAD = 'cluster {\n  nodes s1..s3\n  clients alice bob\n}\nscenario "a" {\n  await leader\n  let old = leader\n';

describe("help while writing", () => {
  let editor: Editor;

  beforeEach(async () => {
    editor = await Editor.open(new FakeLab().host());
  });

  afterEach(async () => {
    expect(editor.complaints()).toEqual([]);
    await editor.close();
  });

  async function complete(marked: string): Promise<CompletionList> {
    const { text, position } = caret(marked);
    await editor.openDocument(URI, text);
    return editor.ask("textDocument/completion", URI, { position });
  }

  async function labels(marked: string): Promise<string[]> {
    return (await complete(marked)).items.map((item) => item.label);
  }

  test.each([
    ["top level", "‸", ["cluster", "scenario", "scenario: the leader crashes"], ["crash"]],
    ["settings", "cluster {\n  ‸\n}", ["nodes", "election-timeout", "rule"], ["scenario", "crash"]],
    ["switches", "cluster {\n  pre-vote ‸\n}", ["on", "off"], ["s1"]],
    ["words as values", "cluster {\n  reads ‸\n}", ["read-index", "lease", "local"], ["on"]],
    ["rules", "cluster {\n  rule ‸\n}", ["current-term-commit", "persist-vote"], ["on", "nodes"]],
    ["a rule's switch", "cluster {\n  rule current-term-commit ‸\n}", ["on", "off"], []],
    ["steps", `${HEAD}  ‸\n}`, ["crash", "await", "partition", "put", "alice"], ["nodes", "cluster {"]],
    ["selectors", `${HEAD}  crash ‸\n}`, ["s1", "s3", "leader", "old", "any follower"], ["alice", "crash"]],
    ["selectors with a word begun", `${HEAD}  crash le‸\n}`, ["leader", "s1"], ["crash"]],
    ["operations", `${HEAD}  alice ‸\n}`, ["put", "get", "cas"], ["crash", "s1"]],
    ["keys", `${HEAD}  put /config/color "red"\n  get ‸\n}`, ["/config/color"], ["s1", "crash"]],
    ["results", `${HEAD}  put color "red" => ‸\n}`, ["ok", "timeout", "failed", "error"], ["s1"]],
    ["errors", `${HEAD}  get color => error ‸\n}`, ["compacted", "future-revision"], ["ok"]],
    ["conditions", `${HEAD}  await ‸\n}`, ["leader", "no leader", "converged", "s1", "not"], ["crash"]],
    ["handles", `${HEAD}  async put a "1" as w1\n  await ‸\n}`, ["w1", "leader"], []],
    ["fields", `${HEAD}  expect s1.‸ >= 2\n}`, ["term", "role", "commit"], ["s1"]],
    ["message types", `${HEAD}  drop ‸\n}`, ["AppendEntries", "RequestVoteReply"], []],
    ["properties", `${HEAD}  expect violation of ‸\n}`, ["election-safety", "linearizability"], ["s1"]],
    ["sets", `${HEAD}  partition {s1 ‸} | {s3}\n}`, ["s2", "old", "leader"], ["for", "crash"]],
    ["sides", `${HEAD}  partition {s1} | ‸\n}`, ["s2", "others", "random"], ["for", "except", "crash"]],
    ["targets", `${HEAD}  put a "1" at ‸\n}`, ["s2", "leader"], ["at", "=>", "random"]],
    ["given states", `${HEAD}  given {\n    ‸\n  }\n}`, ["s1", "s3"], ["crash", "leader"]],
    ["a given server", `${HEAD}  given {\n    s1 ‸\n  }\n}`, ["term", "log", "commit"], ["crash", "s2"]],
    ["workloads", `${HEAD}  workload w for 1s {\n    ‸\n  }\n}`, ["clients", "mix"], ["crash"]],
    ["nemeses", `${HEAD}  nemesis n for 1s {\n    ‸\n  }\n}`, ["every"], ["crash"]],
    ["faults of a nemesis", `${HEAD}  nemesis n for 1s { every 1s one of { ‸ } }\n}`, ["crash"], ["mix"]],
    ["clauses", `${HEAD}  crash s1 ‸\n}`, ["for"], ["s1"]],
  ])("completion of %s", async (_what, marked, wanted, unwanted) => {
    const found = await labels(marked);
    expect(found).toEqual(expect.arrayContaining(wanted));
    for (const label of unwanted) expect(found).not.toContain(label);
    expect(new Set(found).size).toBe(found.length);
  });

  test("nothing is offered inside comments and strings", async () => {
    for (const marked of ["# a com‸ment", `${HEAD}  note "some te‸xt"\n}`, `${HEAD}  note "unfinished ‸`]) {
      const { text, position } = caret(marked);
      await editor.openDocument(URI, text);
      expect(await editor.ask("textDocument/completion", URI, { position })).toBeNull();
      await editor.closeDocument(URI);
    }
  });

  test("a space asks only where something has to follow", async () => {
    const ask = async (marked: string): Promise<number> => {
      const { text, position } = caret(marked);
      await editor.openDocument(URI, text);
      const context = { triggerKind: 2, triggerCharacter: " " };
      const list = await editor.ask<CompletionList | null>("textDocument/completion", URI, { position, context });
      await editor.closeDocument(URI);
      return list?.items.length ?? 0;
    };
    expect(await ask(`${HEAD}  crash ‸\n}`)).toBeGreaterThan(3);
    expect(await ask(`${HEAD}  crash leader ‸\n}`)).toBe(0);
    expect(await ask(`${HEAD}  ‸\n}`)).toBe(0);
    expect(await ask(`${HEAD}  alice ‸\n}`)).toBeGreaterThan(3);
    expect(await ask(`${HEAD}  partition {s1 ‸} | {s3}\n}`)).toBeGreaterThan(3);
  });

  test("a completion replaces the word that was begun, hyphens and all", async () => {
    const { items } = await complete("cluster {\n  election-ti‸\n}");
    const item = items.find((candidate) => candidate.label === "election-timeout");
    expect(item?.textEdit).toMatchObject({
      range: { start: { line: 1, character: 2 }, end: { line: 1, character: 13 } },
    });
  });

  test("a rule says what it protects", async () => {
    const { items } = await complete("cluster {\n  rule ‸\n}");
    const rule = items.find((item) => item.label === "current-term-commit");
    expect(JSON.stringify(rule?.documentation)).toContain("Protects leader-completeness and state-machine-safety.");
  });

  test("every whole snippet is a scenario that checks", async () => {
    const { items } = await complete("‸");
    const bodies = items
      .filter((item) => item.label.startsWith("scenario"))
      .map((item) => item.textEdit?.newText ?? "");
    expect(bodies.length).toBeGreaterThan(2);
    for (const [i, body] of bodies.entries()) {
      const plain = body
        .replace(/\$\{(\d+):([^}]*)\}/g, "$2")
        .replace(/\$2/g, "color")
        .replace(/\$3/g, "red")
        .replace(/\$0/g, "");
      const uri = `file:///lab/snippet${i}.raftlab`;
      await editor.openDocument(uri, `cluster { nodes s1..s3 }\n${plain}\n`);
      const errors = (await editor.diagnostics(uri, 1)).filter((diagnostic) => diagnostic.severity === 1);
      expect(errors, plain).toEqual([]);
    }
  });

  async function hoverAt(text: string, part: string, plus = 1): Promise<string> {
    await editor.openDocument(URI, text);
    const hover = await editor.ask<Hover | null>("textDocument/hover", URI, { position: find(text, part, 1, plus) });
    return hover === null ? "" : JSON.stringify(hover.contents);
  }

  test.each([
    [
      "a rule",
      'cluster {\n  nodes s1\n  rule persist-vote off\n}\nscenario "a" { await leader }',
      "persist-vote",
      "durable before it is spoken",
    ],
    ["a field", `${HEAD}  expect s1.term >= 2\n}`, "term >", "currentTerm"],
    ["a message", `${HEAD}  drop AppendEntries s1 -> s2\n}`, "AppendEntries", "§5.3"],
    [
      "a property",
      `${HEAD}  expect violation of election-safety\n}`,
      "election-safety",
      "at most one server is ever elected",
    ],
    ["a result", `${HEAD}  get color => none\n}`, "none", "no such key"],
    ["a server", `${HEAD}  crash s2\n}`, "s2\n}", "server"],
    ["a variable", `${HEAD}  crash old\n}`, "old\n}", "Defined in line 7, used once."],
    ["a scenario", `# What it teaches.\n${FIRST_FILE.slice(FIRST_FILE.indexOf("cluster"))}`, '"a committed', "seed 7"],
  ])("hover over %s", async (_what, text, part, contains) => {
    expect(await hoverAt(text, part)).toContain(contains);
  });

  test("no hover over nothing", async () => {
    expect(await hoverAt(FIRST_FILE, "  alice put", 0)).toBe("");
  });

  test("formatting: an untidy file becomes tidy by small edits, a tidy one is left alone", async () => {
    const options = { tabSize: 2, insertSpaces: true };
    await editor.openDocument(URI, FIRST_FILE);
    expect(await editor.ask("textDocument/formatting", URI, { options })).toEqual([]);
    const untidy = FIRST_FILE.replace("  nodes s1..s5", "\t  nodes   s1..s5").replace("  crash old", "crash   old  ");
    await editor.change(URI, { text: untidy });
    const edits = await editor.ask<TextEdit[]>("textDocument/formatting", URI, { options });
    expect(applied(untidy, edits)).toBe(FIRST_FILE);
    expect(edits).toHaveLength(2);
    const start = find(untidy, "crash");
    const range = { start, end: start };
    const some = await editor.ask<TextEdit[]>("textDocument/rangeFormatting", URI, { range, options });
    expect(applied(untidy, some)).toBe(FIRST_FILE.replace("  nodes s1..s5", "\t  nodes   s1..s5"));
    const position = { line: start.line + 1, character: 0 };
    const typed = await editor.ask<TextEdit[]>("textDocument/onTypeFormatting", URI, { position, ch: "\n", options });
    expect(applied(untidy, typed)).toBe(applied(untidy, some));
  });

  test("semantic tokens: names by what they are, and only the difference after an edit", async () => {
    await editor.openDocument(URI, FIRST_FILE);
    const full = await editor.ask<SemanticTokens>("textDocument/semanticTokens/full", URI);
    const all = decode(FIRST_FILE, full.data);
    expect(all.slice(0, 3)).toEqual(["keyword cluster", "property nodes", "class s1"]);
    for (const token of [
      "interface alice",
      "function put",
      "parameter color",
      "enumMember ok",
      "enumMember leader",
      "variable old",
      "property commit",
    ]) {
      expect(all).toContain(token);
    }
    const range = { start: find(FIRST_FILE, "  crash old"), end: find(FIRST_FILE, "  crash old", 1, 11) };
    const part = await editor.ask<SemanticTokens>("textDocument/semanticTokens/range", URI, { range });
    expect(decode(FIRST_FILE, part.data)).toEqual(["keyword crash", "variable old"]);
    await editor.type(URI, find(FIRST_FILE, "  crash old"), "  heal\n");
    const previousResultId = full.resultId ?? "";
    const delta = await editor.ask<SemanticTokensDelta>("textDocument/semanticTokens/full/delta", URI, {
      previousResultId,
    });
    const size = delta.edits.reduce((sum, edit) => sum + (edit.data?.length ?? 0), 0);
    expect(delta.edits.length).toBeGreaterThan(0);
    expect(size).toBeLessThan(50);
  });

  test("signature help shows how the step is written", async () => {
    const { text, position } = caret(`${HEAD}  drop AppendEntries ‸\n}`);
    await editor.openDocument(URI, text);
    const help = await editor.ask<SignatureHelp | null>("textDocument/signatureHelp", URI, { position });
    expect(help?.signatures[0]?.label ?? "").toContain("drop");
  });
});

const TYPES = [
  "keyword",
  "function",
  "class",
  "interface",
  "namespace",
  "variable",
  "parameter",
  "enumMember",
  "type",
  "property",
  "operator",
];

/** The tokens of an answer as `type text`. */
function decode(text: string, data: readonly number[]): string[] {
  const tokens: string[] = [];
  let line = 0;
  let character = 0;
  for (let i = 0; i + 4 < data.length; i += 5) {
    const [lines = 0, characters = 0, length = 0, type = 0] = data.slice(i, i + 4);
    line += lines;
    character = lines === 0 ? character + characters : characters;
    const range = { start: { line, character }, end: { line, character: character + length } };
    tokens.push(`${TYPES[type]} ${textAt(text, range)}`);
  }
  return tokens;
}
