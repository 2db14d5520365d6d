/** `textDocument/completion`: what the grammar allows at the caret, filled with the names of the file. */
import type { CompletionItem, CompletionList, Position } from "vscode-languageserver";
import { expectationsAfter } from "../language/parse.js";
import type { Token } from "../language/syntax/token.js";
import { completionItems, isClientAlone } from "./completion-items.js";
import { completionScope } from "./completion-scope.js";
import type { OpenDocument } from "./documents.js";
import { rangeOf } from "./positions.js";

/**
 * The completions at a position; `null` where nothing is to be completed.
 *
 * @param trigger the character that asked for them, when it was not a person
 */
export function completion(open: OpenDocument, position: Position, trigger = ""): CompletionList | null {
  const { document, analysis } = open;
  const offset = document.offsetAt(position);
  if (trigger === " " && isIndentation(analysis.text, offset)) return null;
  const typed = tokenBefore(analysis.tokens, offset);
  if (typed?.kind === "comment" || typed?.kind === "string") return null;
  const word = typed !== undefined && isWordLike(typed) ? typed : undefined;
  const start = word?.start ?? offset;
  const top = topLevelStart(open, start);
  // Clusters and scenarios do not depend on what is above them, so only the one around the caret is read again.
  const { words, slots } = expectationsAfter(analysis.text.slice(top, start));
  const scope = completionScope(open, start);
  // A space after a whole step offers nothing by itself: the next Enter is meant to end the line.
  const needed = scope.surroundings === "set" || [...slots].some((slot) => slot !== "top-level");
  if (trigger === " " && !needed && !isClientAlone(scope)) return null;
  const range = rangeOf(document, { start, end: offset });
  const items = new Map<string, CompletionItem>();
  for (const item of completionItems(words, slots, scope)) {
    if (items.has(item.label)) continue;
    const order = String(items.size).padStart(3, "0");
    const { insertText = item.label, ...rest } = item;
    items.set(item.label, { ...rest, sortText: order, textEdit: { range, newText: insertText } });
  }
  return { isIncomplete: false, items: [...items.values()] };
}

function isIndentation(text: string, offset: number): boolean {
  return text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset).trim() === "";
}

/** The token that ends at the offset or contains it. */
function tokenBefore(tokens: readonly Token[], offset: number): Token | undefined {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  const found = tokens[low - 1];
  if (found === undefined || offset > found.end) return undefined;
  // A finished string is behind the caret, an unfinished one still around it.
  if (found.kind === "string" && offset === found.end && found.text.length > 1 && found.text.endsWith('"'))
    return undefined;
  return found;
}

function isWordLike(token: Token): boolean {
  return token.kind === "word" || token.kind === "path" || token.kind === "number";
}

function topLevelStart(open: OpenDocument, offset: number): number {
  let start = 0;
  for (const child of open.analysis.tree.children) {
    if (child.start >= offset) break;
    if ("children" in child && (child.kind === "Cluster" || child.kind === "Scenario")) start = child.start;
  }
  return start;
}
