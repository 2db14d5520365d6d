import type { CommittedLog } from "../check/linearizability/model-history.js";
import { RunChecks } from "../check/run-checks.js";
import type { SafetyChecker } from "../check/safety.js";
import { t } from "../l10n/text.js";
import type { Scenario } from "../language/program.js";
import { RaftNode } from "../raft/node.js";
import type { RaftFactory } from "../sim/kernel.js";
import type { MachineFactory } from "../sim/machine-options.js";
import { Recording } from "../trace/recording.js";
import { RunContext, SharedState, type StepRecord } from "./context.js";
import { Driver } from "./driver.js";
import { finishSafety } from "./safety-report.js";
import { finishStanding } from "./standing.js";
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
  readonly makeMachine?: MachineFactory;
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
  readonly #driver: Driver;
  readonly #checks = new RunChecks();
  readonly #mostEvents: number;
  #report: RunReport | null = null;
  #told: number | null = null;

  /** `source` is the text that the scenario's spans refer to. */
  constructor(scenario: Scenario, source: string, options: RunOptions = {}) {
    this.scenario = scenario;
    this.seed = options.seed ?? scenario.config.seed;
    this.#mostEvents = options.mostEvents ?? MOST_EVENTS;
    const config = worldConfig(scenario.config, scenario.given, this.seed);
    const makeRaft: RaftFactory = options.makeRaft ?? ((raft, durable) => new RaftNode(raft, durable));
    this.recording = new Recording(config, makeRaft, this.#checks, options.makeMachine);
    const shared = new SharedState(this.recording, this.#checks, this.seed);
    this.#context = new RunContext(shared, source);
    this.#driver = new Driver(shared);
    this.#context.spawn("scenario", runSteps(this.#context, scenario.steps), false, true);
  }

  /** The report; `null` until the run has finished. */
  get report(): RunReport | null {
    return this.#report;
  }

  /** What the servers have committed, as far as any of them has applied it. */
  get committed(): CommittedLog {
    const { safety } = this.#checks;
    return { log: safety.log, executedAt: (session, sequence) => safety.executedAt(session, sequence) };
  }

  /** What its safety checks know of the log. */
  get safety(): SafetyChecker {
    return this.#checks.safety;
  }

  /** Events up to the end of its story, without what is said about the run as a whole; of one under way: so far. */
  get told(): number {
    return this.#told ?? this.recording.log.count;
  }

  /** The outcomes of the steps so far. */
  get steps(): readonly StepRecord[] {
    return this.#context.steps;
  }

  /** Goes on for at most `slice` queue items; true when the run has finished. */
  advance(slice: number): boolean {
    for (let count = 0; count < slice; count += 1) {
      if (this.#report !== null) return true;
      this.#driver.poll();
      // Looked at before anything else happens: the run ends at the instant of its last step.
      if (this.#driver.done) return this.#finish();
      if (this.#driver.goOn(Number.POSITIVE_INFINITY) === "exhausted") this.#driver.giveUp();
      if (this.recording.world.simulatedEvents > this.#mostEvents) this.#stopTooLong();
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

  #stopTooLong(): void {
    const place = { line: this.scenario.line, event: -1, optional: false, start: this.scenario.span.start };
    this.#context.report(
      place,
      false,
      t("stopped after {0} events: the scenario does not seem to end", this.#mostEvents),
    );
    this.#context.stopped = true;
    this.#finish();
  }

  #finish(): boolean {
    const { recording } = this;
    this.#told = recording.log.count;
    this.#checks.progress.look(recording.world, recording.timeOf);
    finishStanding(this.#context.shared);
    finishSafety(this.#checks.safety, recording.world, recording.history, recording.log.count - 1);
    this.#report = judge(this.#context, this.#checks);
    return true;
  }
}
