/**
 * What surely happened to the store: revisions that were compacted, leases that were revoked. It counts only what a step
 * waited for and would have failed without, and only says what is so whatever the seed.
 */

import { t } from "../../l10n/text.js";
import { isBlock } from "../blocks.js";
import type { Reporter } from "../diagnostics/definition.js";
import { ETCD } from "../diagnostics/etcd.js";
import type { Invoke, Operation, Scenario, Step } from "../program.js";

/** Bounds the work, as that of the other walk. */
const MOST_STEPS = 20_000;

/** Walks over a scenario and reports operations that must end in an error they do not expect. */
export function walkStore(reporter: Reporter, scenario: Scenario): void {
  new StoreWalk(reporter, scenario).steps(scenario.steps);
}

class StoreWalk {
  readonly #reporter: Reporter;
  readonly #localReads: boolean;
  /** Watches of which the scenario expects that they are canceled. */
  readonly #canceled: ReadonlySet<string>;
  #compacted: { readonly rev: number; readonly step: Step } | null = null;
  /** Leases that surely are gone, with the step that revoked them. */
  readonly #revoked = new Map<string, Step>();
  #budget = MOST_STEPS;

  constructor(reporter: Reporter, scenario: Scenario) {
    this.#reporter = reporter;
    this.#localReads = scenario.config.reads === "local";
    this.#canceled = new Set(canceledIn(scenario.steps));
  }

  steps(steps: readonly Step[]): void {
    for (const step of steps) {
      if (this.#budget-- <= 0) return;
      if (step.kind === "invoke" || step.kind === "let-operation") this.#invoke(step.invoke, step);
      else if ((step.kind === "repeat" && step.times > 0) || step.kind === "every") this.steps(step.body);
      // It goes on beside the steps that follow: what it compacts and revokes, it does at any time from here on.
      else if (step.kind === "async" || step.kind === "until") this.#budget = 0;
    }
  }

  #invoke(invoke: Invoke, step: Step): void {
    const { operation } = invoke;
    if (operation.kind === "lease-grant") this.#revoked.delete(operation.lease);
    // The name may come to mean another lease.
    if (operation.kind === "lock" || operation.kind === "campaign") this.#revoked.delete(operation.handle);
    const outcomes = invoke.expected?.outcomes ?? [];
    if (outcomes.some(({ kind }) => kind === "timeout" || kind === "error")) return;
    this.#checkLease(invoke);
    this.#checkRevision(invoke);
    if (invoke.async) return;
    if (operation.kind === "lease-revoke") this.#revoked.set(operation.lease, step);
    if (operation.kind === "compact" && operation.rev > (this.#compacted?.rev ?? 0)) {
      this.#compacted = { rev: operation.rev, step };
    }
  }

  #checkLease({ operation, span }: Invoke): void {
    const lease = leaseOf(operation);
    const revoked = lease === null ? undefined : this.#revoked.get(lease);
    if (lease === null || revoked === undefined) return;
    const related = [{ span: revoked.span, message: t("revoked here") }];
    this.#reporter.report(ETCD.leaseGone, span, [lease, revoked.line], { related });
  }

  #checkRevision({ operation, span }: Invoke): void {
    const compacted = this.#compacted;
    const rev = this.#revisionOf(operation);
    if (compacted === null || rev === null || rev <= 0 || rev >= compacted.rev) return;
    const related = [{ span: compacted.step.span, message: t("compacted here") }];
    const watch = operation.kind === "watch";
    this.#reporter.report(ETCD.compacted, span, [rev, compacted.rev, compacted.step.line, watch], { related });
  }

  /** The past revision that the operation asks for, where the server that answers surely knows of the compaction. */
  #revisionOf(operation: Operation): number | null {
    switch (operation.kind) {
      case "get":
        return operation.serializable || this.#localReads ? null : operation.rev;
      case "watch":
        return this.#canceled.has(operation.handle) ? null : operation.fromRev;
      default:
        return null;
    }
  }
}

/** The lease without which the operation cannot succeed. */
function leaseOf(operation: Operation): string | null {
  switch (operation.kind) {
    case "put":
    case "lock":
    case "campaign":
      return operation.lease;
    case "lease-keepalive":
    case "lease-revoke":
      return operation.lease;
    default:
      return null;
  }
}

function canceledIn(steps: readonly Step[]): string[] {
  return steps.flatMap((step) => {
    if (isBlock(step)) return canceledIn(step.body);
    return step.kind === "expect-canceled" ? [step.handle] : [];
  });
}
