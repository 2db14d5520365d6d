import type { Scenario } from "../language/program.js";
import { RaftNode } from "../raft/node.js";
import type { RaftFactory } from "../sim/kernel.js";
import { Recording } from "../trace/recording.js";
import { describeCondition, holds } from "./conditions.js";
import { RunContext, type StepRecord } from "./context.js";
import { SafetyMonitor } from "./safety-monitor.js";
import { runSteps } from "./steps.js";
import { judge, type RunViolation, type Verdict } from "./verdict.js";
import { worldConfig } from "./world-config.js";

/** What may be varied about a run. */
export interface RunOptions {
  /** Instead of the cluster's seed. */
  readonly seed?: number;
  /** Ends the run as failed beyond this many events: a guard against scenarios that never end. Default 20 million. */
  readonly mostEvents?: number;
  /** Broken engines for tests. */
  readonly makeRaft?: RaftFactory;
}

/** A finished run. */
export interface RunReport {
  readonly verdict: Verdict;
  readonly steps: readonly StepRecord[];
  readonly violations: readonly RunViolation[];
}

/** The default of {@link RunOptions.mostEvents}. */
const MOST_EVENTS = 20_000_000;

/**
 * One run of a scenario. Call {@link advance} until it says `finished`; between calls the recording may be looked at.
 * The same scenario, seed and version give the same events, whatever the slices.
 */
export class ScenarioRun {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly recording: Recording;
  readonly #context: RunContext;
  readonly #monitor = new SafetyMonitor();
  readonly #mostEvents: number;
  #report: RunReport | null = null;

  /** `source` is the text that the scenario's spans refer to. */
  constructor(scenario: Scenario, source: string, options: RunOptions = {}) {
    this.scenario = scenario;
    this.seed = options.seed ?? scenario.config.seed;
    this.#mostEvents = options.mostEvents ?? MOST_EVENTS;
    const config = worldConfig(scenario.config, scenario.given, this.seed);
    const makeRaft: RaftFactory = options.makeRaft ?? ((raft, durable) => new RaftNode(raft, durable));
    this.recording = new Recording(config, makeRaft, this.#monitor);
    this.#context = new RunContext(this.recording, source, this.seed);
    this.#context.spawn("scenario", runSteps(this.#context, scenario.steps));
  }

  /** The report; `null` until the run has finished. */
  get report(): RunReport | null {
    return this.#report;
  }

  /** The outcomes of the steps so far. */
  get steps(): readonly StepRecord[] {
    return this.#context.steps;
  }

  /** Goes on for at most `slice` queue items; true when the run has finished. */
  advance(slice: number): boolean {
    for (let count = 0; count < slice; count += 1) {
      if (this.#report !== null) return true;
      this.#pollTasks();
      if (this.#context.tasks.every((task) => task.done)) return this.#finish();
      this.#progress();
    }
    return this.#report !== null;
  }

  /** Runs to the end. */
  finish(): RunReport {
    for (;;) {
      this.advance(100_000);
      if (this.#report !== null) return this.#report;
    }
  }

  #pollTasks(): void {
    const { tasks, world } = this.#context;
    for (let moved = true; moved; ) {
      moved = false;
      // Tasks that start others append to the list; those are polled in the same round.
      for (const task of tasks) if (task.poll(world.nowUs)) moved = true;
    }
  }

  #progress(): void {
    const { world, tasks } = this.#context;
    let wakeUs: number | null = null;
    for (const { done, deadlineUs } of tasks) {
      if (!done && deadlineUs !== null && (wakeUs === null || deadlineUs < wakeUs)) wakeUs = deadlineUs;
    }
    const nextUs = world.nextUs;
    if (nextUs !== null && (wakeUs === null || nextUs <= wakeUs)) {
      this.recording.step();
      this.#checkStanding();
      if (world.simulatedEvents > this.#mostEvents) this.#stopTooLong();
    } else if (wakeUs !== null) {
      this.recording.advanceTo(wakeUs);
    } else {
      // Nothing will ever happen again: what tasks wait for does not come true.
      for (const task of tasks) task.giveUp();
    }
  }

  #checkStanding(): void {
    const { standing } = this.#context;
    for (let position = 0; position < standing.length; position += 1) {
      const item = standing[position];
      if (item === undefined) continue;
      const names = this.#context.names();
      if (holds(names, item.condition) === (item.kind === "always")) continue;
      standing.splice(position, 1);
      position -= 1;
      const was = describeCondition(names, item.condition, this.#context.text);
      const place = { line: item.line, event: item.stepEvent, optional: false };
      this.#context.report(place, false, `${item.kind} ${this.#context.text(item.condition.span)}: ${was}`);
    }
  }

  #stopTooLong(): void {
    const place = { line: this.scenario.line, event: -1, optional: false };
    this.#context.report(place, false, `stopped after ${this.#mostEvents} events: the scenario does not seem to end`);
    this.#context.stopped = true;
    this.#finish();
  }

  #finish(): boolean {
    const { recording } = this;
    for (const { kind, line, stepEvent, condition } of this.#context.standing) {
      const place = { line, event: stepEvent, optional: false };
      this.#context.report(place, true, `${kind} ${this.#context.text(condition.span)}: held to the end`);
    }
    this.#monitor.finished(recording.world, recording.history, recording.log.count - 1);
    this.#report = judge(this.#context, this.#monitor);
    return true;
  }
}
