/** What the checker's parts share while they turn one tree into a program. */

import type { Definition } from "../diagnostics/definition.js";
import { changeFix, type Reporter } from "../diagnostics/definition.js";
import { nearest } from "../diagnostics/suggest.js";
import type { Hint } from "../diagnostics/words.js";
import type { QuickFix, Span } from "../program.js";
import type { SymbolTable } from "../symbols.js";
import type { TextLines } from "../text-lines.js";

/** One check of one text. */
export interface CheckContext {
  readonly reporter: Reporter;
  readonly symbols: SymbolTable;
  readonly lines: TextLines;
  /** Where the syntax errors begin, ascending. */
  readonly syntaxErrors: readonly number[];
}

/** Whether a syntax error begins within the stretch, its end included. */
export function hasSyntaxError(context: CheckContext, start: number, end: number): boolean {
  const places = context.syntaxErrors;
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  const first = places[low];
  return first !== undefined && first <= end;
}

/**
 * Reports an unknown name, with the nearest known one as a quick fix.
 *
 * @param known what could have been meant
 * @param more what the message needs besides
 */
export function reportUnknown<M extends readonly unknown[]>(
  context: CheckContext,
  definition: Definition<readonly [name: string, hint: Hint, ...more: M]>,
  span: Span,
  name: string,
  known: Iterable<string>,
  ...more: M
): void {
  const candidates = [...known];
  const suggestion = nearest(name, candidates);
  context.reporter.report(definition, span, [name, { suggestion: suggestion ?? "", known: candidates }, ...more], {
    fixes: fixTo(suggestion, span),
  });
}

/** The quick fix that puts the suggestion in place. */
export function fixTo(suggestion: string | undefined, span: Span): readonly QuickFix[] {
  return suggestion === undefined ? [] : [changeFix(span, suggestion)];
}
