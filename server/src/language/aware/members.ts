/** What steps about the cluster itself do to it, and those that must be refused. */

import { t } from "../../l10n/text.js";
import type { Reporter } from "../diagnostics/definition.js";
import { NO_USE } from "../diagnostics/no-use.js";
import type { QuickFix, Selector, Step } from "../program.js";
import { surroundings } from "./faults.js";
import { removeStep, stepBefore } from "./fixes.js";
import type { ClusterState } from "./state.js";
import { stoppedIn } from "./stopped.js";
import { targetOf } from "./targets.js";

/** A step that asks a server about its cluster. */
type ClusterStep = Extract<Step, { readonly refused: boolean }>;

/** Follows a step about the cluster, and reports one that cannot succeed. */
export function clusterStep(reporter: Reporter, state: ClusterState, text: string, step: ClusterStep): void {
  state.clean = false;
  if (!step.refused) report(reporter, state, text, step);
  switch (step.kind) {
    case "transfer":
    case "leave-joint":
      return;
    case "reconfigure": {
      const target = targetOf(step.voters, surroundings(state));
      state.configurations.change({ kind: step.kind, voters: target.kind === "nodes" ? target.nodes : null });
      return;
    }
    default:
      state.configurations.change({ kind: step.kind, server: oneServer(state, step.target) });
  }
}

function oneServer(state: ClusterState, selector: Selector): string | null {
  const target = targetOf(selector, surroundings(state));
  return target.kind === "nodes" && target.nodes.length === 1 ? (target.nodes[0] ?? null) : null;
}

function report(reporter: Reporter, state: ClusterState, text: string, step: ClusterStep): void {
  const [asked] = step.at === null ? [] : stoppedIn(state, step.at, 0);
  if (asked !== undefined) {
    const { member, name, paused, related, remedy } = asked;
    const fixes = [stepBefore(text, step.span, remedy), expectFailed(step)];
    reporter.report(NO_USE.orderStopped, member.span, [wordsOf(step), name, paused], { related, fixes });
    return;
  }
  if (step.kind === "reconfigure" || step.kind === "leave-joint") return;
  const server = oneServer(state, step.target);
  if (server === null) return;
  const { configurations } = state;
  const { span } = step.target;
  switch (step.kind) {
    case "transfer": {
      const [stopped] = stoppedIn(state, step.target, 0);
      if (!configurations.mayVote(server)) {
        reporter.report(NO_USE.notVoter, span, [server], { fixes: [expectFailed(step)] });
      } else if (stopped !== undefined) {
        const { name, paused, related, remedy } = stopped;
        const fixes = [stepBefore(text, step.span, remedy)];
        reporter.report(NO_USE.transferToStopped, span, [name, paused], { related, fixes });
      }
      return;
    }
    case "promote":
      if (!configurations.mayLearn(server)) {
        const voter = configurations.votes(server);
        const fix = voter ? removeStep(text, step.span) : asVoter(text, step);
        reporter.report(NO_USE.notLearner, span, [server], { fixes: [fix, expectFailed(step)] });
      }
      return;
    case "add-voter":
      if (configurations.votes(server)) already(reporter, text, step, server, "voter");
      return;
    case "add-learner":
      if (configurations.learns(server)) already(reporter, text, step, server, "learner");
      return;
    case "remove":
      if (!configurations.mayVote(server) && !configurations.mayLearn(server)) {
        already(reporter, text, step, server, "stranger");
      }
      return;
  }
}

function already(
  reporter: Reporter,
  text: string,
  step: ClusterStep & { readonly target: Selector },
  server: string,
  what: "voter" | "learner" | "stranger",
): void {
  const fixes = [removeStep(text, step.span), expectFailed(step)];
  reporter.report(NO_USE.alreadySo, step.target.span, [server, what], { fixes });
}

function expectFailed({ span }: ClusterStep): QuickFix {
  return { title: t("Expect `failed`"), edits: [{ span: { start: span.end, end: span.end }, newText: " => failed" }] };
}

/** `promote s4` as `add voter s4`. */
function asVoter(text: string, { span }: ClusterStep): QuickFix {
  const end = span.start + "promote".length;
  const newText = text.slice(span.start, end) === "promote" ? "add voter" : text.slice(span.start, end);
  return { title: t("Change to `{0}`", "add voter"), edits: [{ span: { start: span.start, end }, newText }] };
}

function wordsOf({ kind }: ClusterStep): string {
  return kind.replace("-", " ");
}
