/**
 * What a diagnostic is before it is about any particular text: its code, how grave it is, how its message is
 * made, and the page that explains it. Messages and the pages in docs/diagnostics/ come from the same definitions.
 */

import { t } from "../../l10n/text.js";
import type { Diagnostic, QuickFix, Severity, Span } from "../program.js";

/** The definition of one diagnostic. `A` are the arguments of its message. */
export interface Definition<A extends readonly unknown[]> {
  /** Stable: `RL`, then 0 for syntax, 1 for names and types, 2 for Raft, with 23 for etcd. Those of RL3 are retired. */
  readonly code: string;
  readonly severity: Severity;
  /** A short name for tables. */
  readonly title: string;
  readonly message: (...args: A) => string;
  /** Markdown: what it means, why it matters to Raft, how to mend it. */
  readonly explanation: string;
  /** Markdown, for its page: why it matters to Raft or etcd, where the explanation does not say it. Else that of its group counts. */
  readonly why?: string;
  /** A whole file that draws this diagnostic. */
  readonly wrong: string;
  /** The same file mended: it draws no such diagnostic. */
  readonly right: string;
}

/** A definition whose message arguments do not matter, for tables. */
export type AnyDefinition = Omit<Definition<readonly never[]>, "message">;

/** Types a definition: the arguments of `message` become those of {@link Reporter.report}. */
export function define<A extends readonly unknown[]>(definition: Definition<A>): Definition<A> {
  return definition;
}

/** What may accompany a diagnostic. */
export interface Extras {
  readonly related?: readonly { readonly span: Span; readonly message: string }[];
  readonly fixes?: readonly QuickFix[];
  /** Where one finding is graver, or less grave, than its kind usually is. */
  readonly severity?: Severity;
}

/** A hostile or binary file must not drown the editor: beyond this many, findings are dropped. */
const MOST_DIAGNOSTICS = 1000;

/** Collects diagnostics. The same finding at the same place is kept once. */
export class Reporter {
  readonly #found: Diagnostic[] = [];
  readonly #seen = new Set<string>();
  /** While set, findings are dropped: a statement that cannot be read says nothing about names and values. */
  muted = false;

  /** Makes a diagnostic from its definition and keeps it. */
  report<A extends readonly unknown[]>(definition: Definition<A>, span: Span, args: A, extras: Extras = {}): void {
    if (this.muted || this.#found.length >= MOST_DIAGNOSTICS) return;
    const key = `${definition.code} ${span.start} ${span.end}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#found.push({
      code: definition.code,
      severity: extras.severity ?? definition.severity,
      message: definition.message(...args),
      span,
      related: extras.related ?? [],
      fixes: extras.fixes ?? [],
    });
  }

  /** The beginnings of everything kept so far, ascending. */
  places(): number[] {
    return this.#found.map((diagnostic) => diagnostic.span.start).sort((a, b) => a - b);
  }

  /** Everything kept so far, by place, then by code. */
  sorted(): Diagnostic[] {
    return [...this.#found].sort(
      (a, b) =>
        a.span.start - b.span.start || a.span.end - b.span.end || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
    );
  }
}

/** A quick fix that puts what was probably meant in a place. */
export function changeFix(span: Span, newText: string): QuickFix {
  return replaceFix(t("Change to `{0}`", newText), span, newText);
}

/** A quick fix that replaces one place. */
export function replaceFix(title: string, span: Span, newText: string): QuickFix {
  return { title, edits: [{ span, newText }] };
}
