import { t } from "../l10n/text.js";
import type { liveMessageRequest } from "../protocol/messages-under-way.js";
import type { Failure, LiveControl, Outcome } from "../protocol/requests.js";
import type { EventId, SessionInfo, SessionState, StepOutcome } from "../protocol/session.js";
import { messageStep } from "../protocol/steps/fault-text.js";
import { type LiveAct, LiveRun, type StepName } from "../scenario/live-run.js";
import type { RunViolation, Verdict } from "../scenario/verdict.js";
import type { Recording } from "../trace/recording.js";
import { outcomeOf } from "./act-outcome.js";
import type { ParamsOf, ResultOf } from "./contract.js";
import type { LiveBeginning } from "./live-cluster.js";
import { knownCursor, type OpenSession, recordingInfo } from "./open-session.js";
import { Pacer } from "./pacer.js";
import { placeUnderWay } from "./place-under-way.js";
import type { LivePlace, SessionRecord } from "./record.js";
import { inSlice } from "./slice-mark.js";
import { pause } from "./slices.js";
import { WatchFeed } from "./watch-feed.js";

/** How long a paced or awaited piece of simulation may take before others have their turn. */
const SLICE_MS = 8;
/** Events that one step may ask for: as many as are simulated before anybody notices a pause. */
const MOST_STEPS = 10_000;

/** What a live session tells while it runs. */
export interface LiveListener {
  /** Something that lists and panels show has changed; `urgent`: a person waits for it. */
  readonly changed: (session: LiveSession, urgent: boolean) => void;
  /** A watch received something. */
  readonly watched: (session: LiveSession, watch: string, timeUs: number, text: string) => void;
  /** An unexpected error stopped the cluster. */
  readonly broken: (session: LiveSession, error: unknown) => void;
}

/** What a live session is made from. */
export interface LiveOptions {
  readonly record: SessionRecord;
  readonly beginning: LiveBeginning;
  readonly listener: LiveListener;
  /** Events after which it pauses for good, since its trace would fill the memory. */
  readonly mostEvents: number;
}

/** A live cluster: virtual time paced against real time, steps done as they come. */
export class LiveSession implements OpenSession {
  readonly id: string;
  cursor: EventId | null;
  readonly #info: SessionInfo;
  readonly #beginning: LiveBeginning;
  readonly #live: LiveRun;
  readonly #pacer: Pacer;
  readonly #feed: WatchFeed;
  readonly #listener: LiveListener;
  readonly #mostEvents: number;
  #disposed = false;
  /** Set when it was stopped for good. */
  #judged: { readonly verdict: Verdict; readonly violations: readonly RunViolation[] } | null = null;
  #failure: string | null = null;
  /** What paused it, when that was not a person. */
  #because: string | null = null;
  #toldViolations = 0;
  /** Counts what ends a paused cluster's going on for a result. */
  #holds = 0;
  readonly #waiting = new Set<() => void>();

  constructor({ record, beginning, listener, mostEvents }: LiveOptions) {
    this.id = record.info.id;
    this.cursor = record.info.cursor;
    this.#info = record.info;
    this.#listener = listener;
    this.#mostEvents = mostEvents;
    this.#beginning = beginning;
    this.#live = this.again();
    this.#feed = new WatchFeed(this.recording.history);
    this.#pacer = new Pacer(this.#live, record.info.pace, {
      slice: (work) => inSlice(this.id, work),
      moved: () => this.#progressed(false),
      failed: (error) => this.#break(error),
    });
  }

  /** Its steps are what decides it, and no text has them. */
  readonly origin = { text: null, scenario: null };

  lineText(line: number, eventId: EventId): string | null {
    return this.#live.sourceAt(eventId)?.split("\n")[line - 1]?.trim() ?? null;
  }

  get safety(): OpenSession["safety"] {
    return this.#live.safety;
  }

  get recording(): Recording {
    return this.#live.recording;
  }

  get violations(): readonly RunViolation[] {
    return this.#judged?.violations ?? this.#live.violations;
  }

  /** Where it stands, to be kept. */
  get place(): LivePlace {
    const { world, log } = this.recording;
    const { nowUs: timeUs, position } = world;
    const { storyUpTo } = this;
    const began = storyUpTo === undefined ? {} : { storyUpTo };
    return { ...began, steps: [...this.#live.steps], timeUs, position, hash: log.hash, running: this.#pacer.running };
  }

  info(): SessionInfo {
    const traceHash = this.#judged === null ? null : this.recording.log.hash;
    const { cursor } = this;
    const { pace } = this.#pacer;
    return { ...this.#info, ...recordingInfo(this.recording), state: this.#state(), traceHash, cursor, pace };
  }

  /**
   * The same cluster once more, at its beginning. `upTo`: the last event that it takes from the run in whose middle it starts, instead of its
   * own.
   */
  again(upTo = this.storyUpTo): LiveRun {
    const { config, given, story } = this.#beginning;
    return new LiveRun(
      config,
      given,
      this.#info.seed,
      story === null || upTo === undefined ? null : { ...story, upTo },
    );
  }

  /** The last event that it takes from the run in whose middle it starts; `undefined`: it starts from nothing. */
  get storyUpTo(): EventId | undefined {
    return this.#beginning.story?.upTo;
  }

  /** Lets a new cluster's time pass. */
  start(): void {
    this.#pacer.start();
  }

  /** Brings a kept session back to where it was, and lets it go on if it was going; false: the trace is another one. */
  async restore({ steps, timeUs, position, hash, running }: LivePlace): Promise<boolean> {
    const replay = this.#live.replay(steps, timeUs, position);
    while (!this.#disposed && inSlice(this.id, () => replay.next().done) !== true) await pause();
    this.#feed.take();
    this.#toldViolations = this.#live.violations.length;
    this.cursor = knownCursor(this.recording, this.cursor);
    const { state } = this.#info;
    if (state.kind === "finished") this.#judged = this.#live.judge();
    else if (state.kind === "paused") this.#because = state.because ?? null;
    if (running && !this.#disposed && this.#judged === null) this.#pacer.start();
    return this.recording.log.hash === hash;
  }

  /** Starts, pauses, steps, paces or stops it. */
  control(control: LiveControl): Failure | null {
    const over = this.#over();
    if (over !== null) return over;
    switch (control.kind) {
      case "run":
        if (this.#isFull()) return { ok: false, message: this.#full() };
        this.#because = null;
        this.#pacer.start();
        break;
      case "pause":
        this.#hold(null);
        break;
      case "stop":
        this.#hold(null);
        this.#judged = this.#live.judge();
        break;
      case "step":
        if (this.#isFull()) return { ok: false, message: this.#full() };
        if (!Number.isSafeInteger(control.events) || control.events < 1 || control.events > MOST_STEPS) {
          return {
            ok: false,
            message: t("A live cluster steps 1 to {0} events at once. Run it to go further.", MOST_STEPS),
          };
        }
        this.#hold(null);
        this.#guarded(() => this.#live.stepEvents(control.events));
        this.#progressed(true);
        return null;
      case "pace":
        if (control.pace !== null && !(control.pace > 0 && Number.isFinite(control.pace))) {
          return { ok: false, message: t("The pace must be greater than 0.") };
        }
        this.#pacer.setPace(control.pace);
        break;
    }
    this.#answerWaiting();
    this.#listener.changed(this, true);
    return null;
  }

  /** The names that steps may use by now. */
  get names(): readonly StepName[] {
    return this.#live.names;
  }

  /** What is wrong with a step, in the language's own words, without doing it. */
  check(step: string): readonly string[] {
    return this.#live.check(step).map(({ message, code }) => `${message} (${code})`);
  }

  /** Does a step and waits for its result; a paused cluster goes on by itself only as far as the result needs. */
  async act(step: string, signal: AbortSignal): Promise<Outcome<{ outcome: StepOutcome }>> {
    const over = this.#over();
    if (over !== null) return over;
    if (signal.aborted) return { ok: false, message: t("The step was cancelled before it began.") };
    const before = this.recording.log.count;
    const act = this.#guarded(() => this.#live.act(step));
    if (!("done" in act)) {
      return { ok: false, message: act.map(({ message, code }) => `${message} (${code})`).join("\n") };
    }
    this.#progressed(true);
    if (!act.done && !this.#pacer.running) await this.#driveTo(act, signal);
    else if (!act.done) await this.#waitFor(act, signal);
    if (!this.#disposed) this.#listener.changed(this, true);
    return { ok: true, outcome: outcomeOf(act, step, this.recording, before) };
  }

  /** Does something with a message under way, named as the step that does it needs it at this instant. */
  async actOnMessage(
    { eventId, copy, fate }: Omit<ParamsOf<typeof liveMessageRequest>, "sessionId">,
    signal: AbortSignal,
  ): Promise<ResultOf<typeof liveMessageRequest>> {
    const place = placeUnderWay(this.recording, eventId, copy);
    if (place === null) return { ok: false, message: t("That message is no longer under way.") };
    const step = messageStep(fate, place);
    const answer = await this.act(step, signal);
    return answer.ok ? { ...answer, step } : answer;
  }

  /** Ends all activity; the session is not usable afterwards. */
  dispose(): void {
    this.#disposed = true;
    this.#pacer.stop();
    this.#answerWaiting();
  }

  #state(): SessionState {
    if (this.#failure !== null) return { kind: "failed", message: this.#failure };
    if (this.#judged !== null) return { kind: "finished", verdict: this.#judged.verdict };
    if (this.#pacer.running) return { kind: "running" };
    return this.#because === null ? { kind: "paused" } : { kind: "paused", because: this.#because };
  }

  /** Whether nothing can be done with it any more, and why. */
  #over(): Failure | null {
    if (this.#failure !== null) return { ok: false, message: this.#failure };
    if (this.#judged === null && !this.#disposed) return null;
    return { ok: false, message: t("This cluster has been stopped. Start a new one.") };
  }

  #isFull(): boolean {
    return this.recording.log.count >= this.#mostEvents;
  }

  #full(): string {
    return t(
      "This cluster has recorded {0} events, as many as are kept of one. Start a new one.",
      this.recording.log.count,
    );
  }

  #hold(because: string | null): void {
    this.#holds += 1;
    this.#because = because;
    this.#pacer.stop();
  }

  /**
   * A person who asks a paused cluster for a value wants the answer, not a wait for somebody to press Run. Pausing
   * ends this; running it leaves the rest to its pace.
   */
  async #driveTo(act: LiveAct, signal: AbortSignal): Promise<void> {
    const holds = this.#holds;
    while (!act.done && !signal.aborted && this.#over() === null && holds === this.#holds && !this.#isFull()) {
      if (this.#pacer.running) {
        await this.#waitFor(act, signal);
        return;
      }
      const until = performance.now() + SLICE_MS;
      let going = true;
      this.#guarded(() => {
        while (going && !act.done && performance.now() < until) going = this.#live.goOn();
      });
      this.#progressed(false);
      // Nothing will ever happen again by itself: the result may come with another step, but not by waiting.
      if (!going) return;
      await pause();
    }
  }

  /** Until the result is there, nobody wants it any more, or the cluster has stopped for good. */
  async #waitFor(act: LiveAct, signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (!act.done && !signal.aborted && this.#over() === null) return;
        this.#waiting.delete(look);
        signal.removeEventListener("abort", look);
        resolve();
      };
      this.#waiting.add(look);
      signal.addEventListener("abort", look);
      look();
    });
  }

  #answerWaiting(): void {
    for (const look of [...this.#waiting]) look();
  }

  /** Tells what has happened since the last time. */
  #progressed(urgent: boolean): void {
    const { violations } = this.#live;
    const broken = violations.slice(this.#toldViolations).find(({ expected }) => !expected);
    this.#toldViolations = violations.length;
    // A debugger stops where an assertion fails: the cluster is shown as it broke.
    const full = broken === undefined && this.#pacer.running && this.#isFull();
    if (broken !== undefined) this.#hold(t("{0} was violated: {1}", broken.property, broken.message));
    else if (full) this.#hold(this.#full());
    for (const { watch, timeUs, text } of this.#feed.take()) this.#listener.watched(this, watch, timeUs, text);
    this.#answerWaiting();
    this.#listener.changed(this, urgent || broken !== undefined || full);
  }

  /** Runs engine code: what it throws ends the session, and is told to whoever called. */
  #guarded<T>(work: () => T): T {
    try {
      return inSlice(this.id, work);
    } catch (error) {
      this.#break(error);
      throw error;
    }
  }

  #break(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#failure = t("The cluster stopped because of an error in Raft Lab: {0}. Start a new one.", message);
    this.#pacer.stop();
    this.#answerWaiting();
    this.#listener.broken(this, error);
  }
}
