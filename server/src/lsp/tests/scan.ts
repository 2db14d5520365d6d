/** From a scenario file's text to its tests, in pieces, so that a file of any length keeps nobody waiting. */
import { plainText } from "../../language/checker/literals.js";
import { parse } from "../../language/parse.js";
import type { Diagnostic } from "../../language/program.js";
import { childOf, childrenOf, type SyntaxNode } from "../../language/syntax/tree.js";
import { TextLines } from "../../language/text-lines.js";
import type { TestScenario } from "../../protocol/tests.js";

/** The tests of a text. */
export interface Scan {
  readonly scenarios: readonly TestScenario[];
  /** The first syntax error. */
  readonly error: { readonly line: number; readonly message: string } | null;
}

/** A scenario as it stands in a text; lines from 1. */
interface Found {
  readonly title: string;
  readonly line: number;
  readonly endLine: number;
}

/** Longer texts are read in pieces of about this many characters: a few milliseconds of parsing. */
const PIECE = 16_000;

/** The tests of a text that has been parsed. */
export function scanTree(uri: string, tree: SyntaxNode, lines: TextLines, diagnostics: readonly Diagnostic[]): Scan {
  return { scenarios: withIds(uri, scenariosIn(tree, lines, 0)), error: firstError(diagnostics, lines, 0) };
}

/**
 * The tests of a text. Between the pieces of a long one, `pause` lets others have their turn.
 *
 * Pieces begin at lines that begin with `scenario`: where the parser, too, takes up a new scenario whatever came before.
 */
export async function scanText(uri: string, text: string, pause: () => Promise<void>): Promise<Scan> {
  const found: Found[] = [];
  let error: Scan["error"] = null;
  let before = 0;
  for (const piece of pieces(text)) {
    if (before > 0) await pause();
    const { tree, diagnostics } = parse(piece);
    const lines = new TextLines(piece);
    found.push(...scenariosIn(tree, lines, before));
    error ??= firstError(diagnostics, lines, before);
    before += lines.lineOf(piece.length) - 1;
  }
  return { scenarios: withIds(uri, found), error };
}

function pieces(text: string): string[] {
  const cuts = [0];
  for (const { index } of text.matchAll(/^scenario(?=[\s"])/gm)) {
    if (index - (cuts.at(-1) ?? 0) >= PIECE) cuts.push(index);
  }
  return cuts.map((from, position) => text.slice(from, cuts[position + 1]));
}

function scenariosIn(tree: SyntaxNode, lines: TextLines, before: number): Found[] {
  return childrenOf(tree, "Scenario").flatMap((node) => {
    const titleNode = childOf(node, "Title");
    const title = titleNode === undefined ? "" : plainText(titleNode);
    // Without a title it is being written, and cannot run.
    if (title === "") return [];
    const line = before + lines.lineOf(node.start);
    return [{ title, line, endLine: Math.max(line, before + lines.lineOf(Math.max(node.start, node.end - 1))) }];
  });
}

/** Codes of syntax errors begin so. */
const SYNTAX_CODE = "RL0";

function firstError(diagnostics: readonly Diagnostic[], lines: TextLines, before: number): Scan["error"] {
  const found = diagnostics.find(({ code, severity }) => severity === "error" && code.startsWith(SYNTAX_CODE));
  return found === undefined ? null : { line: before + lines.lineOf(found.span.start), message: found.message };
}

/** Separates a file's URI from a title; a URI's own are percent-encoded. */
const SEPARATOR = "#";

function withIds(uri: string, found: readonly Found[]): TestScenario[] {
  const seen = new Map<string, number>();
  return found.map((scenario) => {
    const number = (seen.get(scenario.title) ?? 0) + 1;
    seen.set(scenario.title, number);
    // What would be taken for a number or a separator is encoded, so that no two titles share an id.
    const title = scenario.title.replaceAll("%", "%25").replaceAll(SEPARATOR, "%23");
    return { id: `${uri}${SEPARATOR}${title}${number === 1 ? "" : `${SEPARATOR}${number}`}`, ...scenario };
  });
}

/** The file of a test. */
export function fileOfTest(id: string): string {
  const at = id.indexOf(SEPARATOR);
  return at < 0 ? id : id.slice(0, at);
}
