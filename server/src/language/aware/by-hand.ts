/** What cannot happen where messages or timers wait for steps. */

import { t } from "../../l10n/text.js";
import type { Reporter } from "../diagnostics/definition.js";
import { MANUAL } from "../diagnostics/manual.js";
import type { ClusterConfig, Invoke, Operation, Span, Step } from "../program.js";
import { writtenAs } from "../vocabulary/operations.js";
import type { Tell } from "./never.js";

/** Follows whether some step has let a timer run out, and some step a message arrive. */
export class ByHand {
  readonly #reporter: Reporter;
  readonly #isNetworkManual: boolean;
  /** Whether an election may have begun. */
  #mayStand: boolean;
  /** Whether a vote may have arrived. */
  #mayHear: boolean;
  /** A nemesis does things while other steps wait. */
  #helped = false;

  constructor(reporter: Reporter, config: ClusterConfig) {
    this.#reporter = reporter;
    this.#isNetworkManual = config.network === "manual";
    this.#mayStand = config.timers === "auto";
    // A server alone votes for itself.
    this.#mayHear = !this.#isNetworkManual || config.nodes.length === 1;
  }

  /** Takes note of a step, before it is looked at otherwise. */
  step(step: Step): void {
    switch (step.kind) {
      case "timeout":
      case "tick":
      case "transfer":
        this.#mayStand = true;
        return;
      case "deliver":
      case "stabilize":
        this.#mayHear = true;
        return;
      case "nemesis":
      case "async":
      case "until":
        this.#mayStand = true;
        this.#mayHear = true;
        this.#helped = true;
        return;
      default:
    }
  }

  /** Why there can be no leader at this point, or `null` when there may be one. */
  noLeader(span: Span): Tell | null {
    if (!this.#mayStand) return (reporter) => reporter.report(MANUAL.nobodyStands, span, []);
    if (!this.#mayHear) return (reporter) => reporter.report(MANUAL.nobodyHears, span, []);
    return null;
  }

  /** A client's operation; `isStep`: it stands alone, and `async` can be put before it. */
  invoke(invoke: Invoke, isStep: boolean): void {
    const { operation, expected, span } = invoke;
    if (!this.#isNetworkManual || this.#helped || invoke.async) return;
    if (!waits(operation)) return;
    if (expected?.outcomes.some(({ kind }) => kind === "timeout" || kind === "error") === true) return;
    const at = { start: span.start, end: span.start };
    const fix = { title: t("Begin it with `async`"), edits: [{ span: at, newText: "async " }] };
    const fixes = isStep && expected === null ? [fix] : [];
    this.#reporter.report(MANUAL.waitsForNobody, span, [writtenAs(operation.kind)], { fixes });
  }
}

/** Whether the step goes on only when an answer has come. */
function waits(operation: Operation): boolean {
  switch (operation.kind) {
    case "watch":
    case "unwatch":
    case "observe":
    case "progress":
    case "lease-stop":
      return false;
    case "lease-keepalive":
      return operation.every === null;
    default:
      return true;
  }
}
