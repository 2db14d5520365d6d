/** Where a finding stands, and pieces of text that remedies are made of. */

import { t } from "../../l10n/text.js";
import type { ClusterConfig, Diagnostic, Program, QuickFix, Scenario, Span } from "../program.js";

/** A finding with what its remedies may look at. */
export interface Place {
  readonly text: string;
  readonly span: Span;
  /** What the span covers. */
  readonly written: string;
  readonly related: readonly Span[];
  /** The scenario that the finding is in, or that it is about. */
  readonly scenario: Scenario | undefined;
  /** The settings that count there. */
  readonly config: ClusterConfig | undefined;
}

/** A remedy for one kind of finding: none where this one has no mechanical one. */
export type Remedy = (place: Place) => readonly QuickFix[];

/** The place of a finding. */
export function placeOf(text: string, program: Program, { span, related }: Diagnostic): Place {
  const around = ({ span: outer }: { readonly span: Span }): boolean =>
    outer.start <= span.start && span.end <= outer.end;
  const scenario = program.scenarios.find(around);
  const config = scenario?.config ?? program.clusters.find(around)?.config;
  const written = text.slice(span.start, span.end);
  return { text, span, written, related: related.map((each) => each.span), scenario, config };
}

/** Replaces the finding's own text. */
export function change({ span }: Place, newText: string): QuickFix {
  return changeAt(span, newText);
}

/** Replaces a piece of the text. */
export function changeAt(span: Span, newText: string): QuickFix {
  return { title: t("Change to `{0}`", newText), edits: [{ span, newText }] };
}

/** Puts something behind a piece of the text. */
export function append({ end }: Span, added: string): QuickFix {
  return { title: t("Add `{0}`", added.trim()), edits: [{ span: { start: end, end }, newText: added }] };
}

/** Takes a piece out, with the white space before it. */
export function leaveOut(text: string, { start, end }: Span): QuickFix {
  const before = /\s*$/.exec(text.slice(0, start))?.[0].length ?? 0;
  const what = text.slice(start, end);
  return { title: t("Leave `{0}` out", what), edits: [{ span: { start: start - before, end }, newText: "" }] };
}

/** From the beginning of the span to the end of its statement: its line, up to `;`, a comment or the end of the block. */
export function statementOf(text: string, span: Span): Span {
  const line = text.lastIndexOf("\n", span.start - 1) + 1;
  const before = text.slice(line, span.start);
  const start = line + Math.max(before.lastIndexOf(";") + 1, before.lastIndexOf("{ ") + 1);
  const indent = /^\s*/.exec(text.slice(start))?.[0].length ?? 0;
  const rest = /^(?:"(?:[^"\\\n]|\\.)*"|\{[^}\n]*\}|[^\n;#}])*/.exec(text.slice(span.start))?.[0] ?? "";
  return { start: Math.min(start + indent, span.start), end: span.start + rest.trimEnd().length };
}

/** Puts a step first in a scenario. */
export function firstStep({ text, scenario }: Place, step: string): readonly QuickFix[] {
  const body = scenario === undefined ? null : bodyOf(text, scenario);
  if (body === null) return [];
  const lines = text[body] === "\n";
  const newText = lines ? `\n  ${step}` : ` ${step};`;
  return [{ title: t("Add `{0}`", step), edits: [{ span: { start: body, end: body }, newText }] }];
}

/** Gives a scenario's cluster a setting: in the block that it has of its own, or in a new one. */
export function withSetting(place: Place, setting: string): readonly QuickFix[] {
  const { text, scenario } = place;
  const body = scenario === undefined ? null : bodyOf(text, scenario);
  if (scenario === undefined || body === null) return [];
  const own = /\bcluster\s*\{/.exec(text.slice(body, scenario.span.end));
  if (own === null) return firstStep(place, `cluster { ${setting} }`);
  const at = body + own.index + own[0].length;
  const newText = text[at] === "\n" ? `\n    ${setting}` : ` ${setting};`;
  return [{ title: t("Add `{0}`", setting), edits: [{ span: { start: at, end: at }, newText }] }];
}

/** Right behind the `{` of a scenario. */
function bodyOf(text: string, { span }: Scenario): number | null {
  const head = /^scenario\s*"(?:[^"\\\n]|\\.)*"[^{]*\{/.exec(text.slice(span.start, span.end));
  return head === null ? null : span.start + head[0].length;
}

/** A name that nothing has yet, with the next free number: `s3` after `s2`. */
export function freshName(text: string, name: string): string {
  const stem = name.replace(/\d+$/, "");
  let number = Number(/\d+$/.exec(name)?.[0] ?? "1");
  const taken = new Set(text.match(/[\p{L}\p{N}_]+(?:-[\p{L}\p{N}_]+)*/gu) ?? []);
  do number++;
  while (taken.has(`${stem}${number}`));
  return `${stem}${number}`;
}
