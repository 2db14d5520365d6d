/** Lease reads where clocks drift further than leases allow for. */

import { t } from "../../l10n/text.js";
import { isBlock } from "../blocks.js";
import type { Reporter } from "../diagnostics/definition.js";
import { NO_USE } from "../diagnostics/no-use.js";
import type { QuickFix, Scenario, Span, Step } from "../program.js";

/**
 * Looks at the clocks of a scenario that reads by leases and expects no violation.
 *
 * @param reads where `reads lease` is set, when that is written
 */
export function checkLeaseClocks(reporter: Reporter, scenario: Scenario, text: string, reads: Span | undefined): void {
  const { config } = scenario;
  if (config.reads !== "lease") return;
  const visit = (steps: readonly Step[]): void => {
    for (const step of steps) {
      if (isBlock(step)) visit(step.body);
      if (step.kind === "nemesis") visit(step.nemesis.actions);
      if (step.kind !== "clock-drift" || Math.abs(step.drift) <= config.clockDriftBound) continue;
      const bound = percent(config.clockDriftBound);
      const related = reads === undefined ? [] : [{ span: reads, message: t("set here") }];
      const fixes = lesserDrift(text, step.span, step.drift < 0 ? `-${bound}` : bound);
      reporter.report(NO_USE.leaseDrift, step.span, [percent(step.drift), bound], { related, fixes });
    }
  };
  visit(scenario.steps);
}

function percent(share: number): string {
  return `${Math.round(share * 1_000_000) / 10_000}%`;
}

function lesserDrift(text: string, step: Span, newText: string): QuickFix[] {
  const found = /(\bdrift\s+)(\S+%)/.exec(text.slice(step.start, step.end));
  if (found === null) return [];
  const start = step.start + found.index + (found[1] ?? "").length;
  const span = { start, end: start + (found[2] ?? "").length };
  return [{ title: t("Change to `{0}`", newText), edits: [{ span, newText }] }];
}
