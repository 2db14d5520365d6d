/** Remedies that rewrite, remove or precede a step. */

import { t } from "../../l10n/text.js";
import type { QuickFix, Selector, Span } from "../program.js";

/** Takes a step out, with its line when it stands alone there. */
export function removeStep(text: string, { start, end }: Span): QuickFix {
  return { title: t("Remove this step"), edits: [{ span: statementAt(text, start, end), newText: "" }] };
}

/** Takes several steps out that stand one behind another. */
export function removeSteps(text: string, steps: readonly Span[]): QuickFix {
  const edits = steps.flatMap((step) => removeStep(text, step).edits);
  return steps.length === 1
    ? { title: t("Remove this step"), edits }
    : { title: t("Remove the steps from here on"), edits };
}

/** Takes a server out of a step: out of the set that names it, or with the step when it is the only one. */
export function removeServer(text: string, step: Span, target: Selector, member: Selector): QuickFix {
  if (target.kind !== "set" || target.members.length < 2) return removeStep(text, step);
  const { start, end } = member.span;
  const after = /^[\s,]*/.exec(text.slice(end))?.[0].length ?? 0;
  const last = text[end + after] === "}";
  const before = last ? (/[\s,]*$/.exec(text.slice(0, start))?.[0].length ?? 0) : 0;
  const span = last ? { start: start - before, end } : { start, end: end + after };
  return { title: t("Leave `{0}` out", text.slice(start, end)), edits: [{ span, newText: "" }] };
}

/** Puts a step on a line of its own before another one. */
export function stepBefore(text: string, { start }: Span, step: string): QuickFix {
  const line = text.lastIndexOf("\n", start - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(line, start))?.[0] ?? "";
  const alone = line + indent.length === start;
  const newText = alone ? `${step}\n${indent}` : `${step}; `;
  return { title: t("Put `{0}` before it", step), edits: [{ span: { start, end: start }, newText }] };
}

/** A statement with what separates it from the next one. */
function statementAt(text: string, start: number, end: number): Span {
  const line = text.lastIndexOf("\n", start - 1) + 1;
  const next = text.indexOf("\n", end);
  const lineEnd = next === -1 ? text.length : next + 1;
  const before = text.slice(line, start);
  const after = text.slice(end, lineEnd);
  if (before.trim() === "" && /^\s*(#[^\n]*)?\s*$/.test(after)) return { start: line, end: lineEnd };
  const separator = /^\s*;\s*/.exec(after);
  if (separator !== null) return { start, end: end + separator[0].length };
  const earlier = /\s*;\s*$/.exec(before);
  return { start: start - (earlier?.[0].length ?? 0), end };
}
