/** `textDocument/documentSymbol`: clusters with their servers and clients, scenarios with their notes, loads and handles. */
import { type DocumentSymbol, SymbolKind } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { plainText } from "../language/checker/literals.js";
import { operandName } from "../language/checker/reading.js";
import { childOf, childrenOf, hasWord, headWord, isNode, printTree, type SyntaxNode } from "../language/syntax/tree.js";
import { rangeOf } from "./positions.js";

/** The outline of a document. Made from the tree alone, so that it stays while the text is broken. */
export function documentSymbols(document: TextDocument, tree: SyntaxNode): DocumentSymbol[] {
  return childrenOf(tree, "Cluster", "Scenario").map((node) =>
    node.kind === "Cluster" ? clusterSymbol(document, node) : scenarioSymbol(document, node),
  );
}

function clusterSymbol(document: TextDocument, node: SyntaxNode): DocumentSymbol {
  const name = childOf(node, "Name");
  const block = childOf(node, "Block");
  const settings = block === undefined ? [] : childrenOf(block, "Setting");
  return symbol(document, node, name ?? node, {
    name: name === undefined ? "cluster" : `cluster ${printTree(name)}`,
    kind: SymbolKind.Namespace,
    children: settings.map((setting) =>
      symbol(document, setting, setting, {
        name: headWord(setting) || printTree(setting),
        detail: settingValue(setting),
        kind: SymbolKind.Property,
      }),
    ),
  });
}

function scenarioSymbol(document: TextDocument, node: SyntaxNode): DocumentSymbol {
  const title = childOf(node, "Title");
  const block = childOf(node, "Block");
  const text = title === undefined ? "" : plainText(title);
  return symbol(document, node, title ?? node, {
    name: text === "" ? "scenario" : text,
    detail: "scenario",
    kind: SymbolKind.Function,
    children:
      block === undefined ? [] : block.children.flatMap((child) => (isNode(child) ? itemSymbol(document, child) : [])),
  });
}

/** Of a scenario's items those that a person looks for: its cluster and start, narration, and what is named. */
function itemSymbol(document: TextDocument, node: SyntaxNode): DocumentSymbol[] {
  if (node.kind === "Cluster") return [clusterSymbol(document, node)];
  if (node.kind === "Given") return [symbol(document, node, node, { name: "given", kind: SymbolKind.Object })];
  if (node.kind !== "Step" && node.kind !== "Invoke") return [];
  const word = headWord(node);
  const name = childOf(node, "Name");
  switch (word) {
    case "note": {
      const literal = childOf(node, "Literal");
      if (literal === undefined) return [];
      return [symbol(document, node, literal, { name: plainText(literal), detail: "note", kind: SymbolKind.String })];
    }
    case "let":
    case "workload":
    case "nemesis":
      if (name === undefined) return [];
      return [symbol(document, node, name, { name: printTree(name), detail: word, kind: SymbolKind.Variable })];
    default:
      return handleSymbol(document, node);
  }
}

function handleSymbol(document: TextDocument, node: SyntaxNode): DocumentSymbol[] {
  const clause = childrenOf(node, "Clause").find((child) => headWord(child) === "as");
  const name = clause === undefined ? grantedName(node) : childOf(clause, "Name");
  if (name === undefined) return [];
  const text = printTree(node).split("\n", 1)[0] ?? "";
  return [symbol(document, node, name, { name: printTree(name), detail: text, kind: SymbolKind.Variable })];
}

/** The name of the lease that a step grants. */
function grantedName(node: SyntaxNode): SyntaxNode | undefined {
  return node.kind === "Invoke" && hasWord(node, "grant") ? operandName(node) : undefined;
}

function settingValue(setting: SyntaxNode): string {
  const text = printTree(setting).slice(headWord(setting).length).trim().replace(/\s+/g, " ");
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

function symbol(
  document: TextDocument,
  whole: SyntaxNode,
  selected: SyntaxNode,
  rest: Omit<DocumentSymbol, "range" | "selectionRange">,
): DocumentSymbol {
  // An empty name makes VS Code refuse the whole outline.
  const name = rest.name.trim() === "" ? "…" : rest.name;
  return { ...rest, name, range: rangeOf(document, whole), selectionRange: rangeOf(document, selected) };
}
