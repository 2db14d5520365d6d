/** Runs tests one after another, each as a session of the lab, and tells what happens. */
import { t } from "../../l10n/text.js";
import type { Lab } from "../../lab/contract.js";
import type { RunResult, SessionId, SessionInfo } from "../../protocol/session.js";
import type { TestCounts, TestEvent, TestScenario } from "../../protocol/tests.js";
import { PLAIN_TEXT, resultLines } from "../../scenario/result-text.js";
import { causeLines } from "../../trace/why/cause-lines.js";
import { given } from "../fields.js";
import type { ReadResult } from "../host.js";
import { askChains, type Chains, failuresOf, plainFailure } from "./failures.js";
import type { TestTarget } from "./index.js";

/** What running needs. */
export interface TestRunnerServices {
  readonly lab: () => Promise<Lab>;
  /** The text of a document as the person sees it. */
  readonly readText: (uri: string) => Promise<ReadResult>;
  /** A clock in milliseconds. */
  readonly now: () => number;
}

/** One run of some tests. */
export interface TestRunOptions {
  readonly seed: number | undefined;
  readonly signal: AbortSignal;
  readonly tell: (event: TestEvent) => void;
}

/** Runs the targets in order; how many ended how. */
export async function runTests(
  services: TestRunnerServices,
  targets: readonly TestTarget[],
  options: TestRunOptions,
): Promise<TestCounts> {
  const counts = { passed: 0, failed: 0, errored: 0, skipped: 0 };
  for (const { id } of targets) options.tell({ kind: "enqueued", id });
  for (const target of targets) {
    const event = options.signal.aborted ? skipped(target) : await runTest(services, target, options);
    options.tell(event);
    counts[event.kind] += 1;
  }
  return counts;
}

type Ended = Extract<TestEvent, { readonly kind: keyof TestCounts }>;

function skipped({ id }: TestTarget): Ended {
  return { kind: "skipped", id };
}

async function runTest(services: TestRunnerServices, target: TestTarget, options: TestRunOptions): Promise<Ended> {
  const { id, uri, scenario } = target;
  const { tell, signal, seed } = options;
  tell({ kind: "started", id });
  const started = services.now();
  const errored = (message: string): Ended => {
    tell({ kind: "output", id, lines: [message] });
    const durationMs = services.now() - started;
    return {
      kind: "errored",
      id,
      durationMs,
      sessionId: null,
      failures: [plainFailure(uri, scenario?.line ?? 1, message)],
    };
  };
  if (scenario === null) return errored(t("This scenario is not there any more."));
  const read = await services.readText(uri);
  if (!read.ok) return errored(read.message);
  const lab = await services.lab();
  const source = { uri, text: read.text };
  const control = { signal, onProgress: () => undefined };
  const ran = await lab.run({ source, scenario: scenario.title, ...given("seed", seed) }, control);
  if (!ran.ok) return signal.aborted ? skipped(target) : errored(ran.message);
  const durationMs = services.now() - started;
  const { session, result } = ran;
  const chains = result.verdict === "pass" ? NO_CHAINS : await askChains(lab, session.id, result);
  const lines = outputLines(result, read.text, chains);
  tell({ kind: "output", id, lines: result.verdict === "pass" ? lines : [...(await told(lab, session.id)), ...lines] });
  return endOf(target, scenario, { session, result, chains, durationMs });
}

/** What happened in the run, for whoever has to find out why it did not pass. */
async function told(lab: Lab, sessionId: SessionId): Promise<readonly string[]> {
  const narration = await lab.narration({ sessionId }, new AbortController().signal);
  return narration.ok ? [...narration.lines, ""] : [];
}

const NO_CHAINS: Chains = new Map();

interface Finished {
  readonly session: SessionInfo;
  readonly result: RunResult;
  readonly chains: Chains;
  readonly durationMs: number;
}

function endOf({ id, uri }: TestTarget, scenario: TestScenario, finished: Finished): Ended {
  const { result, chains, durationMs } = finished;
  const sessionId = finished.session.id;
  switch (result.verdict) {
    case "pass":
      return { kind: "passed", id, durationMs, sessionId };
    case "fail": {
      const failures = failuresOf(uri, scenario, result, chains);
      const some = failures.length > 0 ? failures : [plainFailure(uri, scenario.line, t("The run failed."))];
      return { kind: "failed", id, durationMs, sessionId, failures: some };
    }
    case "unproven": {
      const message = t("Unproven: nothing failed, but a checker ran out of its budget.");
      return { kind: "errored", id, durationMs, sessionId, failures: [plainFailure(uri, scenario.line, message)] };
    }
  }
}

/** A result as text, like on the command line. */
export function outputLines(result: RunResult, text: string, chains: Chains, paint = PLAIN_TEXT): string[] {
  return resultLines(result, {
    paint,
    source: text.split(/\r\n|\r|\n/),
    causesOf: (eventId) => {
      const chain = chains.get(eventId);
      return chain === undefined ? [] : causeLines(chain.links);
    },
  });
}
