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

/** The scenario nodes of a file with their titles, in order. */
export function scenarioNodes(
  tree: SyntaxNode,
): { readonly title: string; readonly node: SyntaxNode; readonly titleNode: SyntaxNode }[] {
  return childrenOf(tree, "Scenario").flatMap((node) => {
    const titleNode = childOf(node, "Title");
    return titleNode === undefined ? [] : [{ title: plainText(titleNode), node, titleNode }];
  });
}

/** What a scenario of a file says, or `null` when there is none of that title. */
export function scenarioText(document: TextDocument, tree: SyntaxNode, title: string): ScenarioText | null {
  const found = scenarioNodes(tree).find((scenario) => scenario.title === title);
  if (found === undefined) return null;
  const lines: { line: number; text: string }[] = [];
  let line = document.positionAt(found.node.start).line + 1;
  let words: string[] = [];
  const flush = (): void => {
    if (words.length > 0) lines.push({ line, text: words.join(" ") });
    words = [];
  };
  forEachToken(found.node, (token) => {
    if (token.kind === "newline") {
      flush();
      line++;
    } else if (token.kind !== "space" && token.kind !== "comment") {
      words.push(token.text);
    }
  });
  flush();
  return { lines, clusters: clustersText(tree) };
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
