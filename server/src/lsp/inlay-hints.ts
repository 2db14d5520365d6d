/** `textDocument/inlayHint`: after a run, at the end of each step's line, what it gave and when. */
import { type InlayHint, InlayHintKind, type Range } from "vscode-languageserver";
import { t } from "../l10n/text.js";
import type { StepOutcome } from "../protocol/session.js";
import type { OpenDocument } from "./documents.js";
import { rangeOfLine } from "./positions.js";
import { type CurrentRun, type RunResults, timeText } from "./run-results.js";

/** The hints within a range. */
export function inlayHints(open: OpenDocument, runs: RunResults, range: Range): InlayHint[] {
  return runs.all(open).flatMap((run) => runHints(open, run, range));
}

function runHints(open: OpenDocument, run: CurrentRun, range: Range): InlayHint[] {
  return [...outcomesByLine(run)].flatMap(([line, outcomes]) => {
    const last = outcomes[outcomes.length - 1];
    if (last === undefined || line - 1 < range.start.line || line - 1 > range.end.line) return [];
    const text = shortened(last.result);
    const at = timeText(last.timeUs);
    const said =
      outcomes.length > 1 ? t("{0}, {1} times, last at {2}", text, outcomes.length, at) : t("{0}, at {1}", text, at);
    return [
      {
        position: rangeOfLine(open.document, line).end,
        label: `${last.ok ? "→" : "✗"} ${said}`,
        kind: InlayHintKind.Type,
        paddingLeft: true,
      },
    ];
  });
}

/** The outcomes of a run by line of the present text; more than one where a step ran repeatedly. */
export function outcomesByLine(run: CurrentRun): ReadonlyMap<number, readonly StepOutcome[]> {
  const byLine = new Map<number, StepOutcome[]>();
  for (const step of run.steps) {
    const line = run.lines?.get(step.line);
    if (line === undefined) continue;
    const known = byLine.get(line);
    if (known === undefined) byLine.set(line, [step]);
    else known.push(step);
  }
  return byLine;
}

function shortened(text: string): string {
  const line = text.split("\n", 1)[0] ?? "";
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
