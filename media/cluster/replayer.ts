/** Replays what was recorded: virtual time runs on at a pace, and the session's cursor is led along. */
import type { ClusterState } from "./model.js";

/** What the replay needs of its panel. */
export interface ReplayHost {
  state(): ClusterState;
  set(patch: Partial<ClusterState>): void;
  /** Moves the cursor to the last event at or before this time. */
  seek(timeUs: number): void;
  /** True while the last move is under way. */
  busy(): boolean;
}

/** Where a replay ends before the run does, and what is done there. */
export interface ReplayEnd {
  readonly timeUs: number;
  reached(): void;
}

/** Between two places that a replay asks for, milliseconds: what moves between them is set by itself, in every frame. */
const SEEK_MS = 30;

/** Runs on animation frames, and so stands still while the panel is hidden. */
export class Replayer {
  readonly #host: ReplayHost;
  #frame: number | null = null;
  #end: ReplayEnd | null = null;

  constructor(host: ReplayHost) {
    this.#host = host;
  }

  /** Starts, or ends what is under way. `end`: an earlier end than the run's. */
  toggle(end: ReplayEnd | null = null): void {
    if (this.#host.state().replay !== null) {
      this.stop();
      return;
    }
    this.#end = end;
    this.#start();
  }

  setPace(pace: number): void {
    const { replay } = this.#host.state();
    this.#host.set({ replayPace: pace, ...(replay === null ? {} : { replay: { ...replay, pace } }) });
  }

  stop(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
    if (this.#host.state().replay !== null) this.#host.set({ replay: null });
  }

  #start(): void {
    const { view, session, replayPace } = this.#host.state();
    if (view === null || session === null) return;
    const from = view.timeUs >= session.timeUs ? 0 : view.timeUs;
    this.#host.set({ replay: { pace: replayPace, timeUs: from } });
    let last = performance.now();
    let soughtAt = 0;
    const tick = (now: number) => {
      const { replay, session: present } = this.#host.state();
      if (replay === null || present === null) return;
      // A frame that came late (another tab, a long task) must not jump over what the person waits to see.
      const elapsedMs = Math.min(100, now - last);
      last = now;
      const endUs = this.#end?.timeUs ?? present.timeUs;
      const timeUs = Math.min(endUs, replay.timeUs + elapsedMs * 1000 * replay.pace);
      this.#host.set({ replay: { ...replay, timeUs } });
      const ended = timeUs >= endUs;
      if (ended && this.#end !== null) {
        const { reached } = this.#end;
        this.stop();
        reached();
        return;
      }
      if (ended || (now - soughtAt >= SEEK_MS && !this.#host.busy())) {
        soughtAt = now;
        this.#host.seek(timeUs);
      }
      if (ended) this.stop();
      else this.#frame = requestAnimationFrame(tick);
    };
    this.#frame = requestAnimationFrame(tick);
  }
}
