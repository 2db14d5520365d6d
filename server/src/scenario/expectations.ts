import { sentences } from "../l10n/joined.js";
import { t } from "../l10n/text.js";
import type { Step } from "../language/program.js";
import { describeCondition, holds } from "./conditions.js";
import type { Difference, RunContext, StepPlace } from "./context.js";
import { whatIsMissing } from "./missing.js";
import { evaluateOne } from "./operands.js";
import { describeRoles, resolve } from "./selectors.js";
import type { Script } from "./task.js";
import { showValue } from "./values.js";

type Expectation = Extract<
  Step,
  {
    readonly kind:
      | "await"
      | "expect"
      | "always"
      | "never"
      | "reach"
      | "expect-violation"
      | "let-selector"
      | "let-value";
  }
>;

/** Runs a step that waits for, demands or remembers something about the cluster. */
export function* runExpectation(context: RunContext, place: StepPlace, step: Expectation): Script {
  switch (step.kind) {
    case "await":
      yield* awaitCondition(context, place, step);
      return;
    case "expect":
      if (step.during === null) yield* expectBy(context, place, step);
      else yield* expectAllThrough(context, place, step, step.during);
      return;
    case "always":
    case "never":
    case "reach":
      // Whether it holds at this very instant is looked at when the step has ended.
      context.shared.standing.push({ kind: step.kind, condition: step.condition, place, context });
      return;
    case "expect-violation":
      context.shared.expectedViolations.push({ properties: step.properties, place, story: context.story });
      return;
    case "let-selector": {
      const servers = resolve(context.names(), step.selector);
      if (servers.ok) {
        context.scope.bindings.set(step.name, { kind: "servers", servers: servers.value });
        context.report(place, true, t("{0} is {1}", step.name, showValue(context.world, { servers: servers.value })));
      } else {
        context.giveUp(place, servers.message);
      }
      return;
    }
    case "let-value": {
      const value = evaluateOne(context.names(), step.value);
      if (value.ok) {
        context.scope.bindings.set(step.name, { kind: "value", value: value.value });
        context.report(place, true, t("{0} is {1}", step.name, showValue(context.world, value.value)));
      } else {
        context.giveUp(place, value.message);
      }
      return;
    }
  }
}

/** Without `within` an awaited condition gets this long: a minute of virtual time, then the step has failed. */
const PATIENCE_US = 60_000_000;

function* awaitCondition(context: RunContext, place: StepPlace, step: Expectation & { kind: "await" }): Script {
  const { condition } = step;
  const deadlineUs = context.world.nowUs + (step.within ?? PATIENCE_US);
  const came = yield { kind: "condition", test: () => holds(context.looking(), condition), deadlineUs };
  const text = context.text(condition.span);
  if (came) {
    context.report(place, true, summary(context, step));
    return;
  }
  const was = describeCondition(context.looking(), condition, context.text);
  const missing = whatIsMissing(context, condition);
  const late =
    step.within === null
      ? t("{0} did not come true within a minute: {1}", text, was)
      : t("{0} did not come true within {1} ms: {2}", text, step.within / 1000, was);
  // What follows was written for a cluster that got here.
  context.giveUp(place, withMissing(late, missing), {
    expected: withLimit(text, "within", step.within ?? PATIENCE_US),
    actual: withMissing(was, missing),
  });
}

/** A condition with its time, in the words of the language. */
function withLimit(text: string, word: "within" | "for", limitUs: number | null): string {
  return limitUs === null ? text : `${text} ${word} ${limitUs / 1000} ms`;
}

/** A failure with what is missing, where that is known. */
function withMissing(text: string, missing: string | null): string {
  return missing === null ? text : sentences([text, missing]);
}

function* expectBy(context: RunContext, place: StepPlace, step: Expectation & { kind: "expect" }): Script {
  const { condition } = step;
  const test = (): boolean => holds(context.looking(), condition);
  const deadlineUs = context.world.nowUs + (step.within ?? 0);
  const came = step.within === null ? test() : yield { kind: "condition", test, deadlineUs };
  if (came) {
    context.report(place, true, summary(context, step));
    return;
  }
  const wanted = context.text(condition.span);
  const was = describeCondition(context.looking(), condition, context.text);
  const missing = whatIsMissing(context, condition);
  const text =
    step.within === null
      ? t("expected {0}, but {1}", wanted, was)
      : t("expected {0} within {1} ms, but {2}", wanted, step.within / 1000, was);
  reportUnmet(context, place, withMissing(text, missing), {
    expected: withLimit(wanted, "within", step.within),
    actual: withMissing(was, missing),
  });
}

function reportUnmet(context: RunContext, place: StepPlace, text: string, difference: Difference): void {
  context.report(place, false, text, null, { difference });
}

function* expectAllThrough(
  context: RunContext,
  place: StepPlace,
  step: Expectation & { kind: "expect" },
  during: number,
): Script {
  const { condition, within } = step;
  const text = context.text(condition.span);
  const was = (): string => describeCondition(context.looking(), condition, context.text);
  const latestUs = context.world.nowUs + (within ?? 0);
  // With `within` it may break and begin again, as long as it begins in time.
  for (;;) {
    const test = (): boolean => holds(context.looking(), condition);
    if (within !== null && !(yield { kind: "condition", test, deadlineUs: latestUs })) {
      const actual = was();
      reportUnmet(context, place, t("expected {0} within {1} ms, but {2}", text, within / 1000, actual), {
        expected: withLimit(text, "within", within),
        actual,
      });
      return;
    }
    const startUs = context.world.nowUs;
    const broke = yield { kind: "condition", test: () => !test(), deadlineUs: startUs + during };
    if (!broke) {
      context.report(place, true, summary(context, step));
      return;
    }
    if (within !== null && context.world.nowUs < latestUs) continue;
    const after = (context.world.nowUs - startUs) / 1000;
    const actual = was();
    reportUnmet(
      context,
      place,
      t("expected {0} for {1} ms, but after {2} ms {3}", text, during / 1000, after, actual),
      { expected: withLimit(text, "for", during), actual: t("after {0} ms {1}", after, actual) },
    );
    return;
  }
}

function summary(context: RunContext, step: Expectation & { kind: "await" | "expect" }): string {
  const leader = context.world.leader();
  if (step.condition.kind === "has-leader" && leader !== null)
    return t("leader {0}, term {1}", leader.name, leader.raft?.term ?? 0);
  if (step.condition.kind === "no-leader") return t("no leader: {0}", describeRoles(context.world));
  return context.text(step.condition.span);
}
