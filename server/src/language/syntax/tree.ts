/**
 * The concrete syntax tree. Every token of the text, white space and comments included, is a leaf of it
 * exactly once and in order, so {@link printTree} gives the text back whatever the text was.
 *
 * Convention: a word that is a direct child of a structural node (`Step`, `Clause`, `Setting`, …) is a
 * keyword; a word inside a `Name`, `Key`, `Property` or another leaf-like node is what the user chose.
 */

import type { Span } from "../program.js";
import type { Token } from "./token.js";

/** Kinds of inner nodes. */
export type NodeKind =
  // Structure
  | "File"
  | "Cluster"
  | "Scenario"
  | "Given"
  | "GivenNode"
  | "Block"
  | "Setting"
  /** A step led by its own word: `crash leader`. */
  | "Step"
  /** A client's operation, as a step, after `let x =`, or inside `txn`: `alice put color "red" => ok`. */
  | "Invoke"
  /** The braces of `txn { if … then … else … }` with what is in them. */
  | "Transaction"
  /** A word and what it introduces: `for 500ms`, `within 2s`, `on s1 -> s2`, `as w`. */
  | "Clause"
  | "Result"
  | "Outcome"
  | "WatchEvent"
  // Leaves with a meaning
  /** A name the user chose, where it is defined or used. */
  | "Name"
  | "NameRange"
  | "Title"
  | "Key"
  | "KeyRange"
  | "Literal"
  | "LiteralRange"
  | "List"
  | "Entry"
  | "MessageType"
  | "Property"
  // Selectors
  | "Role"
  | "AnySelector"
  | "SetSelector"
  | "ExceptSelector"
  | "Link"
  // Conditions
  | "OrCondition"
  | "AndCondition"
  | "NotCondition"
  | "ParenCondition"
  | "NoLeader"
  | "Converged"
  | "Comparison"
  /** `version(/a/ prefix)` in a transaction. */
  | "CompareTarget"
  | "FieldOperand"
  | "KeyOperand"
  | "ProgressOperand"
  | "CallOperand"
  /** Tokens that could not be understood. */
  | "Error";

/** An inner node. Never empty; begins and ends with a token that is not white space, except `File`. */
export interface SyntaxNode {
  readonly kind: NodeKind;
  readonly start: number;
  readonly end: number;
  readonly children: readonly SyntaxElement[];
}

/** A node or a token. */
export type SyntaxElement = SyntaxNode | Token;

/** Tells nodes from tokens. */
export function isNode(element: SyntaxElement): element is SyntaxNode {
  return "children" in element;
}

/** The text of the tree: for a tree made by `parse(text)`, exactly `text`. */
export function printTree(root: SyntaxNode): string {
  const parts: string[] = [];
  forEachToken(root, (token) => parts.push(token.text));
  return parts.join("");
}

/** Visits every token below a node in order. Uses no call stack, so depth does not matter. */
export function forEachToken(root: SyntaxNode, visit: (token: Token) => void): void {
  const pending: SyntaxElement[] = [root];
  for (let element = pending.pop(); element !== undefined; element = pending.pop()) {
    if (!isNode(element)) {
      visit(element);
      continue;
    }
    for (let i = element.children.length - 1; i >= 0; i--) {
      const child = element.children[i];
      if (child !== undefined) pending.push(child);
    }
  }
}

/** The first child node of one of the kinds. */
export function childOf(node: SyntaxNode, ...kinds: readonly NodeKind[]): SyntaxNode | undefined {
  for (const child of node.children) if (isNode(child) && kinds.includes(child.kind)) return child;
  return undefined;
}

/** All child nodes of one of the kinds; all child nodes when no kind is given. */
export function childrenOf(node: SyntaxNode, ...kinds: readonly NodeKind[]): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (const child of node.children) {
    if (isNode(child) && (kinds.length === 0 || kinds.includes(child.kind))) found.push(child);
  }
  return found;
}

/** Direct child tokens that are neither white space, newline nor comment. */
export function tokensOf(node: SyntaxNode): Token[] {
  const found: Token[] = [];
  for (const child of node.children) {
    if (!isNode(child) && child.kind !== "space" && child.kind !== "newline" && child.kind !== "comment")
      found.push(child);
  }
  return found;
}

/** The first meaningful token anywhere below a node. */
export function firstToken(node: SyntaxNode): Token | undefined {
  for (const child of node.children) {
    if (isNode(child)) {
      const found = firstToken(child);
      if (found !== undefined) return found;
    } else if (child.kind !== "space" && child.kind !== "newline" && child.kind !== "comment") {
      return child;
    }
  }
  return undefined;
}

/** The keyword a structural node begins with, or `""`. */
export function headWord(node: SyntaxNode): string {
  for (const child of node.children) {
    if (isNode(child)) return "";
    if (child.kind === "word") return child.text;
  }
  return "";
}

/** Whether the keyword stands directly in the node. */
export function hasWord(node: SyntaxNode, word: string): boolean {
  return node.children.some((child) => !isNode(child) && child.kind === "word" && child.text === word);
}

/** The clause that begins with the word: `for 500ms`. */
export function clauseOf(node: SyntaxNode, word: string): SyntaxNode | undefined {
  for (const child of node.children) {
    if (isNode(child) && child.kind === "Clause" && headWord(child) === word) return child;
  }
  return undefined;
}

/** The span of a node or token. */
export function spanOf(element: SyntaxElement): Span {
  return { start: element.start, end: element.end };
}

/** The nodes from the root down to the smallest one that contains the offset (its end included). */
export function pathAt(root: SyntaxNode, offset: number): SyntaxNode[] {
  const path = [root];
  let node: SyntaxNode | undefined = root;
  while (node !== undefined) {
    let inner: SyntaxNode | undefined;
    for (const child of node.children) {
      if (child.start > offset) break;
      if (isNode(child) && child.end >= offset) inner = child;
    }
    if (inner !== undefined) path.push(inner);
    node = inner;
  }
  return path;
}
