import { INVARIANTS } from "../check/invariants/invariant.js";
import { invariantText } from "../check/invariants/invariant-text.js";
import type { RunChecks } from "../check/run-checks.js";
import { alternatives } from "../l10n/joined.js";
import { t } from "../l10n/text.js";
import type { Recording } from "../trace/recording.js";
import type { RunContext, SharedState } from "./context.js";
import { checkHistory, type Found } from "./history-checks.js";
import { finishSafety, safetyText } from "./safety-report.js";

/** A checked outcome. `unproven`: nothing failed, but a checker ran out of its budget. */
export type Verdict = "pass" | "fail" | "unproven";

/** A property that a run broke. */
export interface RunViolation {
  readonly property: string;
  readonly eventId: number;
  readonly timeUs: number;
  /** Line of the step in force, or `null`. */
  readonly line: number | null;
  readonly message: string;
  /** Whether `expect violation of …` asked for it. */
  readonly expected: boolean;
}

const INVARIANT_NAMES: ReadonlySet<string> = new Set(INVARIANTS);

/** Judges a finished run: its steps, the safety properties, and what the scenario expected to be broken. */
export function judge(
  context: RunContext,
  checks: RunChecks,
): { verdict: Verdict; steps: RunContext["steps"]; violations: RunViolation[] } {
  const { steps, shared } = context;
  const { found, unproven } = checkHistory(shared.recording, checks.safety);
  const violations = violationsOf(shared, checks, found);
  for (const { properties, place } of shared.expectedViolations) {
    const broken = violations.find(({ property }) => properties.includes(property));
    const wanted = alternatives(properties);
    context.report(
      place,
      broken !== undefined,
      broken?.message ?? t("expected a violation of {0}, but it was kept", wanted),
    );
  }
  const failed = steps.some(({ ok }) => !ok) || violations.some(({ expected }) => !expected);
  for (const text of unproven) context.report({ line: 0, event: -1, optional: true, start: 0 }, false, text);
  return { verdict: failed ? "fail" : unproven.length > 0 ? "unproven" : "pass", steps, violations };
}

/** Judges a live cluster that does not go on: everything but what a scenario's own steps expect. */
export function judgeLive(
  shared: SharedState,
  checks: RunChecks,
): { readonly verdict: Verdict; readonly violations: readonly RunViolation[] } {
  const { world, history, log } = shared.recording;
  finishSafety(checks.safety, world, history, log.count - 1);
  const { found, unproven } = checkHistory(shared.recording, checks.safety);
  const violations = violationsOf(shared, checks, found);
  const failed = violations.some(({ expected }) => !expected);
  return { verdict: failed ? "fail" : unproven.length > 0 ? "unproven" : "pass", violations };
}

/** The properties that were broken, by event, with the line in force and whether that was asked for. */
export function violationsOf(shared: SharedState, checks: RunChecks, others: readonly Found[] = []): RunViolation[] {
  const { recording, expectedViolations } = shared;
  const { world, history, log } = recording;
  const safety: Found[] = checks.safety.violations.map((violation) => ({
    property: violation.property,
    eventId: violation.event,
    message: safetyText(violation, world, history),
  }));
  const invariants: Found[] = checks.invariants.violations.map((violation) => ({
    property: violation.property,
    eventId: violation.event,
    message: invariantText(violation, (id) => world.nameOf(id)),
  }));
  const progress: Found[] = checks.progress.violations.map(({ property, event: eventId, message }) => {
    return { property, eventId, message };
  });
  const asked = new Set(expectedViolations.flatMap(({ properties }) => properties));
  // An invariant is a step of the proof of what the scenario wants to see broken: it falls on the way there.
  const safetyAsked = [...asked].some((property) => property !== "progress");
  return [...safety, ...invariants, ...progress, ...others]
    .sort((a, b) => a.eventId - b.eventId)
    .map(
      (violation): RunViolation => ({
        ...violation,
        timeUs: violation.eventId < 0 ? 0 : log.timeUs(violation.eventId),
        line: lineInForce(recording, violation.eventId),
        expected: asked.has(violation.property) || (safetyAsked && INVARIANT_NAMES.has(violation.property)),
      }),
    );
}

/** The line of the newest step begun at or before an event. */
function lineInForce(recording: Recording, eventId: number): number | null {
  const { log } = recording;
  let line: number | null = null;
  for (const id of log.landmarks) {
    if (id > eventId) break;
    if (log.kind(id) === "step") line = log.word(id, 0);
  }
  return line;
}
