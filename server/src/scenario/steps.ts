import { t } from "../l10n/text.js";
import type { Step } from "../language/program.js";
import { runClientStep } from "./clients/step.js";
import { runClusterStep } from "./cluster-steps.js";
import type { RunContext, StepPlace } from "./context.js";
import { runExpectation } from "./expectations.js";
import { runFault } from "./faults.js";
import { runNemesis, runWorkload } from "./load.js";
import { runManual } from "./manual.js";
import { checkStanding } from "./standing.js";
import { Story } from "./story.js";
import type { Script } from "./task.js";

/** Runs steps one after another in virtual time. */
export function* runSteps(context: RunContext, steps: readonly Step[]): Script {
  for (const step of steps) {
    if (context.stopped || context.over) return;
    yield* runStep(context, step);
    if (context.shared.standing.length > 0) checkStanding(context.shared);
  }
}

/** A scenario with more steps than this goes round in a circle. */
const MOST_STEPS = 500_000;

/** Runs one step. Its events point back to its line. `optional` steps fail nothing. */
function* runStep(context: RunContext, step: Step, optional = false): Script {
  const eventId = context.begins(step.line);
  const { line, fails } = step;
  const place: StepPlace = { line, event: eventId, optional, start: step.span.start, ...(fails ? { fails } : {}) };
  if (context.tale !== null) context.tale.began(place.start, context.shared.instant.place(context.world));
  context.begun += 1;
  if (context.begun > MOST_STEPS) {
    context.report(place, false, t("stopped after {0} steps: the scenario does not seem to end", MOST_STEPS));
    context.stopped = true;
    return;
  }
  switch (step.kind) {
    case "wait":
      yield { kind: "until", timeUs: context.world.nowUs + step.duration };
      return;
    case "at":
      yield* goOnAt(context, place, step.instant, step.after);
      return;
    case "async": {
      const beside = context.beside();
      const task = context.spawn("async", runSteps(beside, step.body));
      if (step.handle !== null) context.scope.handles.set(step.handle, { kind: "task", task });
      return;
    }
    case "until":
      if (context.shared.isLive && context.story === null)
        context.report(place, false, t("only a scenario is cut off at an event: continue from there instead"));
      else yield* runUntil(context, place, place.event + step.event, step.body);
      return;
    case "end":
      if (context.story !== null) context.story.end();
      else if (context.shared.isLive) context.report(place, false, t("a live cluster goes on: stop it instead"));
      else context.shared.ended = true;
      return;
    case "note":
      context.act(place, { kind: "note", text: step.text });
      return;
    case "mark":
      context.counter.mark();
      return;
    case "repeat":
      if (step.body.length === 0) return;
      for (let round = 0; round < step.times && !context.stopped; round += 1) yield* runSteps(context, step.body);
      return;
    case "every": {
      const endUs = context.world.nowUs + step.duration;
      const nothing = step.body.length === 0;
      for (let next = context.world.nowUs; !nothing && next < endUs && !context.stopped; next += step.period) {
        yield { kind: "until", timeUs: next };
        yield* runSteps(context, step.body);
      }
      if (!context.stopped) yield { kind: "until", timeUs: endUs };
      return;
    }
    case "invoke":
    case "let-operation":
    case "expect-watch":
    case "expect-canceled":
    case "expect-progress":
    case "expect-observed":
    case "await-handle":
      yield* runClientStep(context, place, step);
      return;
    case "await":
    case "expect":
    case "always":
    case "never":
    case "reach":
    case "expect-violation":
    case "let-selector":
    case "let-value":
      yield* runExpectation(context, place, step);
      return;
    case "workload":
      runWorkload(context, place, step.workload);
      return;
    case "nemesis":
      runNemesis(context, step.nemesis, (action) => runStep(context, action, true));
      return;
    case "deliver":
    case "lose":
    case "copy":
    case "postpone":
    case "stabilize":
      yield* runManual(context, place, step);
      return;
    case "transfer":
    case "add-voter":
    case "add-learner":
    case "promote":
    case "remove":
    case "reconfigure":
    case "leave-joint":
      runClusterStep(context, place, step);
      return;
    default:
      runFault(context, place, step);
  }
}

/**
 * Runs steps up to an event, by its number in the trace, and cuts them off there: neither they nor what they began beside does anything after it.
 * What they did to the world goes on.
 */
export function* runUntil(context: RunContext, place: StepPlace, event: number, steps: readonly Step[]): Script {
  const { shared } = context;
  const story = new Story(context.recording.log, event, context.story, context.names().random);
  const inner = context.within(story);
  inner.spawn("story", runSteps(inner, steps), false, true);
  const reached = yield { kind: "others", test: () => story.over };
  story.end();
  // What it says about its whole run it cannot say of one that went another way.
  forget(shared.standing, (item) => story.includes(item.context.story));
  shared.expectedViolations.forEach((expected, position, all) => {
    if (!story.includes(expected.story)) return;
    all[position] = { ...expected, place: { ...expected.place, optional: true } };
  });
  if (!reached) context.report(place, false, t("nothing happened any more before event {0}", event));
}

function forget<T>(list: T[], test: (item: T) => boolean): void {
  const kept = list.filter((item) => !test(item));
  list.splice(0, list.length, ...kept);
}

function* goOnAt(context: RunContext, place: StepPlace, timeUs: number, after: number | null): Script {
  const { world, shared } = context;
  const now = world.nowUs / 1000;
  if (timeUs < world.nowUs) {
    context.report(place, false, t("that instant is past: it is {0} ms already", now));
    return;
  }
  const events = after ?? 0;
  const already = timeUs === world.nowUs ? shared.instant.items(world) : 0;
  if (events > 0 && already > events) {
    context.report(place, false, t("that place is past: at {0} ms {1} have happened already", now, count(already)));
    return;
  }
  if (yield { kind: "place", timeUs, items: events }) return;
  const happened = count(shared.instant.items(world));
  context.report(place, false, t("only {0} happened at {1} ms, not {2}", happened, timeUs / 1000, events));
}

function count(events: number): string {
  return events === 1 ? t("1 event") : t("{0} events", events);
}
