/**
 * Walks over the steps of a scenario as they will run, with the abstract cluster beside it, and reports what
 * cannot work whatever the seed. Rule one: no false alarms.
 */

import { t } from "../../l10n/text.js";
import type { Definition, Reporter } from "../diagnostics/definition.js";
import { LOST_QUORUM } from "../diagnostics/lost-quorum.js";
import { NO_USE } from "../diagnostics/no-use.js";
import { RAFT } from "../diagnostics/raft.js";
import type { Condition, Invoke, Micros, Operation, Scenario, Selector, Span, Step } from "../program.js";
import { formatDuration } from "../vocabulary/durations.js";
import { writtenAs } from "../vocabulary/operations.js";
import { ByHand } from "./by-hand.js";
import { changesCluster, hasFaults, sendsRequest } from "./effects.js";
import { cut, giveBack, heal, isolate, mayStopLater, partition, surroundings, takeAway } from "./faults.js";
import { removeServer, removeStep, removeSteps, stepBefore } from "./fixes.js";
import { needsMajority } from "./majority.js";
import { clusterStep } from "./members.js";
import { leaderFinding, never, type Tell } from "./never.js";
import type { OutageKind } from "./outages.js";
import { type Binding, ClusterState } from "./state.js";
import { stoppedIn } from "./stopped.js";
import { targetOf } from "./targets.js";
import { Written } from "./written.js";

/** Bounds the work for nested `repeat`s; beyond it the walk gives up, silently. */
const MOST_STEPS = 20_000;
/** How often the body of a `repeat` is followed. */
const MOST_ROUNDS = 3;

/**
 * Walks over a scenario.
 *
 * @param text what the scenario's spans refer to
 */
export function walkScenario(reporter: Reporter, scenario: Scenario, text: string): void {
  new Walk(reporter, scenario, text).steps(scenario.steps);
  const end = scenario.steps.findIndex(({ kind }) => kind === "end");
  const behind = end < 0 ? undefined : scenario.steps[end + 1];
  if (behind !== undefined) {
    const never = scenario.steps.slice(end + 1).map(({ span }) => span);
    reporter.report(RAFT.afterEnd, behind.span, [], { fixes: [removeSteps(text, never)] });
  }
}

class Walk {
  readonly #reporter: Reporter;
  readonly #state: ClusterState;
  readonly #byHand: ByHand;
  readonly #written: Written;
  readonly #text: string;
  #budget = MOST_STEPS;

  constructor(reporter: Reporter, scenario: Scenario, text: string) {
    this.#reporter = reporter;
    this.#text = text;
    this.#state = new ClusterState(scenario.config, scenario.given.length > 0);
    this.#byHand = new ByHand(reporter, scenario.config);
    this.#written = new Written(scenario);
    if (scenario.config.network === "manual" || scenario.config.timers === "manual") this.#state.giveUp();
  }

  steps(steps: readonly Step[]): void {
    for (const step of steps) {
      if (this.#budget-- <= 0) {
        this.#giveUp(steps);
        return;
      }
      this.#step(step);
    }
  }

  /** From here on nothing is certain; nor who votes, if these steps change that. */
  #giveUp(steps: readonly Step[]): void {
    this.#state.giveUp();
    if (changesCluster(steps)) this.#state.configurations.giveUp();
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
        if (hasFaults(step.body)) this.#giveUp(step.body);
        return;
      case "until":
        // How far it gets is a matter of the run.
        this.#giveUp(step.body);
        state.advance(0, Number.POSITIVE_INFINITY);
        return;
      case "await":
        this.#condition(step.condition, step.within ?? Number.POSITIVE_INFINITY, step.span);
        state.advance(0, step.within ?? Number.POSITIVE_INFINITY);
        return;
      case "expect":
        this.#condition(step.condition, step.within ?? 0, step.span);
        // With both it begins by then and goes on from there. One that breaks ends early, but then the scenario has failed.
        state.advance(step.during ?? 0, (step.during ?? 0) + (step.within ?? 0));
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
        this.#invoke(step.invoke, step.span);
        return;
      case "invoke":
        this.#byHand.invoke(step.invoke, true);
        this.#invoke(step.invoke, step.span);
        return;
      case "repeat":
        this.#repeat(step.times, step.body);
        return;
      case "every":
        this.steps(step.body);
        if (hasFaults(step.body)) this.#giveUp(step.body);
        state.advance(Math.max(0, step.duration - step.period), Number.POSITIVE_INFINITY);
        return;
      case "nemesis":
        this.#giveUp(step.nemesis.actions);
        return;
      case "transfer":
      case "add-voter":
      case "add-learner":
      case "remove":
      case "reconfigure":
      case "promote":
      case "leave-joint":
        if (step.at === null) this.#leaderWithin(step.span, 0, false);
        else this.#needsLeader(step.at);
        clusterStep(this.#reporter, state, this.#text, step);
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
        if (kind === "crash") this.#already(kind, step, "yes", RAFT.crashDown);
        else this.#pauseStopped(step);
        // Those that are down need not be counted, unless they may come back by themselves.
        const target = targetOf(step.target, surroundings(state, !state.outages.restless));
        takeAway(state, kind, target, step.span, step.duration);
        return;
      }
      case "restart":
        if (isClients(step.target)) return;
        this.#already("crash", step, "no", RAFT.restartUp);
        giveBack(state, "crash", targetOf(step.target, surroundings(state)));
        return;
      case "resume":
        if (isClients(step.target)) return;
        this.#already("pause", step, "no", RAFT.resumeRunning);
        giveBack(state, "pause", targetOf(step.target, surroundings(state, true)));
        return;
      case "isolate":
        this.#needsLeader(step.target);
        state.disturb(step.duration);
        isolate(state, step.target, step.span, step.duration);
        return;
      case "partition":
        for (const group of step.groups) this.#needsLeader(group);
        state.disturb(step.duration);
        partition(state, step.groups, step.span, step.duration);
        return;
      case "cut":
        state.disturb(step.duration);
        cut(state, step.link, step.span, step.duration);
        return;
      case "heal":
        if (!state.lost && state.disturbedUntil < state.now.min) {
          const fixes = [removeStep(this.#text, step.span)];
          this.#reporter.report(NO_USE.nothingToHeal, step.span, [], { fixes });
        }
        heal(state, step.what);
        return;
      case "crash-point":
        state.disturb(null);
        mayStopLater(state);
        return;
      case "disk":
        state.disturb(step.duration);
        // A server whose record is damaged may refuse to start again.
        if (step.fault === "fail" || step.fault === "corrupt") mayStopLater(state);
        return;
      case "clock-drift":
      case "clock-jump":
        state.stirred = true;
        state.clocksOff = true;
        state.clean = false;
        state.disturb(step.duration);
        return;
      case "timeout":
      case "tick":
        this.#order(step.kind, step.target, step.span);
        state.stirred = true;
        state.clean = false;
        return;
      case "snapshot":
        this.#order(step.kind, step.target, step.span);
        return;
      case "disk-slow":
      case "loss":
      case "drop":
      case "delay":
      case "hold":
      case "latency":
      case "duplicate":
      case "reorder":
        state.clean = false;
        state.disturb(step.duration);
        return;
      case "release":
        state.clean = false;
        return;
      case "wipe":
        // The server is down then, and has forgotten its vote: whoever leads may not be the only one.
        state.clean = false;
        takeAway(state, "crash", targetOf(step.target, surroundings(state)), step.span, null);
        return;
      default:
    }
  }

  #at(instant: Micros, span: Span): void {
    const { now } = this.#state;
    if (instant < now.min) {
      const earliest = formatDuration(now.min);
      const number = /\S+\s*$/.exec(this.#text.slice(span.start, span.end));
      const place = { start: span.start + (number?.index ?? 0), end: span.end };
      const fixes = [{ title: t("Move it to {0}", earliest), edits: [{ span: place, newText: earliest }] }];
      this.#reporter.report(RAFT.instantPast, span, [formatDuration(instant), earliest], { fixes });
      return;
    }
    this.#state.advance(Math.max(0, instant - now.max), instant - now.min);
    this.#state.now = { min: instant, max: instant };
  }

  #bind(name: string, selector: Selector): void {
    const state = this.#state;
    this.#needsLeader(selector);
    const target = targetOf(selector, surroundings(state));
    let binding: Binding = { kind: "unknown" };
    if (target.kind === "nodes") binding = { kind: "nodes", nodes: target.nodes };
    if (target.kind === "variable") binding = target.binding;
    if (target.kind === "live") {
      const { leader, voter } = target;
      binding = { kind: "live", leader, voter, since: state.losses, boundAt: state.ticks };
    }
    state.outages.forgetVariable(name);
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
    if (hasFaults(body)) this.#giveUp(body);
    const left = times - rounds;
    const { now } = this.#state;
    this.#state.advance((now.min - before.min) * left, Number.POSITIVE_INFINITY);
  }

  /** A condition that must come true within the window. */
  #condition(condition: Condition, window: number, step: Span): void {
    const judge = {
      state: this.#state,
      written: this.#written,
      text: this.#text,
      step,
      needsLeader: (span: Span, within: number): Tell | null => {
        return this.#byHand.noLeader(span) ?? leaderFinding(this.#state, this.#text, span, within, true);
      },
    };
    never(judge, condition, window)?.(this.#reporter);
  }

  #needsLeader(selector: Selector): void {
    const leader =
      selector.kind === "leader" ||
      (selector.kind === "set" && selector.members.some((each) => each.kind === "leader"));
    if (leader) this.#leaderWithin(selector.span, 0, false);
  }

  #leaderWithin(span: Span, window: number, tellOld: boolean): void {
    const tell = this.#byHand.noLeader(span) ?? leaderFinding(this.#state, this.#text, span, window, tellOld);
    tell?.(this.#reporter);
  }

  #invoke(invoke: Invoke, step: Span): void {
    const state = this.#state;
    const { expected, operation } = invoke;
    const may = expected?.outcomes.some((outcome) => outcome.kind === "timeout" || outcome.kind === "error") === true;
    if (invoke.async) return;
    const window = waitOf(operation) ?? state.config.clientTimeout;
    if (!may && needsMajority(operation, state.config)) {
      const loss = state.loss(window);
      if (loss !== null) {
        const args: [string, string] = [writtenAs(operation.kind), loss.why];
        const fixes = [expectTimeout(invoke)];
        this.#reporter.report(LOST_QUORUM.noCommit, invoke.span, args, { related: loss.related, fixes });
      }
    }
    const [stopped] = invoke.at === null || may || !sendsRequest(operation) ? [] : stoppedIn(state, invoke.at, window);
    if (stopped !== undefined) {
      const args: [string, string, boolean] = [writtenAs(operation.kind), stopped.name, stopped.paused];
      const fixes = [expectTimeout(invoke), stepBefore(this.#text, step, stopped.remedy)];
      this.#reporter.report(NO_USE.askedStopped, stopped.member.span, args, { related: stopped.related, fixes });
    }
    state.advance(0, window);
  }

  /** A server that is paused already, or down, cannot be paused. */
  #pauseStopped(step: Step & { readonly kind: "crash" | "pause" }): void {
    for (const { member, name, paused, related } of stoppedIn(this.#state, step.target, 0)) {
      const fixes = [removeServer(this.#text, step.span, step.target, member)];
      this.#reporter.report(NO_USE.pauseStopped, member.span, [name, paused], { related, fixes });
    }
  }

  /** `timeout`, `snapshot` and their like are refused by a server that does not run; a `tick` moves its timers all the same. */
  #order(kind: "timeout" | "tick" | "snapshot", target: Selector, span: Span): void {
    if (kind === "tick") return;
    for (const { member, name, paused, related, remedy } of stoppedIn(this.#state, target, 0)) {
      const fixes = [stepBefore(this.#text, span, remedy), removeServer(this.#text, span, target, member)];
      this.#reporter.report(NO_USE.orderStopped, member.span, [kind, name, paused], { related, fixes });
    }
  }

  /** Reports a target that surely is, or surely is not, down or paused already. */
  #already(
    kind: OutageKind,
    step: Step & { readonly target: Selector },
    wrong: "yes" | "no",
    definition: Definition<[string]>,
  ): void {
    const state = this.#state;
    if (state.lost) return;
    const { target } = step;
    const members = target.kind === "set" ? target.members : [target];
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
      const related =
        since === undefined || wrong === "no" ? [] : [{ span: since.span, message: t("down since here") }];
      const fixes = [removeServer(this.#text, step.span, target, member)];
      this.#reporter.report(definition, member.span, [name], { related, fixes });
    }
  }
}

function expectTimeout({ expected, span }: Invoke): { title: string; edits: { span: Span; newText: string }[] } {
  const place = expected === null ? { start: span.end, end: span.end } : expected.span;
  return {
    title: t("Expect `timeout`"),
    edits: [{ span: place, newText: expected === null ? " => timeout" : "=> timeout" }],
  };
}

/** How long a lock or a candidacy says that it waits. */
function waitOf(operation: Operation): Micros | null {
  return operation.kind === "lock" || operation.kind === "campaign" ? operation.within : null;
}

/** Whether the selector means clients alone, of which this walk knows nothing. */
function isClients(selector: Selector): boolean {
  return selector.kind === "client" || (selector.kind === "set" && selector.members.every(isClients));
}
