/** What went wrong in a run, as test failures: with both sides of a demand, the place, and the causes. */
import type { Lab } from "../../lab/contract.js";
import type { EventId, RunResult, SessionId } from "../../protocol/session.js";
import type { TestFailure, TestScenario } from "../../protocol/tests.js";
import type { WhyView } from "../../protocol/why.js";
import { RUN_CODES } from "../../scenario/result-text.js";
import { withSections } from "../../trace/why/cited.js";

/** Nobody reads more failures of one test, and each asks for its causes. */
const MOST_FAILURES = 10;

/** Links of the chain of causes that a failure carries. */
const MOST_CAUSES = 12;

/** Chains of causes by the event that failed. */
export type Chains = ReadonlyMap<EventId, WhyView>;

interface Broken {
  readonly eventId: EventId;
  readonly line: number | null;
  readonly code: string;
  readonly message: string;
  readonly difference: Pick<TestFailure, "expected" | "actual">;
}

function brokenIn(result: RunResult): readonly Broken[] {
  const steps = result.steps.flatMap(({ ok, line, eventId, result: message, expected, actual }) => {
    const difference = expected === undefined || actual === undefined ? {} : { expected, actual };
    return ok ? [] : [{ eventId, line, code: RUN_CODES.failedStep, message, difference }];
  });
  const violations = result.violations.flatMap(({ expected, eventId, line, property, message }) => {
    const text = `${property} broken: ${message}`;
    return expected ? [] : [{ eventId, line, code: RUN_CODES.violation, message: text, difference: {} }];
  });
  const said = new Set<string>();
  const all = [...steps, ...violations].filter(({ line, message }) => {
    // A step in a loop may fail in the same words each time round.
    const key = `${line} ${message}`;
    if (said.has(key)) return false;
    said.add(key);
    return true;
  });
  return all.slice(0, MOST_FAILURES);
}

/** Asks the lab why each failure of a run happened. */
export async function askChains(lab: Lab, sessionId: SessionId, result: RunResult): Promise<Chains> {
  const chains = new Map<EventId, WhyView>();
  const { signal } = new AbortController();
  for (const { eventId } of brokenIn(result)) {
    if (eventId < 0) continue;
    const answer = await lab.why({ sessionId, eventId }, signal);
    if (answer.ok) chains.set(eventId, answer.why);
  }
  return chains;
}

/** The failures of a run. */
export function failuresOf(uri: string, scenario: TestScenario, result: RunResult, chains: Chains): TestFailure[] {
  return brokenIn(result).map(({ eventId, line, code, message, difference }) => {
    const links = chains.get(eventId)?.links ?? [];
    const step = links.find((link) => link.line !== null && link.line !== line);
    return {
      message: `${message} [${code}]`,
      ...difference,
      uri,
      line: line ?? scenario.line,
      related: step === undefined || step.line === null ? null : { line: step.line, title: step.text },
      why: links.slice(1, MOST_CAUSES + 1).map(({ text, because, sections, line: at }) => ({
        text: because === null ? text : `${text}: ${withSections(because, sections)}`,
        line: at,
      })),
    };
  });
}

/** A failure without a run: a test that could not be run. */
export function plainFailure(uri: string, line: number, message: string): TestFailure {
  return { message, uri, line, related: null, why: [] };
}
