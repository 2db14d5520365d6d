import { RunChecks } from "../check/run-checks.js";
import type { SafetyChecker } from "../check/safety.js";
import { checkSteps, EMPTY_SCOPE, type StepScope } from "../language/check.js";
import type { ClusterConfig, Diagnostic, GivenNode, Scenario, Step } from "../language/program.js";
import { RaftNode } from "../raft/node.js";
import { Recording } from "../trace/recording.js";
import { RunContext, SharedState, type StepRecord } from "./context.js";
import { Driver } from "./driver.js";
import type { RunPlace } from "./instant.js";
import { runSteps, runUntil } from "./steps.js";
import { boundNames } from "./story-names.js";
import { Tale } from "./tale.js";
import type { Script, Task } from "./task.js";
import { judgeLive, type RunViolation, type Verdict, violationsOf } from "./verdict.js";
import { worldConfig } from "./world-config.js";

/** A step that a person did, with its place: enough to do it again. */
export interface LiveStep {
  readonly text: string;
  readonly timeUs: number;
  /** Queue items processed before it. */
  readonly position: number;
}

/** The run of a scenario in whose middle a live cluster begins. */
export interface LiveStory {
  readonly scenario: Scenario;
  /** The text that the scenario's spans refer to. */
  readonly source: string;
  /** The last event that is taken from it, with what belongs to the same moment: as a recording's `stateAt`. */
  readonly upTo: number;
}

/** A name that a step bound. */
export interface StepName {
  readonly name: string;
  readonly kind: StepScope["handles"] extends ReadonlyMap<string, infer K> ? K : never;
  /** What it stands for is over: a watch that ended, a lease that is gone, a lock that was released. */
  readonly over: boolean;
}

/** A step under way on a live cluster. */
export interface LiveAct {
  /** Whether it has its result. */
  readonly done: boolean;
  /** What it gave so far, in order. */
  readonly outcomes: readonly StepRecord[];
}

/** What became of a step that a person did: enough to write it down. */
export interface LiveDeed {
  readonly text: string;
  readonly steps: readonly Step[];
  /** Where it began. */
  readonly from: RunPlace;
  /** Where its last step ended; `null` while it has not. */
  readonly to: RunPlace | null;
  /** Whether something else was going on when it began, or had begun since the one before it. */
  readonly beside: boolean;
  /** Whether it had ended when the next one began. */
  readonly inTime: boolean;
  readonly tale: Tale;
}

/** A deed while it goes on. */
type OpenDeed = { -readonly [K in keyof LiveDeed]: LiveDeed[K] };

/**
 * A live cluster: the same engine as a scenario's run, driven by somebody else's clock and by steps typed one at a
 * time. With the same cluster, seed and steps at the same places it gives the same events. One that begins in the middle of a
 * scenario's run is first brought there: {@link LiveRun.begin}.
 */
export class LiveRun {
  readonly config: ClusterConfig;
  readonly given: readonly GivenNode[];
  readonly seed: number;
  readonly recording: Recording;
  /** `null`: it began from nothing. */
  readonly story: LiveStory | null;
  /** What became of the story's steps. */
  readonly #told = new Tale();
  #storyEnd: RunPlace | null = null;
  /** Events before the first step. */
  readonly #before: number;
  readonly #shared: SharedState;
  readonly #driver: Driver;
  readonly #checks = new RunChecks();
  readonly #steps: LiveStep[] = [];
  readonly #deeds: OpenDeed[] = [];
  /** Tasks there were with the newest deed's own. */
  #knownTasks = 0;
  #violations: { readonly found: number; readonly asked: number; readonly list: readonly RunViolation[] } | null = null;
  #names: StepScope = EMPTY_SCOPE;

  constructor(config: ClusterConfig, given: readonly GivenNode[], seed: number, story: LiveStory | null = null) {
    this.story = story;
    this.config = config;
    this.given = given;
    this.seed = seed;
    const world = worldConfig(config, given, seed);
    this.recording = new Recording(world, (raft, durable) => new RaftNode(raft, durable), this.#checks);
    this.#before = this.recording.log.count;
    this.#shared = new SharedState(this.recording, this.#checks, seed, true);
    this.#driver = new Driver(this.#shared);
  }

  /** What its safety checks know of the log. */
  get safety(): SafetyChecker {
    return this.#checks.safety;
  }

  /**
   * The story's steps on the scenario's own level that were begun before it was cut off, where that was, and after how many events since its
   * beginning. Without a story nothing.
   */
  get begun(): { readonly steps: readonly Step[]; readonly to: RunPlace; readonly events: number } | null {
    if (this.story === null || this.#storyEnd === null) return null;
    const { steps } = this.story.scenario;
    const last = steps.findLastIndex(({ span }) => this.#told.of(span.start) !== undefined);
    const events = this.story.upTo + 1 - this.#before;
    return { steps: steps.slice(0, last + 1), to: this.#storyEnd, events };
  }

  /** The steps done so far, in order. */
  get steps(): readonly LiveStep[] {
    return this.#steps;
  }

  /** What became of them, in the same order. */
  get deeds(): readonly LiveDeed[] {
    return this.#deeds.map((deed, position) => {
      return position === this.#deeds.length - 1 ? { ...deed, inTime: deed.to !== null } : deed;
    });
  }

  /** Where it stands. */
  get place(): RunPlace {
    return this.#shared.instant.place(this.recording.world);
  }

  /** Whether something goes on that a scenario's end would wait for. */
  get busy(): boolean {
    return !this.#driver.done;
  }

  /** Safety properties broken so far. The same list as long as nothing is added: it may be asked for often. */
  get violations(): readonly RunViolation[] {
    const found = this.#checks.found;
    const asked = this.#shared.expectedViolations.length;
    const known = this.#violations;
    if (known?.found === found && known.asked === asked) return known.list;
    const list = found === 0 ? [] : violationsOf(this.#shared, this.#checks);
    this.#violations = { found, asked, list };
    return list;
  }

  /** Judges what happened, the clients' history included. For a cluster that does not go on. */
  judge(): { readonly verdict: Verdict; readonly violations: readonly RunViolation[] } {
    return judgeLive(this.#shared, this.#checks);
  }

  /** The text that the line of a step's first event refers to; `null` for any other event. */
  sourceAt(eventId: number): string | null {
    return this.#shared.sources.get(eventId) ?? null;
  }

  /** The names that steps may use by now, in the order in which they were bound. */
  get names(): readonly StepName[] {
    return [...this.#names.handles].map(([name, kind]) => ({ name, kind, over: this.#isOver(name) }));
  }

  /** What is wrong with a step, without doing it. */
  check(text: string): readonly Diagnostic[] {
    return checkSteps(text, this.config, this.#names).diagnostics.filter(({ severity }) => severity === "error");
  }

  /** Does a step now. One that does not check gives its diagnostics and changes nothing. */
  act(text: string): LiveAct | readonly Diagnostic[] {
    const checked = checkSteps(text, this.config, this.#names);
    const errors = checked.diagnostics.filter(({ severity }) => severity === "error");
    if (errors.length > 0) return errors;
    // Whoever waits for what has just happened goes on before the new step, in a replay as in the session itself.
    this.#driver.poll();
    this.#names = checked.scope;
    const { nowUs: timeUs, position } = this.recording.world;
    this.#steps.push({ text, timeUs, position });
    const context = new RunContext(this.#shared, text);
    const deed = this.#begin(text, checked.steps, context.tale ?? new Tale());
    const task: Task = context.spawn("step", this.#doing(deed, runSteps(context, checked.steps)));
    this.#driver.poll();
    return {
      get done() {
        return task.done;
      },
      outcomes: context.steps,
    };
  }

  /** Goes on to `limitUs` of virtual time, for at most `slice` queue items; true when it got there. */
  advance(limitUs: number, slice: number): boolean {
    for (let count = 0; count < slice; count += 1) {
      const progress = this.#driver.progress(limitUs);
      if (progress === "idle" || progress === "exhausted") {
        if (limitUs > this.recording.world.nowUs) this.#driver.advanceTo(limitUs);
        return true;
      }
    }
    this.#driver.poll();
    return false;
  }

  /** Goes on by one queue item, or to the next instant that a step waits for; false when nothing will happen any more. */
  goOn(): boolean {
    const progress = this.#driver.progress(Number.POSITIVE_INFINITY);
    this.#driver.poll();
    return progress !== "exhausted";
  }

  /** Goes on by so many delivered messages and fired timers; false when nothing will happen any more. */
  stepEvents(events: number): boolean {
    const { world } = this.recording;
    const target = world.simulatedEvents + events;
    let going = true;
    while (going && world.simulatedEvents < target) {
      going = this.#driver.progress(Number.POSITIVE_INFINITY) !== "exhausted";
    }
    this.#driver.poll();
    return going;
  }

  /**
   * Tells the story that it begins with: runs its scenario up to the event, and cuts it off there. What the scenario had still to do,
   * and what it had begun beside (blocks, workloads, nemeses, renewals), does not happen; what is under way in the cluster goes on.
   * Yields between slices. Without a story, or when it has been told, nothing.
   */
  *begin(): Generator<void, void, void> {
    if (this.story === null || this.#storyEnd !== null) return;
    const { scenario, source, upTo } = this.story;
    if (upTo >= this.recording.log.count) {
      const context = new RunContext(this.#shared, source, [], this.#told);
      const place = { line: scenario.line, event: -1, optional: false, start: scenario.span.start };
      const task = context.spawn("scenario", runUntil(context, place, upTo, scenario.steps));
      for (let count = 1; ; count += 1) {
        this.#driver.poll();
        if (task.done) break;
        if (this.#driver.goOn(Number.POSITIVE_INFINITY) === "exhausted") this.#driver.giveUp();
        if (count % REPLAY_SLICE === 0) yield;
      }
    }
    this.#storyEnd = this.place;
    this.#names = boundNames(source, this.begun?.steps ?? [], this.config, this.#shared.scope);
    this.#knownTasks = this.#shared.tasks.length;
  }

  /** Does recorded steps again, each at its place, then goes on to `timeUs` and `position`. Yields between slices. */
  *replay(steps: readonly LiveStep[], timeUs: number, position: number): Generator<void, void, void> {
    yield* this.begin();
    for (const step of steps) {
      yield* this.#catchUp(step.timeUs, step.position);
      this.act(step.text);
    }
    yield* this.#catchUp(timeUs, position);
  }

  /**
   * Does recorded steps again until an event has happened, and everything of the same moment with it: the queue item that it came
   * from, or the step. -1 is the beginning. Yields between slices.
   */
  *replayTo(steps: readonly LiveStep[], eventId: number): Generator<void, void, void> {
    const { log } = this.recording;
    const there = (): boolean => log.count > eventId;
    if (eventId < 0) return;
    yield* this.begin();
    if (there()) return;
    for (const step of steps) {
      yield* this.#catchUp(step.timeUs, step.position, there);
      if (there()) return;
      this.act(step.text);
      if (there()) return;
    }
    for (let count = 1; !there() && this.goOn(); count += 1) if (count % REPLAY_SLICE === 0) yield;
  }

  #isOver(name: string): boolean {
    const handle = this.#shared.scope.handles.get(name);
    switch (handle?.kind) {
      case "watch":
        return this.recording.history.watch(handle.number)?.cancelled ?? true;
      case "lease": {
        const { id, gone } = handle.lease;
        const leases = this.recording.world.leader()?.machine.leases;
        return gone || (id !== null && leases !== undefined && leases.get(id) === null);
      }
      case "owned":
        return handle.owned.released;
      case "observation":
        return handle.observation.stopped;
      case "task":
        return handle.task.done;
      default:
        return false;
    }
  }

  *#catchUp(timeUs: number, position: number, enough: () => boolean = () => false): Generator<void, void, void> {
    const { world } = this.recording;
    // Also when the place is reached, tasks may have woken up before the instant: they were due then, not now.
    for (let count = 1; world.position < position || world.nowUs < timeUs; count += 1) {
      if (enough()) return;
      const progress = this.#driver.progress(timeUs);
      if (progress === "exhausted" || progress === "idle") break;
      if (count % REPLAY_SLICE === 0) yield;
    }
    if (world.nowUs < timeUs) this.#driver.advanceTo(timeUs);
    this.#driver.poll();
  }

  #begin(text: string, steps: readonly Step[], tale: Tale): OpenDeed {
    const before = this.#deeds.at(-1);
    if (before !== undefined) before.inTime = before.to !== null;
    const { tasks } = this.#shared;
    // Also what has come and gone had its turn before this one.
    const beside = tasks.length > this.#knownTasks || tasks.some(({ done }) => !done);
    this.#knownTasks = tasks.length + 1;
    const deed: OpenDeed = { text, steps, tale, beside, from: this.place, to: null, inTime: false };
    this.#deeds.push(deed);
    return deed;
  }

  *#doing(deed: OpenDeed, script: Script): Script {
    yield* script;
    deed.to = this.place;
  }
}

/** Queue items between two pauses of a replay. */
const REPLAY_SLICE = 20_000;
