/** Comparisons of open sessions, the newest of which are kept: a panel asks for their pages one by one. */
import { t } from "../l10n/text.js";
import type { comparisonRequest, milestonesRequest } from "../protocol/comparison.js";
import type { Failure } from "../protocol/requests.js";
import { type ComparedRun, type Comparison, compareRuns } from "./comparison.js";
import type { ParamsOf, ResultOf } from "./contract.js";
import type { OpenSession } from "./open-session.js";
import { pause } from "./slices.js";

/** Comparisons kept: that of the panel, and the one before. */
const KEPT = 2;
/** Rows of one page. */
const MOST_ROWS = 200;

/** Compares sessions for a panel. */
export class Comparisons {
  /** Least recently used first; by the sessions and how far they had come. */
  readonly #kept = new Map<string, Comparison>();

  /** Two sessions compared, as far as they have come. */
  async view(left: OpenSession, right: OpenSession, signal: AbortSignal): Promise<ResultOf<typeof comparisonRequest>> {
    const comparison = await this.#of(left, right, signal);
    if ("ok" in comparison) return comparison;
    const { trace, inputs, counts } = comparison;
    return { ok: true, view: { left: left.info(), right: right.info(), trace, inputs, counts } };
  }

  /** A page of what two sessions come to. */
  async milestones(
    left: OpenSession,
    right: OpenSession,
    { choice, from, count }: Pick<ParamsOf<typeof milestonesRequest>, "choice" | "from" | "count">,
    signal: AbortSignal,
  ): Promise<ResultOf<typeof milestonesRequest>> {
    const comparison = await this.#of(left, right, signal);
    if ("ok" in comparison) return comparison;
    return { ok: true, ...comparison.rows(choice, from, Math.min(count, MOST_ROWS)) };
  }

  async #of(left: OpenSession, right: OpenSession, signal: AbortSignal): Promise<Comparison | Failure> {
    const key = JSON.stringify(
      [left, right].map((session) => [session.id, session.recording.log.count, verdictOf(session)]),
    );
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const between = async (): Promise<boolean> => {
      await pause();
      return !signal.aborted;
    };
    const comparison = await compareRuns({ left: runOf(left), right: runOf(right) }, between);
    if (comparison === null) return { ok: false, message: t("The comparison was cancelled.") };
    this.#kept.set(key, comparison);
    for (const old of [...this.#kept.keys()].slice(0, -KEPT)) this.#kept.delete(old);
    return comparison;
  }
}

function runOf(session: OpenSession): ComparedRun {
  const { recording, violations, origin } = session;
  return { recording, violations, ...origin, seed: session.info().seed, verdict: verdictOf(session) };
}

function verdictOf(session: OpenSession): string | null {
  const { state } = session.info();
  return state.kind === "finished" ? state.verdict : null;
}
