import type { RunChecks } from "../check/run-checks.js";
import { t } from "../l10n/text.js";
import type { Condition, Span } from "../language/program.js";
import type { Action, ActionResult } from "../sim/action.js";
import { RandomStream } from "../sim/random.js";
import type { EventKind } from "../sim/recorder.js";
import type { World } from "../sim/world.js";
import type { Recording } from "../trace/recording.js";
import type { Answer } from "./clients/answer.js";
import { Instant } from "./instant.js";
import { MessageCounter } from "./message-counter.js";
import type { ConditionContext } from "./operands.js";
import { Scope } from "./scope.js";
import type { Story } from "./story.js";
import { Tale } from "./tale.js";
import { CutOff, type Script, Task } from "./task.js";

/** What one step gave. */
export interface StepRecord {
  readonly line: number;
  readonly timeUs: number;
  readonly eventId: number;
  readonly ok: boolean;
  readonly result: string;
  /** What was demanded and what was instead, where a step failed because the two differ. */
  readonly expected?: string;
  readonly actual?: string;
}

/** What a report may tell besides its text. */
export interface ReportDetails {
  /** The two sides of a demand that was not met. */
  readonly difference?: Difference | null;
  /** What a client's operation gave. */
  readonly answer?: Answer | null;
}

/** The two sides of a demand that was not met. */
export interface Difference {
  readonly expected: string;
  readonly actual: string;
}

/** A condition that must hold (`always`) or must not (`never`) from its step to the end. */
export interface StandingCondition {
  readonly kind: "always" | "never" | "reach";
  readonly condition: Condition;
  readonly place: StepPlace;
  readonly context: RunContext;
}

/** `expect violation of …`. */
export interface ExpectedViolation {
  readonly properties: readonly string[];
  readonly place: StepPlace;
  /** What it belongs to; `null`: the whole run. */
  readonly story: Story | null;
}

/** How a task stands towards the steps it runs: the line and event that new actions point back to. */
export interface StepPlace {
  readonly line: number;
  readonly event: number;
  /** One of a nemesis' actions: what cannot be done now is left out and fails nothing. */
  readonly optional: boolean;
  /** Where the step begins in its text. */
  readonly start: number;
  /** It must have no effect: `=> failed`. */
  readonly fails?: true;
}

/** What everything that runs on one recording shares: a scenario's tasks, or the steps of a live session. */
export class SharedState {
  readonly recording: Recording;
  readonly scope = new Scope();
  readonly counter: MessageCounter;
  readonly tasks: Task[] = [];
  readonly standing: StandingCondition[] = [];
  readonly expectedViolations: ExpectedViolation[] = [];
  /** Where in the present instant the run stands. */
  readonly instant = new Instant();
  /** Set by `end`: nothing goes on any more. */
  ended = false;
  /** Chooses where a step says `any` or `random`. */
  readonly random: RandomStream;
  /** Where conditions choose: always its first numbers. */
  readonly lookingRandom: RandomStream;

  /** How often each workload or nemesis was started, by name. */
  readonly loads = new Map<string, number>();

  /** By the event that a live session's step began with: the text that its line refers to, since each step has its own. */
  readonly sources = new Map<number, string>();

  /** What is checked while the run goes on. */
  readonly checks: RunChecks;

  /** Whether the steps come from a person, one by one: there is no end to go to. */
  readonly isLive: boolean;

  constructor(recording: Recording, checks: RunChecks, seed: number, isLive = false) {
    this.recording = recording;
    this.isLive = isLive;
    this.checks = checks;
    this.counter = new MessageCounter(recording.log);
    this.random = RandomStream.of(seed, "scenario");
    this.lookingRandom = RandomStream.of(seed, "conditions");
  }
}

/** What the steps of one text share while they run. */
export class RunContext {
  readonly shared: SharedState;
  readonly steps: StepRecord[];
  /** Set when the rest cannot be trusted: no further steps of this text run. */
  stopped = false;
  /** Steps begun so far. */
  begun = 0;
  /** Live: what became of each step. `null` in a scenario, which needs no such record. */
  readonly tale: Tale | null;
  /** What the steps belong to, and are cut off with; `null`: the whole run. */
  readonly story: Story | null;
  readonly #source: string;
  #givingUp = false;

  /** `source` is the text that the steps' spans refer to, `steps` where their outcomes go. */
  constructor(
    shared: SharedState,
    source: string,
    steps: StepRecord[] = [],
    tale: Tale | null = null,
    story: Story | null = null,
  ) {
    this.shared = shared;
    this.steps = steps;
    this.story = story;
    this.tale = tale ?? (shared.isLive ? new Tale() : null);
    this.#source = source;
  }

  /** A context for steps of the same text that run beside it: one that gives up stops only its own. */
  beside(): RunContext {
    return this.within(this.story);
  }

  /** The same for steps that are cut off with a story. */
  within(story: Story | null): RunContext {
    return new RunContext(this.shared, this.#source, this.steps, this.tale, story);
  }

  /** Whether its steps do nothing any more. */
  get over(): boolean {
    return this.shared.ended || this.story?.over === true;
  }

  get recording(): Recording {
    return this.shared.recording;
  }

  get scope(): Scope {
    return this.shared.scope;
  }

  get counter(): MessageCounter {
    return this.shared.counter;
  }

  get world(): World {
    return this.recording.world;
  }

  /** A context for one step or condition: no server is named in it yet. */
  names(random: RandomStream = this.story?.random ?? this.shared.random): ConditionContext {
    return { world: this.world, scope: this.scope, random, named: new Set(), counter: this.counter };
  }

  /**
   * A context for looking at the cluster. What a condition chooses does not move the choices of steps on: how often one
   * is looked at says nothing about the run.
   */
  looking(): ConditionContext {
    return this.names(this.shared.lookingRandom.clone());
  }

  /** A stream of its own for a part of the scenario. */
  stream(name: string): RandomStream {
    return RandomStream.of(this.recording.world.config.seed, name);
  }

  /** The text of a span of the scenario file. */
  text = (span: Span): string => this.#source.slice(span.start, span.end).replace(/\s+/g, " ");

  /** Does an action on behalf of a step. */
  act(place: StepPlace, action: Action): ActionResult {
    this.tale?.acted(place.start);
    return this.#do(action, place.line, place.event);
  }

  /** Notes that a step begins, as an event of its own, and gives that. */
  begins(line: number): number {
    const { eventId } = this.#do({ kind: "step" }, line, -1);
    if (this.shared.isLive) this.shared.sources.set(eventId, this.#source);
    return eventId;
  }

  /** Nothing happens any more once the story is over that this is a part of: whoever would do something ends there. */
  #do(action: Action, line: number, cause: number): ActionResult {
    if (this.story?.over === true) throw new CutOff();
    return this.recording.act(action, line, cause);
  }

  /**
   * Notes what a step gave, as an event of its own. Its cause is `cause` where that is known; otherwise, for what came
   * true, the newest event, after which it held, and for what did not, the last change that somebody would point at.
   */
  report(
    place: StepPlace,
    good: boolean,
    result: string,
    cause: number | null = null,
    { difference = null, answer = null }: ReportDetails = {},
  ): void {
    const gaveUp = this.#givingUp;
    this.#givingUp = false;
    const met = place.fails === true ? !good : good;
    const ok = met || place.optional;
    const text = place.fails === true && good ? t("expected it to fail, but: {0}", result) : result;
    const newest = this.recording.log.count - 1;
    const because = cause ?? (met ? newest : lastChange(this.recording, place.event));
    const shown = this.#do({ kind: "result", ok, text }, place.line, because);
    this.steps.push({
      line: place.line,
      timeUs: this.world.nowUs,
      eventId: shown.eventId,
      ok,
      result: text,
      ...(ok ? null : difference),
    });
    this.tale?.gave(place.start, { ok, result: text, gaveUp, answer });
  }

  /** Notes a failure after which the following steps make no sense. */
  giveUp(place: StepPlace, result: string, difference: Difference | null = null): void {
    const stops = !place.optional && place.fails !== true;
    this.#givingUp = stops;
    this.report(place, false, result, null, { difference });
    if (stops) this.stopped = true;
  }

  /** A name that no load had before: the same for its first use, with a number for further ones. */
  loadName(name: string): string {
    const { loads } = this.shared;
    const uses = (loads.get(name) ?? 0) + 1;
    loads.set(name, uses);
    return uses === 1 ? name : `${name}.${uses}`;
  }

  /** Starts a script beside the present one; one in the background does not keep the run from ending. See {@link Task}. */
  spawn(name: string, script: Script, background = false, main = false): Task {
    const task = new Task(name, script, background, main);
    this.shared.tasks.push(task);
    this.story?.add(task);
    return task;
  }
}

const CHANGES: ReadonlySet<EventKind> = new Set([
  "transition",
  "truncate",
  "commit",
  "crash",
  "restart",
  "pause",
  "resume",
  "wipe",
  "fault",
  "undo",
  "heal",
  "release",
  "struck",
  "disk-error",
  "disk-lost",
  "no-start",
  "membership",
  "transfer",
  "configuration",
]);

/** The newest event that changed a server's role or log, or the faults; `otherwise` when there is none. */
function lastChange({ log }: Recording, otherwise: number): number {
  return log.landmarks.findLast((id) => CHANGES.has(log.kind(id))) ?? otherwise;
}
