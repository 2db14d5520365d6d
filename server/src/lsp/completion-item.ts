/** How a single item of completion is made from a word, a name or a snippet. */

import { type CompletionItem, CompletionItemKind, InsertTextFormat, MarkupKind } from "vscode-languageserver";
import { t } from "../l10n/text.js";
import { boundText } from "../language/checker/scope.js";
import { documentation, type Entry, snippet as entrySnippet } from "../language/vocabulary/entry.js";
import type { ScopedName } from "./completion-scope.js";
import type { Snippet } from "./snippets.js";

/** An item without its place in the text, which all items share. */
export type Item = Pick<
  CompletionItem,
  | "label"
  | "labelDetails"
  | "kind"
  | "detail"
  | "documentation"
  | "insertText"
  | "insertTextFormat"
  | "command"
  | "filterText"
>;

/**
 * A word of the language.
 *
 * @param takesMore whether arguments follow, so that what fits them is offered at once
 */
export function entryItem(entry: Entry, kind: CompletionItemKind, takesMore: boolean): Item {
  const item: Item = {
    label: entry.name,
    kind,
    documentation: { kind: MarkupKind.Markdown, value: documentation(entry) },
    ...(entry.syntax === entry.name ? {} : { detail: entry.syntax }),
  };
  if (!takesMore || entry.syntax === entry.name) return item;
  // Blocks have their braces from the start; everything else is completed word by word.
  if (entry.syntax.endsWith("}")) {
    return { ...item, insertText: entrySnippet(entry), insertTextFormat: InsertTextFormat.Snippet };
  }
  const command = { title: t("Complete on"), command: "editor.action.triggerSuggest" };
  return { ...item, insertText: `${entry.name} `, command };
}

/** A name. */
export function named(label: string, detail: string, kind: CompletionItemKind): Item {
  return { label, detail, kind };
}

/** A name that a step has bound. */
export function variable({ name, detail }: ScopedName): Item {
  return named(name, boundText(detail), CompletionItemKind.Variable);
}

/** A text with nothing to say about it. */
export function plain(label: string, kind: CompletionItemKind): Item {
  return { label, kind };
}

/** A text with places to fill in. */
export function snippet({ label, detail, body }: Snippet): Item {
  const says = detail();
  return {
    label,
    // The label is what is typed; what it means stands beside it in the list.
    labelDetails: { description: says },
    detail: says,
    kind: CompletionItemKind.Snippet,
    insertText: body,
    insertTextFormat: InsertTextFormat.Snippet,
    documentation: { kind: MarkupKind.Markdown, value: ["```raftlab", bare(body), "```"].join("\n") },
  };
}

/** A snippet's text as it would read with its proposals accepted. */
function bare(body: string): string {
  return body
    .replace(/\$\{\d+:([^}]*)\}/g, "$1")
    .replace(/\$\d+/g, "")
    .replace(/\\([$}\\])/g, "$1");
}
