/**
 * Which lines of a scenario mean something, so that what a run said of a line can be shown on that line as long
 * as it says the same, wherever comments and blank lines have moved it.
 */
import type { TextDocument } from "vscode-languageserver-textdocument";
import { plainText } from "../language/checker/literals.js";
import { childOf, childrenOf, forEachToken, type SyntaxNode } from "../language/syntax/tree.js";

/** A scenario as it was, or is, written. */
export interface ScenarioText {
  /** Lines with more than white space and comments: 1-based number, and the meaningful words on it. */
  readonly lines: readonly { readonly line: number; readonly text: string }[];
  /** The clusters of the file: a change there makes every result old. */
  readonly clusters: string;
}

/** A scenario in the tree. */
export interface ScenarioNode {
  readonly title: string;
  readonly node: SyntaxNode;
  readonly titleNode: SyntaxNode;
}

/** What has been worked out of a tree; lenses, diagnostics and hints of one version all ask for it. */
interface FileScenarios {
  readonly nodes: readonly ScenarioNode[];
  readonly texts: Map<string, ScenarioText>;
  readonly clusters: string;
}

const FILES = new WeakMap<SyntaxNode, FileScenarios>();

function fileScenarios(tree: SyntaxNode): FileScenarios {
  let file = FILES.get(tree);
  if (file === undefined) {
    const nodes = childrenOf(tree, "Scenario").flatMap((node) => {
      const titleNode = childOf(node, "Title");
      return titleNode === undefined ? [] : [{ title: plainText(titleNode), node, titleNode }];
    });
    file = { nodes, texts: new Map(), clusters: clustersText(tree) };
    FILES.set(tree, file);
  }
  return file;
}

/** The scenario nodes of a file with their titles, in order. */
export function scenarioNodes(tree: SyntaxNode): readonly ScenarioNode[] {
  return fileScenarios(tree).nodes;
}

/** What a scenario of a file says, or `null` when there is none of that title. */
export function scenarioText(document: TextDocument, tree: SyntaxNode, title: string): ScenarioText | null {
  const file = fileScenarios(tree);
  const known = file.texts.get(title);
  if (known !== undefined) return known;
  const found = file.nodes.find((scenario) => scenario.title === title);
  if (found === undefined) return null;
  const text = { lines: linesOf(document, found.node), clusters: file.clusters };
  file.texts.set(title, text);
  return text;
}

function linesOf(document: TextDocument, node: SyntaxNode): ScenarioText["lines"] {
  const lines: { line: number; text: string }[] = [];
  let line = document.positionAt(node.start).line + 1;
  let words: string[] = [];
  const flush = (): void => {
    if (words.length > 0) lines.push({ line, text: words.join(" ") });
    words = [];
  };
  forEachToken(node, (token) => {
    if (token.kind === "newline") {
      flush();
      line++;
    } else if (token.kind !== "space" && token.kind !== "comment") {
      words.push(token.text);
    }
  });
  flush();
  return lines;
}

function clustersText(tree: SyntaxNode): string {
  const words: string[] = [];
  for (const cluster of childrenOf(tree, "Cluster")) {
    forEachToken(cluster, (token) => {
      if (token.kind !== "space" && token.kind !== "comment") words.push(token.text.trim());
    });
  }
  return words.join(" ");
}

/** From the lines of the text that ran to those of the present text; `null` when they no longer say the same. */
export function lineMapping(then: ScenarioText, now: ScenarioText): ReadonlyMap<number, number> | null {
  if (then.clusters !== now.clusters || then.lines.length !== now.lines.length) return null;
  const mapping = new Map<number, number>();
  for (let i = 0; i < then.lines.length; i++) {
    const before = then.lines[i];
    const after = now.lines[i];
    if (before === undefined || after === undefined || before.text !== after.text) return null;
    mapping.set(before.line, after.line);
  }
  return mapping;
}
