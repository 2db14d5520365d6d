import type { ClusterConfig, GivenNode } from "../language/program.js";
import type { Failure, LiveControl, Outcome } from "../protocol/requests.js";
import type { EventId, SessionInfo, StepOutcome } from "../protocol/session.js";
import { type LiveAct, LiveRun } from "../scenario/live-run.js";
import type { Recording } from "../trace/recording.js";
import { outcomeOf } from "./act-outcome.js";
import { type OpenSession, recordingInfo } from "./open-session.js";
import type { LivePlace, SessionRecord } from "./record.js";
import { pause } from "./slices.js";

/** Queue items between two looks at the clock, and how long a slice lasts. */
const BATCH = 500;
const SLICE_MS = 8;
/** Real time between two slices of a paced cluster. */
const TICK_MS = 16;

/** What a live session tells while it runs. */
export interface LiveListener {
  /** Something that lists and panels show has changed. */
  readonly changed: (session: LiveSession) => void;
  /** A watch received something. */
  readonly watched: (session: LiveSession, watch: string, timeUs: number, text: string) => void;
  /** An unexpected error stopped the cluster. */
  readonly broken: (session: LiveSession, error: unknown) => void;
}

/** A live cluster: virtual time paced against real time, steps done as they come. */
export class LiveSession implements OpenSession {
  readonly id: string;
  cursor: EventId | null;
  readonly #info: SessionInfo;
  readonly #live: LiveRun;
  readonly #listener: LiveListener;
  #pace: number | null;
  #running = false;
  #ended = false;
  #timer: NodeJS.Timeout | null = null;
  /** Real and virtual time at the last change of pace. */
  #since = { realMs: 0, virtualUs: 0 };
  #toldWatchEvents = 0;
  readonly #waiting = new Set<{ readonly act: LiveAct; readonly resolve: () => void }>();

  constructor(record: SessionRecord, config: ClusterConfig, given: readonly GivenNode[], listener: LiveListener) {
    this.id = record.info.id;
    this.cursor = record.info.cursor;
    this.#info = record.info;
    this.#pace = record.info.pace;
    this.#listener = listener;
    this.#live = new LiveRun(config, given, record.info.seed);
  }

  get recording(): Recording {
    return this.#live.recording;
  }

  get violations(): OpenSession["violations"] {
    return this.#live.violations;
  }

  /** Where it stands, to be kept. */
  get place(): LivePlace {
    const { nowUs: timeUs, position } = this.recording.world;
    return { steps: this.#live.steps, timeUs, position };
  }

  info(): SessionInfo {
    const state: SessionInfo["state"] = this.#ended
      ? { kind: "finished", verdict: this.violations.length === 0 ? "pass" : "fail" }
      : { kind: this.#running ? "running" : "paused" };
    const traceHash = this.#ended ? this.recording.log.hash : null;
    return { ...this.#info, ...recordingInfo(this.recording), state, traceHash, cursor: this.cursor, pace: this.#pace };
  }

  /** Brings a kept session back to where it was, and lets it go on if it was going. */
  async restore(place: LivePlace, wasRunning: boolean): Promise<void> {
    const replay = this.#live.replay(place.steps, place.timeUs, place.position);
    while (replay.next().done !== true) await pause();
    this.#toldWatchEvents = this.#watchEvents().length;
    if (wasRunning) this.#run();
  }

  /** Starts, pauses, steps, paces or stops it. */
  control(control: LiveControl): Failure | null {
    if (this.#ended) return { ok: false, message: "This cluster has been stopped. Start a new one." };
    switch (control.kind) {
      case "run":
        this.#run();
        break;
      case "pause":
        this.#halt();
        break;
      case "stop":
        this.#halt();
        this.#ended = true;
        this.#answerWaiting(true);
        break;
      case "step":
        this.#halt();
        this.#live.stepEvents(control.events);
        this.#afterProgress();
        break;
      case "pace":
        if (control.pace !== null && !(control.pace > 0)) {
          return { ok: false, message: "The pace must be greater than 0." };
        }
        this.#pace = control.pace;
        this.#rebase();
        break;
    }
    this.#listener.changed(this);
    return null;
  }

  /** Does a step and waits for its result; a paused cluster goes on by itself only as far as the result needs. */
  async act(step: string, signal: AbortSignal): Promise<Outcome<{ outcome: StepOutcome }>> {
    if (this.#ended) return { ok: false, message: "This cluster has been stopped. Start a new one." };
    const before = this.recording.log.count;
    const act = this.#live.act(step);
    if (!("done" in act)) {
      return { ok: false, message: act.map(({ message, code }) => `${message} (${code})`).join("\n") };
    }
    this.#afterProgress();
    this.#listener.changed(this);
    if (!act.done) await this.#resultOf(act, signal);
    this.#listener.changed(this);
    return { ok: true, outcome: outcomeOf(act, step, this.recording, before) };
  }

  /** Ends all activity; the session is not usable afterwards. */
  dispose(): void {
    this.#halt();
    this.#ended = true;
    this.#answerWaiting(true);
  }

  async #resultOf(act: LiveAct, signal: AbortSignal): Promise<void> {
    if (!this.#running) {
      // A person who asks a paused cluster for a value wants the answer, not a wait for somebody to press Run.
      while (!act.done && !signal.aborted && !this.#ended && !this.#running) {
        const until = performance.now() + SLICE_MS;
        while (!act.done && performance.now() < until) this.#live.stepEvents(1);
        this.#afterProgress();
        await pause();
      }
      if (act.done) return;
    }
    await new Promise<void>((resolve) => {
      this.#waiting.add({ act, resolve });
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
  }

  #run(): void {
    if (this.#running) return;
    this.#running = true;
    this.#rebase();
    this.#tick();
  }

  #halt(): void {
    this.#running = false;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #rebase(): void {
    this.#since = { realMs: performance.now(), virtualUs: this.recording.world.nowUs };
  }

  #tick(): void {
    if (!this.#running) return;
    try {
      const behind = !this.#advance();
      this.#afterProgress();
      this.#listener.changed(this);
      this.#timer = setTimeout(() => this.#tick(), behind ? 0 : TICK_MS);
    } catch (error) {
      this.#halt();
      this.#listener.broken(this, error);
    }
  }

  /** Goes on to where virtual time should be by now; false when the slice was too short for that. */
  #advance(): boolean {
    const started = performance.now();
    const until = started + SLICE_MS;
    const pace = this.#pace;
    const limitUs =
      pace === null
        ? this.recording.world.nowUs + 1_000_000
        : this.#since.virtualUs + Math.floor((started - this.#since.realMs) * 1000 * pace);
    while (performance.now() < until) {
      if (this.#live.advance(Math.max(limitUs, this.recording.world.nowUs), BATCH)) return pace !== null;
    }
    // Too quick for this machine: the pace holds from here on, instead of a chase that never ends.
    this.#rebase();
    return false;
  }

  #afterProgress(): void {
    this.#answerWaiting(false);
    const events = this.#watchEvents();
    for (const { watch, timeUs, text } of events.slice(this.#toldWatchEvents)) {
      this.#listener.watched(this, watch, timeUs, text);
    }
    this.#toldWatchEvents = events.length;
  }

  #answerWaiting(all: boolean): void {
    for (const waiting of this.#waiting) {
      if (!all && !waiting.act.done) continue;
      this.#waiting.delete(waiting);
      waiting.resolve();
    }
  }

  #watchEvents(): readonly { watch: string; timeUs: number; text: string }[] {
    const { watches } = this.recording.history;
    if (watches.length === 0) return [];
    const all = watches.flatMap(({ name, received }) =>
      received.map(({ event, timeUs, eventId }) => {
        const value = event.type === "put" ? ` ${JSON.stringify(event.kv.value)}` : "";
        return {
          watch: name,
          timeUs,
          eventId,
          text: `${event.type} ${event.kv.key}${value} rev ${event.kv.modRevision}`,
        };
      }),
    );
    return all.sort((a, b) => a.eventId - b.eventId);
  }
}
