/** Which line of the scenario led to what a run broke: asked of the lab once the run has ended. */
import type { Lab } from "../lab/contract.js";
import type { EventId, SessionInfo, StepOutcome, ViolationInfo } from "../protocol/session.js";

/** A step that is among the causes of a failure. */
export interface Cause {
  /** 1-based line in the text that ran. */
  readonly line: number;
  /** What happened there, in words. */
  readonly title: string;
}

/** Causes by the event that failed. */
export type Causes = ReadonlyMap<EventId, Cause>;

/** Nobody reads the causes of more failures than these. */
const MOST_FAILURES = 20;

/** For each failure, the nearest of its causes that stands on another line. */
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
    for (const link of answer.why.links) {
      if (link.line === null || link.line === line) continue;
      causes.set(eventId, { line: link.line, title: link.title });
      break;
    }
  }
  return causes;
}
