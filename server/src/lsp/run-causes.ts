/** Why a run broke what it broke, and which line of the scenario led to it: asked of the lab once the run has ended. */
import type { Lab } from "../lab/contract.js";
import type { EventId, SessionInfo, StepOutcome, ViolationInfo } from "../protocol/session.js";
import type { WhyView } from "../protocol/why.js";

/** What is known of a failure's causes. */
export interface Cause {
  /** The nearest decision behind it in words, with its section: `only the leader serves this (§8)`. */
  readonly reason: string | null;
  /** The nearest cause that stands on another line: 1-based in the text that ran, and what happened there. */
  readonly step: { readonly line: number; readonly title: string } | null;
}

/** Causes by the event that failed. */
export type Causes = ReadonlyMap<EventId, Cause>;

/** Nobody reads the causes of more failures than these. */
const MOST_FAILURES = 20;

/** The causes of the failures of a run, as far as there are any. */
export async function findCauses(
  lab: Lab,
  session: SessionInfo,
  steps: readonly StepOutcome[],
  violations: readonly ViolationInfo[],
): Promise<Causes> {
  const failures = [
    ...steps.filter((step) => !step.ok),
    ...violations.filter((violation) => !violation.expected),
  ].slice(0, MOST_FAILURES);
  const causes = new Map<EventId, Cause>();
  const { signal } = new AbortController();
  for (const { eventId, line } of failures) {
    const answer = await lab.why({ sessionId: session.id, eventId }, signal);
    if (!answer.ok) continue;
    const cause = causeIn(answer.why, line);
    if (cause.reason !== null || cause.step !== null) causes.set(eventId, cause);
  }
  return causes;
}

function causeIn({ links }: WhyView, line: number | null): Cause {
  const reason = links.find((link) => link.reason !== null)?.reason ?? null;
  for (const link of links) {
    if (link.line !== null && link.line !== line) return { reason, step: { line: link.line, title: link.text } };
  }
  return { reason, step: null };
}
