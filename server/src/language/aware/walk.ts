/**
 * Walks over the steps of a scenario as they will run, with the abstract cluster beside it, and reports what
 * cannot work whatever the seed. Rule one: no false alarms.
 */

import type { Reporter } from "../diagnostics/definition.js";
import { LOST_QUORUM } from "../diagnostics/lost-quorum.js";
import { RAFT } from "../diagnostics/raft.js";
import type { Condition, Invoke, Micros, Operation, Scenario, Selector, Span, Step } from "../program.js";
import { formatDuration } from "../vocabulary/durations.js";
import { writtenAs } from "../vocabulary/operations.js";
import { ByHand } from "./by-hand.js";
import { impossibleLeader, requiresLeader } from "./conditions.js";
import { cut, giveBack, heal, isolate, mayStopLater, partition, takeAway } from "./faults.js";
import { needsMajority } from "./majority.js";
import type { OutageKind } from "./outages.js";
import { type Binding, ClusterState } from "./state.js";
import { targetOf } from "./targets.js";

/** Bounds the work for nested `repeat`s; beyond it the walk gives up, silently. */
const MOST_STEPS = 20_000;
/** How often the body of a `repeat` is followed. */
const MOST_ROUNDS = 3;

/** Walks over a scenario. */
export function walkScenario(reporter: Reporter, scenario: Scenario): void {
  new Walk(reporter, scenario).steps(scenario.steps);
  const end = scenario.steps.findIndex(({ kind }) => kind === "end");
  const behind = end < 0 ? undefined : scenario.steps[end + 1];
  if (behind !== undefined) reporter.report(RAFT.afterEnd, behind.span, []);
}

class Walk {
  readonly #reporter: Reporter;
  readonly #state: ClusterState;
  readonly #byHand: ByHand;
  #budget = MOST_STEPS;

  constructor(reporter: Reporter, scenario: Scenario) {
    this.#reporter = reporter;
    this.#state = new ClusterState(scenario.config);
    this.#byHand = new ByHand(reporter, scenario.config);
    if (scenario.given.length > 0) this.#state.clean = false;
    if (scenario.config.network === "manual" || scenario.config.timers === "manual") this.#state.giveUp();
  }

  steps(steps: readonly Step[]): void {
    for (const step of steps) {
      if (this.#budget-- <= 0) {
        this.#state.giveUp();
        return;
      }
      this.#step(step);
    }
  }

  #step(step: Step): void {
    const state = this.#state;
    this.#byHand.step(step);
    switch (step.kind) {
      case "wait":
        state.advance(step.duration, step.duration);
        return;
      case "at":
        this.#at(step.instant, step.span);
        return;
      case "async":
        // It goes on while other steps do: what it does when is not known here.
        if (hasFaults(step.body)) state.giveUp();
        return;
      case "await":
        this.#condition(step.condition, step.within ?? Number.POSITIVE_INFINITY);
        state.advance(0, step.within ?? Number.POSITIVE_INFINITY);
        return;
      case "expect":
        this.#condition(step.condition, step.within ?? 0);
        state.advance(step.during ?? 0, step.during ?? step.within ?? 0);
        return;
      case "await-handle":
        state.advance(0, step.within ?? Number.POSITIVE_INFINITY);
        return;
      case "expect-watch":
      case "expect-canceled":
      case "expect-progress":
      case "expect-observed":
        state.advance(0, step.within ?? 0);
        return;
      case "let-selector":
        this.#bind(step.name, step.selector);
        return;
      case "let-operation":
        state.bindings.delete(step.name);
        this.#byHand.invoke(step.invoke, false);
        this.#invoke(step.invoke);
        return;
      case "invoke":
        this.#byHand.invoke(step.invoke, true);
        this.#invoke(step.invoke);
        return;
      case "repeat":
        this.#repeat(step.times, step.body);
        return;
      case "every":
        this.steps(step.body);
        if (hasFaults(step.body)) state.giveUp();
        state.advance(Math.max(0, step.duration - step.period), Number.POSITIVE_INFINITY);
        return;
      case "nemesis":
        state.giveUp();
        return;
      default:
        this.#fault(step);
    }
  }

  #fault(step: Step): void {
    const state = this.#state;
    switch (step.kind) {
      case "crash":
      case "pause": {
        const kind = step.kind;
        if (isClients(step.target)) return;
        this.#needsLeader(step.target);
        if (kind === "crash") this.#already(kind, step.target, "yes", RAFT.crashDown);
        // Those that are down need not be counted, unless they may come back by themselves.
        const target = targetOf(step.target, state.config, state.bindings, !state.outages.restless);
        takeAway(state, kind, target, step.span, step.duration);
        return;
      }
      case "restart":
        if (isClients(step.target)) return;
        this.#already("crash", step.target, "no", RAFT.restartUp);
        giveBack(state, "crash", targetOf(step.target, state.config, state.bindings, state.allUp));
        return;
      case "resume":
        if (isClients(step.target)) return;
        this.#already("pause", step.target, "no", RAFT.resumeRunning);
        giveBack(state, "pause", targetOf(step.target, state.config, state.bindings));
        return;
      case "isolate":
        this.#needsLeader(step.target);
        isolate(state, step.target, step.span, step.duration);
        return;
      case "partition":
        for (const group of step.groups) this.#needsLeader(group);
        partition(state, step.groups, step.span, step.duration);
        return;
      case "cut":
        cut(state, step.link, step.span, step.duration);
        return;
      case "heal":
        heal(state, step.what);
        return;
      case "crash-point":
        mayStopLater(state);
        return;
      case "disk":
        // A server whose record is damaged may refuse to start again.
        if (step.fault === "fail" || step.fault === "corrupt") mayStopLater(state);
        return;
      case "clock-drift":
      case "clock-jump":
      case "disk-slow":
      case "timeout":
      case "tick":
      case "loss":
      case "drop":
      case "delay":
      case "hold":
      case "latency":
        state.clean = false;
        return;
      case "wipe":
        state.giveUp();
        return;
      case "transfer":
        this.#asksLeader(step.at, step.span);
        state.clean = false;
        return;
      case "add-voter":
      case "add-learner":
      case "remove":
      case "reconfigure":
      case "promote":
      case "leave-joint":
        // From here on other servers may be the voters, and when they are is not written.
        this.#asksLeader(step.at, step.span);
        state.giveUp();
        return;
      default:
    }
  }

  #at(instant: Micros, span: Span): void {
    const { now } = this.#state;
    if (instant < now.min) {
      this.#reporter.report(RAFT.instantPast, span, [formatDuration(instant), formatDuration(now.min)]);
      return;
    }
    this.#state.advance(Math.max(0, instant - now.max), instant - now.min);
    this.#state.now = { min: instant, max: instant };
  }

  #bind(name: string, selector: Selector): void {
    const state = this.#state;
    this.#needsLeader(selector);
    const target = targetOf(selector, state.config, state.bindings, state.allUp);
    let binding: Binding = { kind: "unknown" };
    if (target.kind === "nodes") binding = { kind: "nodes", nodes: target.nodes };
    if (target.kind === "variable") binding = target.binding;
    if (target.kind === "live") {
      binding = { kind: "live", leader: target.leader, since: state.losses, boundAt: state.ticks };
    }
    state.bindings.set(name, binding);
  }

  #repeat(times: number, body: readonly Step[]): void {
    const rounds = Math.min(times, MOST_ROUNDS);
    let before = this.#state.now;
    for (let round = 0; round < rounds; round++) {
      before = this.#state.now;
      this.steps(body);
    }
    if (times <= rounds) return;
    if (hasFaults(body)) this.#state.giveUp();
    const left = times - rounds;
    const { now } = this.#state;
    this.#state.advance((now.min - before.min) * left, Number.POSITIVE_INFINITY);
  }

  /** A condition that must come true within the window. */
  #condition(condition: Condition, window: number): void {
    const state = this.#state;
    const gone = impossibleLeader(condition, (node) => {
      return state.outages.through(window).some((outage) => outage.node === node && outage.kind === "crash");
    });
    if (gone !== null) {
      const since = state.outages.all.find((outage) => outage.node === gone && outage.kind === "crash");
      const related = since === undefined ? [] : [{ span: since.span, message: "down since here" }];
      this.#reporter.report(RAFT.downLeader, condition.span, [gone], { related });
      return;
    }
    if (requiresLeader(condition)) this.#leaderWithin(condition.span, window, true);
  }

  #needsLeader(selector: Selector): void {
    const leader =
      selector.kind === "leader" ||
      (selector.kind === "set" && selector.members.some((each) => each.kind === "leader"));
    if (leader) this.#leaderWithin(selector.span, 0, false);
  }

  /** A step about the cluster is asked of the leader unless it says of whom. */
  #asksLeader(at: Selector | null, span: Span): void {
    if (at === null) this.#leaderWithin(span, 0, false);
    else this.#needsLeader(at);
  }

  #leaderWithin(span: Span, window: number, tellOld: boolean): void {
    this.#byHand.needsLeader(span);
    const state = this.#state;
    const loss = state.loss(window);
    if (loss === null) return;
    if (!state.mayLead) {
      this.#reporter.report(LOST_QUORUM.noLeader, span, [loss.why], { related: loss.related });
    } else if (tellOld && state.config.checkQuorum) {
      this.#reporter.report(LOST_QUORUM.onlyOldLeader, span, [loss.why], { related: loss.related });
    }
  }

  #invoke(invoke: Invoke): void {
    const state = this.#state;
    const { expected, operation } = invoke;
    const may = expected?.outcomes.some((outcome) => outcome.kind === "timeout" || outcome.kind === "error") === true;
    if (invoke.async) return;
    const window = waitOf(operation) ?? state.config.clientTimeout;
    if (!may && needsMajority(operation, state.config)) {
      const loss = state.loss(window);
      if (loss !== null) {
        const fix =
          expected === null
            ? [
                {
                  title: "Expect `timeout`",
                  edits: [{ span: { start: invoke.span.end, end: invoke.span.end }, newText: " => timeout" }],
                },
              ]
            : [{ title: "Expect `timeout`", edits: [{ span: expected.span, newText: "=> timeout" }] }];
        this.#reporter.report(LOST_QUORUM.noCommit, invoke.span, [writtenAs(operation.kind), loss.why], {
          related: loss.related,
          fixes: fix,
        });
      }
    }
    state.advance(0, window);
  }

  /** Reports a target that surely is, or surely is not, down or paused already. */
  #already(kind: OutageKind, selector: Selector, wrong: "yes" | "no", definition: typeof RAFT.crashDown): void {
    const state = this.#state;
    if (state.lost) return;
    const members = selector.kind === "set" ? selector.members : [selector];
    for (const member of members) {
      const binding = member.kind === "variable" ? state.bindings.get(member.name) : undefined;
      let status: "yes" | "no" | "maybe" = "maybe";
      let name = "";
      if (member.kind === "node") {
        name = member.name;
        status = state.outages.status(kind, member.name);
      } else if (member.kind === "variable" && binding?.kind === "live") {
        name = member.name;
        status = state.outages.variableStatus(kind, member.name);
      }
      if (status !== wrong) continue;
      const since = state.outages.all.find(
        (outage) => outage.kind === kind && (outage.node === name || outage.variable === name),
      );
      const related = since === undefined || wrong === "no" ? [] : [{ span: since.span, message: "down since here" }];
      this.#reporter.report(definition, member.span, [name], { related });
    }
  }
}

/** How long a lock or a candidacy says that it waits. */
function waitOf(operation: Operation): Micros | null {
  return operation.kind === "lock" || operation.kind === "campaign" ? operation.within : null;
}

/** Whether the selector means clients alone, of which this walk knows nothing. */
function isClients(selector: Selector): boolean {
  return selector.kind === "client" || (selector.kind === "set" && selector.members.every(isClients));
}

function hasFaults(steps: readonly Step[]): boolean {
  return steps.some((step) => {
    switch (step.kind) {
      case "repeat":
      case "every":
      case "async":
        return hasFaults(step.body);
      case "wait":
      case "at":
      case "end":
      case "await":
      case "await-handle":
      case "expect":
      case "expect-watch":
      case "expect-canceled":
      case "expect-progress":
      case "expect-observed":
      case "invoke":
      case "note":
      case "mark":
      case "always":
      case "never":
        return false;
      default:
        return true;
    }
  });
}
