/** How long to wait before a server that has died is started again, and when to give up. */

const DELAYS_MS = [100, 500, 2_000, 5_000, 10_000];
const WINDOW_MS = 180_000;

/** Back-off over the deaths of the last three minutes. Pure: the time is handed in. */
export class RestartPolicy {
  #deaths: number[] = [];

  /** The delay in milliseconds before the next start, or `null` to give up. */
  next(now: number): number | null {
    this.#deaths = this.#deaths.filter((death) => now - death < WINDOW_MS);
    this.#deaths.push(now);
    return DELAYS_MS[this.#deaths.length - 1] ?? null;
  }

  /** Forgets all deaths: a person asked for a start. */
  reset(): void {
    this.#deaths = [];
  }
}
