/** `workspace/symbol`: scenarios and clusters of the open documents. */
import { SymbolKind, type WorkspaceSymbol } from "vscode-languageserver";
import type { Documents } from "./documents.js";
import { documentSymbols } from "./symbols.js";

/** The symbols whose name contains the letters of the query in order; the editor sorts them. */
export function workspaceSymbols(documents: Documents, query: string): WorkspaceSymbol[] {
  return documents.uris().flatMap((uri) => {
    const open = documents.get(uri);
    if (open === undefined) return [];
    return documentSymbols(open.document, open.analysis.tree)
      .filter(({ kind, name }) => kind !== SymbolKind.Property && contains(name.toLowerCase(), query.toLowerCase()))
      .map(({ name, kind, selectionRange }) => ({ name, kind, location: { uri, range: selectionRange } }));
  });
}

function contains(name: string, query: string): boolean {
  let at = 0;
  for (const letter of query) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
