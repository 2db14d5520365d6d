import type { Step } from "../language/program.js";
import { describeCondition, holds } from "./conditions.js";
import type { RunContext, StepPlace } from "./context.js";
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
      context.shared.expectedViolations.push({ properties: step.properties, place });
      return;
    case "let-selector": {
      const servers = resolve(context.names(), step.selector);
      if (servers.ok) {
        context.scope.bindings.set(step.name, { kind: "servers", servers: servers.value });
        context.report(place, true, `${step.name} is ${showValue(context.world, { servers: servers.value })}`);
      } else {
        context.giveUp(place, servers.message);
      }
      return;
    }
    case "let-value": {
      const value = evaluateOne(context.names(), step.value);
      if (value.ok) {
        context.scope.bindings.set(step.name, { kind: "value", value: value.value });
        context.report(place, true, `${step.name} is ${showValue(context.world, value.value)}`);
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
  const limit = step.within === null ? "a minute" : `${step.within / 1000} ms`;
  const was = `${describeCondition(context.looking(), condition, context.text)}${whatIsMissing(context, condition)}`;
  // What follows was written for a cluster that got here.
  context.giveUp(place, `${text} did not come true within ${limit}: ${was}`, {
    expected: `${text} within ${limit}`,
    actual: was,
  });
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
  const limit = step.within === null ? "" : ` within ${step.within / 1000} ms`;
  const was = `${describeCondition(context.looking(), condition, context.text)}${whatIsMissing(context, condition)}`;
  reportUnmet(context, place, `${context.text(condition.span)}${limit}`, was);
}

function reportUnmet(context: RunContext, place: StepPlace, expected: string, actual: string): void {
  context.report(place, false, `expected ${expected}, but ${actual}`, null, { expected, actual });
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
      reportUnmet(context, place, `${text} within ${within / 1000} ms`, was());
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
    reportUnmet(context, place, `${text} for ${during / 1000} ms`, `after ${after} ms ${was()}`);
    return;
  }
}

function summary(context: RunContext, step: Expectation & { kind: "await" | "expect" }): string {
  const leader = context.world.leader();
  if (step.condition.kind === "has-leader" && leader !== null)
    return `leader ${leader.name}, term ${leader.raft?.term ?? 0}`;
  if (step.condition.kind === "no-leader") return `no leader: ${describeRoles(context.world)}`;
  return context.text(step.condition.span);
}
