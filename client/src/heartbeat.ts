/** Notices a server that lives but does not answer: an event loop that is blocked. Knows nothing of VS Code. */

/** Time between two beats. */
export const BEAT_MS = 2_000;
/** Beats without an answer after which the server counts as hanging, and after which it is given up. */
export const HANGS_AFTER = 5;
export const GIVEN_UP_AFTER = 30;

/** What the heartbeat's owner does. */
export interface HeartbeatListener {
  /** Asks the server; settles when it has answered, or cannot. */
  readonly ask: () => Promise<unknown>;
  /** It has begun to hang, or answers again. */
  readonly changed: (hangs: boolean) => void;
  /** It has not answered for a minute. Told once. */
  readonly givenUp: () => void;
}

/** Asks again and again until disposed. Silence is counted in beats and not by a clock: a machine that slept did not hang. */
export class Heartbeat {
  readonly #listener: HeartbeatListener;
  readonly #timer: ReturnType<typeof setInterval>;
  #silent = 0;
  #waiting = false;

  constructor(listener: HeartbeatListener) {
    this.#listener = listener;
    this.#timer = setInterval(() => this.#beat(), BEAT_MS);
  }

  /** Whether the server hangs, for all that is known. */
  get hangs(): boolean {
    return this.#silent >= HANGS_AFTER;
  }

  /** Asks no more. */
  dispose(): void {
    clearInterval(this.#timer);
    this.#waiting = false;
  }

  #beat(): void {
    if (!this.#waiting) {
      this.#waiting = true;
      const settled = (): void => this.#answered();
      this.#listener.ask().then(settled, settled);
      return;
    }
    this.#silent += 1;
    if (this.#silent === HANGS_AFTER) this.#listener.changed(true);
    if (this.#silent === GIVEN_UP_AFTER) this.#listener.givenUp();
  }

  #answered(): void {
    if (!this.#waiting) return;
    this.#waiting = false;
    const hung = this.hangs;
    this.#silent = 0;
    if (hung) this.#listener.changed(false);
  }
}
