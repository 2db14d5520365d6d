/**
 * Decides when diagnostics are sent. An edit waits a moment for the next one, so that a burst of keystrokes is
 * analysed once; while a person types on without a pause, diagnostics still come a few times a second.
 */

/** How long an edit waits for the next one. */
const QUIET_MS = 5;
/** How long the first of a burst of edits waits at most. */
const PATIENCE_MS = 150;

interface Waiting {
  readonly since: number;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** Runs work for a document soon, once for many requests. */
export class Publisher {
  readonly #waiting = new Map<string, Waiting>();
  readonly #now: () => number;
  readonly #publish: (uri: string) => void;

  constructor(now: () => number, publish: (uri: string) => void) {
    this.#now = now;
    this.#publish = publish;
  }

  /** Asks for the document's diagnostics to be sent soon. */
  schedule(uri: string): void {
    const now = this.#now();
    const waiting = this.#waiting.get(uri);
    if (waiting !== undefined) clearTimeout(waiting.timer);
    const since = waiting?.since ?? now;
    const delay = Math.max(0, Math.min(QUIET_MS, since + PATIENCE_MS - now));
    const timer = setTimeout(() => {
      this.#waiting.delete(uri);
      this.#publish(uri);
    }, delay);
    this.#waiting.set(uri, { since, timer });
  }

  /** Drops what was asked for a document that is closed. */
  cancel(uri: string): void {
    const waiting = this.#waiting.get(uri);
    if (waiting !== undefined) clearTimeout(waiting.timer);
    this.#waiting.delete(uri);
  }

  /** Drops everything. */
  dispose(): void {
    for (const uri of [...this.#waiting.keys()]) this.cancel(uri);
  }
}
