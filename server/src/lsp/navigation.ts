/** `textDocument/definition`, `references` and `documentHighlight`: the places of the name under the caret. */
import {
  type DocumentHighlight,
  DocumentHighlightKind,
  type Location,
  type LocationLink,
  type Position,
} from "vscode-languageserver";
import type { NamedSymbol, Occurrence } from "../language/symbols.js";
import type { OpenDocument } from "./documents.js";
import { rangeOf } from "./positions.js";

/** The name at a position, with the place it stands at. */
export function symbolAt(
  open: OpenDocument,
  position: Position,
): { readonly symbol: NamedSymbol; readonly occurrence: Occurrence } | undefined {
  return open.analysis.symbols.at(open.document.offsetAt(position));
}

/** Where the name at a position is defined. */
export function definition(open: OpenDocument, position: Position): LocationLink[] {
  const found = symbolAt(open, position);
  if (found === undefined || found.symbol.definition === null) return [];
  const targetRange = rangeOf(open.document, found.symbol.definition);
  return [
    {
      originSelectionRange: rangeOf(open.document, found.occurrence.span),
      targetUri: open.document.uri,
      targetRange,
      targetSelectionRange: targetRange,
    },
  ];
}

/** Every place where the name at a position is written. */
export function references(open: OpenDocument, position: Position, includeDeclaration: boolean): Location[] {
  const found = symbolAt(open, position);
  if (found === undefined) return [];
  return found.symbol.occurrences
    .filter((occurrence) => includeDeclaration || occurrence.role === "reference")
    .map((occurrence) => ({ uri: open.document.uri, range: rangeOf(open.document, occurrence.span) }));
}

/** The same places, to be marked while the caret is on one of them. */
export function documentHighlights(open: OpenDocument, position: Position): DocumentHighlight[] {
  const found = symbolAt(open, position);
  if (found === undefined) return [];
  return found.symbol.occurrences.map((occurrence) => ({
    range: rangeOf(open.document, occurrence.span),
    kind: occurrence.role === "definition" ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}
