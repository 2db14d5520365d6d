/** `textDocument/prepareRename` and `rename`, for servers, clients, clusters, variables, leases and handles. */

import type { Position, PrepareRenameResult, WorkspaceEdit } from "vscode-languageserver";
import { t } from "../l10n/text.js";
import { type Analysis, analyze } from "../language/check.js";
import { RESERVED_NAMES, STEP_WORDS } from "../language/grammar/words.js";
import type { NamedSymbol } from "../language/symbols.js";
import { tokenize } from "../language/syntax/lexer.js";
import type { OpenDocument } from "./documents.js";
import { symbolAt } from "./navigation.js";
import { rangeOf } from "./positions.js";

/** An answer, or why there is none, in words for the person who asked. */
export type RenameOutcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string };

/** Whether and what would be renamed at a position. */
export function prepareRename(open: OpenDocument, position: Position): RenameOutcome<PrepareRenameResult> {
  const found = symbolAt(open, position);
  if (found === undefined)
    return refuse(t("Only servers, clients, clusters, variables, leases and handles have names to change."));
  const reason = unrenameableReason(found.symbol);
  if (reason !== null) return refuse(reason);
  return { ok: true, value: { range: rangeOf(open.document, found.occurrence.span), placeholder: found.symbol.name } };
}

/** Renames the symbol at a position. Refuses whatever would change what the file means. */
export function rename(open: OpenDocument, position: Position, newName: string): RenameOutcome<WorkspaceEdit> {
  const prepared = prepareRename(open, position);
  if (!prepared.ok) return prepared;
  const found = symbolAt(open, position);
  if (found === undefined) return refuse(t("There is no name here."));
  const { symbol } = found;
  const reason = badNameReason(newName) ?? collisionReason(open.analysis, symbol, newName);
  if (reason !== null) return refuse(reason);
  const edits = symbol.occurrences.map(({ span }) => ({ range: rangeOf(open.document, span), newText: newName }));
  return { ok: true, value: { changes: { [open.document.uri]: edits } } };
}

function refuse(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}

function unrenameableReason(symbol: NamedSymbol): string | null {
  if (symbol.kind === "scenario") return t("A scenario's title is text: change it where it stands.");
  if (symbol.definition === null) return t("`{0}` is a default that is written nowhere.", symbol.name);
  if (!symbol.renameable) {
    return t(
      "`{0}` is part of a run of names such as `s1..s5`. Write the names out, then it can be renamed.",
      symbol.name,
    );
  }
  return null;
}

function badNameReason(name: string): string | null {
  const [token, end] = tokenize(name);
  if (token?.kind !== "word" || end?.kind !== "end") {
    return t("`{0}` is no name: names are words of letters, digits and hyphens that begin with a letter.", name);
  }
  if (STEP_WORDS.has(name)) return t("`{0}` begins a step and so cannot be a name.", name);
  if (RESERVED_NAMES.has(name)) return t("`{0}` already has a meaning in the language.", name);
  return null;
}

/** Tries the new text: the symbol must keep exactly its places, and no error may appear. */
function collisionReason(analysis: Analysis, symbol: NamedSymbol, newName: string): string | null {
  if (newName === symbol.name) return null;
  const [text, starts] = replaced(analysis.text, symbol, newName);
  const after = analyze(text);
  const renamed = after.symbols.at(starts[0] ?? 0)?.symbol;
  const places = renamed?.occurrences.map((occurrence) => occurrence.span.start) ?? [];
  const same = places.length === starts.length && places.every((place, i) => place === starts[i]);
  if (!same) return t("`{0}` is already used for something else here.", newName);
  const errors = (a: Analysis): number => a.diagnostics.filter((d) => d.severity === "error").length;
  if (errors(after) <= errors(analysis)) return null;
  const known = new Set(analysis.diagnostics.map((d) => d.message));
  const added = after.diagnostics.find((d) => d.severity === "error" && !known.has(d.message));
  return added?.message ?? t("`{0}` would make the file wrong.", newName);
}

function replaced(text: string, symbol: NamedSymbol, newName: string): readonly [string, readonly number[]] {
  let result = "";
  let at = 0;
  const starts: number[] = [];
  for (const { span } of symbol.occurrences) {
    result += text.slice(at, span.start);
    starts.push(result.length);
    result += newName;
    at = span.end;
  }
  return [result + text.slice(at), starts];
}
