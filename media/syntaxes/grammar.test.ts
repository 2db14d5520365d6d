import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";
import { MESSAGE_TYPES } from "../../server/src/language/vocabulary/messages.js";
import { OPERATIONS } from "../../server/src/language/vocabulary/operations.js";
import { PARTS } from "../../server/src/language/vocabulary/parts.js";
import { SELECTORS } from "../../server/src/language/vocabulary/selectors.js";
import { SETTINGS } from "../../server/src/language/vocabulary/settings.js";
import { STEPS } from "../../server/src/language/vocabulary/steps.js";

const SCOPE = "source.raftlab";
let grammar: textmate.IGrammar;

beforeAll(async () => {
  const wasm = createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm");
  await oniguruma.loadWASM(readFileSync(wasm));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: () => {
      const file = path.join(import.meta.dirname, "raftlab.tmLanguage.json");
      return Promise.resolve(textmate.parseRawGrammar(readFileSync(file, "utf8"), file));
    },
  });
  const loaded = await registry.loadGrammar(SCOPE);
  if (!loaded) throw new Error("the grammar did not load");
  grammar = loaded;
});

/** The scopes of each stretch of the last of the lines. */
function scopesOf(...lines: readonly string[]): { readonly text: string; readonly scopes: string }[] {
  let stack = textmate.INITIAL;
  let result: { text: string; scopes: string }[] = [];
  for (const line of lines) {
    const tokens = grammar.tokenizeLine(line, stack);
    stack = tokens.ruleStack;
    result = tokens.tokens.map((token) => ({
      text: line.slice(token.startIndex, token.endIndex),
      scopes: token.scopes.join(" "),
    }));
  }
  return result;
}

/** The scopes of a word in the last of the lines. */
function scopeOf(word: string, ...lines: readonly string[]): string {
  const found = scopesOf(...lines).find((token) => token.text.trim() === word);
  return found?.scopes ?? `no token ${word} in ${JSON.stringify(scopesOf(...lines))}`;
}

const inScenario = (line: string): readonly string[] => ['scenario "a" {', `  ${line}`];

describe("the TextMate grammar", () => {
  it("colours the first word of every step and operation of the vocabulary", () => {
    for (const entry of [...STEPS, ...OPERATIONS]) {
      const word = entry.name.split(" ")[0] ?? "";
      expect(scopeOf(word, ...inScenario(entry.example)), `${entry.name}: ${entry.example}`).toMatch(
        /keyword|support[.]function|storage|variable[.]language/,
      );
    }
  });

  it("colours the words inside operations", () => {
    for (const { name, example } of PARTS) {
      const word = name.split(" ").at(-1) ?? "";
      expect(scopeOf(word, ...inScenario(example)), `${name}: ${example}`).toMatch(/keyword|support[.]function/);
    }
  });

  it("colours the operations of a transaction", () => {
    const line = 'txn { if a == "1" then put b "2", delete c else get d }';
    for (const word of ["put", "delete", "get"]) {
      expect(scopeOf(word, ...inScenario(line)), word).toMatch(/support[.]function/);
    }
  });

  it("colours every setting, selector and message type", () => {
    for (const entry of SETTINGS) {
      const word = entry.name.split(" ")[0] ?? "";
      expect(scopeOf(word, "cluster {", `  ${entry.example}`), entry.example).toMatch(/property-name/);
    }
    for (const { name } of MESSAGE_TYPES)
      expect(scopeOf(name, ...inScenario(`drop ${name} s1 -> s2`))).toMatch(/message/);
    for (const { name, example } of SELECTORS.filter((entry) => entry.example.split(/\W/).includes(entry.name))) {
      expect(scopeOf(name, ...inScenario(example)), example).toMatch(/variable[.]language|keyword/);
    }
  });

  it("keeps strings, comments and bare paths apart", () => {
    const commented = scopesOf(...inScenario('alice put color "a # b" # crash s1'));
    expect(commented.find((token) => token.text.includes("a # b"))?.scopes).toMatch(/string[.]quoted/);
    expect(commented.find((token) => token.text.includes("crash"))?.scopes).toMatch(/comment/);
    expect(scopeOf("/config/leader", ...inScenario("bob get /config/leader prefix"))).toMatch(/string[.]unquoted/);
    expect(scopeOf("prefix", ...inScenario("bob get /config/leader prefix"))).toMatch(/keyword/);
  });

  it("names clients, variables, handles and scenario titles", () => {
    expect(scopeOf("alice", ...inScenario('alice put color "red"'))).toMatch(/client/);
    expect(scopeOf("old", ...inScenario("let old = leader"))).toMatch(/variable[.]other/);
    expect(scopeOf("w1", ...inScenario("async alice get color as w1"))).toMatch(/handle/);
    expect(scopeOf("a title", 'scenario "a title" {')).toMatch(/entity[.]name[.]function/);
  });

  it("is not led astray by a string that is still open: the next line starts anew", () => {
    expect(scopeOf("crash", 'scenario "a" {', '  alice put color "red', "  crash s1")).toMatch(/keyword/);
  });
});
