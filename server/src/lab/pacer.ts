import type { LiveRun } from "../scenario/live-run.js";

/** Queue items between two looks at the clock, and how long a slice lasts. */
const BATCH = 500;
const SLICE_MS = 8;
/** A slice that is shorter does little but look at the clock. */
const LEAST_SLICE_MS = 1;
/** Real time between two slices of a paced cluster. */
const TICK_MS = 16;
/** Virtual time of one go at no particular pace. */
const SPRINT_US = 1_000_000;

/** What a pacer tells its owner. */
export interface PacerListener {
  /** Does a piece of simulation. */
  readonly slice: (work: () => boolean) => boolean;
  /** Virtual time has moved on. The owner may stop the pacer. */
  readonly moved: () => void;
  /** The engine failed; the pacer has stopped. */
  readonly failed: (error: unknown) => void;
}

/** The pacers whose clusters run: together they take no longer than one alone before others have their turn. */
const RUNNING = new Set<Pacer>();

/** Lets a live cluster's virtual time follow real time, in bounded slices. */
export class Pacer {
  readonly #live: LiveRun;
  readonly #listener: PacerListener;
  #pace: number | null;
  #running = false;
  #timer: NodeJS.Timeout | null = null;
  /** Real and virtual time at the last change of pace. */
  #since = { realMs: 0, virtualUs: 0 };

  constructor(live: LiveRun, pace: number | null, listener: PacerListener) {
    this.#live = live;
    this.#pace = pace;
    this.#listener = listener;
  }

  /** Virtual seconds per real second; `null` is as fast as possible. */
  get pace(): number | null {
    return this.#pace;
  }

  get running(): boolean {
    return this.#running;
  }

  /** Changes the pace, from now on. */
  setPace(pace: number | null): void {
    this.#pace = pace;
    this.rebase();
  }

  /** Lets time pass. */
  start(): void {
    if (this.#running) return;
    this.#running = true;
    RUNNING.add(this);
    this.rebase();
    this.#timer = setTimeout(() => this.#tick(), 0);
  }

  /** Stops time. */
  stop(): void {
    this.#running = false;
    RUNNING.delete(this);
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Counts from the present instant on. */
  rebase(): void {
    this.#since = { realMs: performance.now(), virtualUs: this.#live.recording.world.nowUs };
  }

  #tick(): void {
    this.#timer = null;
    try {
      const caughtUp = this.#listener.slice(() => this.#advance());
      this.#listener.moved();
      if (this.#running) this.#timer = setTimeout(() => this.#tick(), caughtUp ? TICK_MS : 0);
    } catch (error) {
      this.stop();
      this.#listener.failed(error);
    }
  }

  /** Goes on to where virtual time should be by now; false when the slice was too short for that. */
  #advance(): boolean {
    const { world } = this.#live.recording;
    const started = performance.now();
    const until = started + Math.max(LEAST_SLICE_MS, SLICE_MS / RUNNING.size);
    const pace = this.#pace;
    const limitUs =
      pace === null
        ? world.nowUs + SPRINT_US
        : this.#since.virtualUs + Math.floor((started - this.#since.realMs) * 1000 * pace);
    do {
      if (this.#live.advance(Math.max(limitUs, world.nowUs), BATCH)) return pace !== null;
    } while (performance.now() < until);
    // Too quick for this machine: the pace holds from here on, instead of a chase that never ends.
    this.rebase();
    return false;
  }
}
