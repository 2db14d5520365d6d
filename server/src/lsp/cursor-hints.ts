/** Inlay hints while somebody goes through a run: the line in which the time cursor stands, and what conditions ask about, there. */
import { type InlayHint, InlayHintKind, type Range } from "vscode-languageserver";
import { t } from "../l10n/text.js";
import type { Condition, Operand, Scenario, Span, Step } from "../language/program.js";
import { leaderOf, valueAt } from "./cursor-values.js";
import type { CursorState } from "./cursors.js";
import type { OpenDocument } from "./documents.js";
import { rangeOfLine } from "./positions.js";
import { type RunResults, timeText } from "./run-results.js";

/** Bounds the work for a long file. */
const MOST_HINTS = 200;

/** The hints within a range; none while no cursor has been moved, or when the text is no longer what ran. */
export function cursorHints(
  open: OpenDocument,
  runs: RunResults,
  state: CursorState | null,
  range: Range,
): InlayHint[] {
  const meant = state === null ? null : runs.documentOf(state.sessionId);
  if (state === null || meant === null) return [];
  const run = runs.current(open, meant.title);
  const lines = run?.session.id === state.sessionId ? run.lines : null;
  // A live cluster is what it is, whatever the text says by now.
  if (lines === null && meant.kind !== "live") return [];
  const scenario = open.analysis.program.scenarios.find(({ title }) => title === meant.title);
  const marked = state.line === null ? undefined : lines?.get(state.line);
  return [
    ...(marked === undefined ? [] : markAt(open, state, marked, range)),
    ...(scenario === undefined ? [] : valueHints(open, state, scenario, range)),
  ];
}

function markAt(open: OpenDocument, state: CursorState, line: number, range: Range): InlayHint[] {
  if (line - 1 < range.start.line || line - 1 > range.end.line) return [];
  return [
    {
      position: rangeOfLine(open.document, line).end,
      label: `◀ ${timeText(state.view.timeUs)}`,
      tooltip: t("The time cursor stands here, at event {0}.", state.eventId),
      paddingLeft: true,
    },
  ];
}

function valueHints(open: OpenDocument, state: CursorState, scenario: Scenario, range: Range): InlayHint[] {
  const { document } = open;
  const from = document.offsetAt(range.start);
  const to = document.offsetAt(range.end);
  const hints: InlayHint[] = [];
  const tooltip = t("At the time cursor: event {0}, {1}", state.eventId, timeText(state.view.timeUs));
  for (const { span, value } of valuesIn(scenario.steps, state)) {
    if (span.end < from || span.start > to) continue;
    if (hints.length >= MOST_HINTS) break;
    const position = document.positionAt(span.end);
    hints.push({ position, label: `= ${value}`, kind: InlayHintKind.Type, paddingLeft: true, tooltip });
  }
  return hints;
}

interface Valued {
  readonly span: Span;
  readonly value: string;
}

function valuesIn(steps: readonly Step[], state: CursorState): readonly Valued[] {
  return steps.flatMap((step) => {
    switch (step.kind) {
      case "repeat":
      case "every":
      case "until":
        return valuesIn(step.body, state);
      case "await":
      case "expect":
      case "always":
      case "never":
      case "reach":
        return ofCondition(step.condition, state);
      default:
        return [];
    }
  });
}

function ofCondition(condition: Condition, state: CursorState): readonly Valued[] {
  switch (condition.kind) {
    case "has-leader": {
      return [{ span: condition.span, value: leaderOf(state.view)?.name ?? "none" }];
    }
    case "compare":
      return [condition.left, condition.right].flatMap((operand) => ofOperand(operand, state));
    case "not":
      return ofCondition(condition.operand, state);
    case "and":
    case "or":
      return condition.operands.flatMap((operand) => ofCondition(operand, state));
    default:
      return [];
  }
}

function ofOperand(operand: Operand, { view }: CursorState): readonly Valued[] {
  const value = valueAt(view, operand);
  return value === null ? [] : [{ span: operand.span, value }];
}
