import type { World } from "../sim/world.js";

/** A place in a run, as exact as there is. */
export interface RunPlace {
  readonly timeUs: number;
  /** Queue items processed before it since the beginning, and of this very instant. */
  readonly position: number;
  readonly items: number;
  /** Whether the run came to the instant because something happened, not because time passed. */
  readonly byItem: boolean;
}

/** What is counted at the present instant of a run: how many of its queue items were processed. */
export class Instant {
  #timeUs = 0;
  /** Queue items processed before this instant. */
  #before = 0;
  #byItem = false;

  /** Queue items of the present instant that were processed. */
  items({ position }: Pick<World, "position">): number {
    return position - this.#before;
  }

  /** Where the run stands. */
  place({ nowUs: timeUs, position }: Pick<World, "nowUs" | "position">): RunPlace {
    return { timeUs, position, items: position - this.#before, byItem: this.#byItem };
  }

  /** One queue item was processed. */
  stepped({ nowUs, position }: Pick<World, "nowUs" | "position">): void {
    if (nowUs !== this.#timeUs) this.#begin(nowUs, position - 1, true);
  }

  /** Time has passed, with nothing happening. */
  passed({ nowUs, position }: Pick<World, "nowUs" | "position">): void {
    if (nowUs !== this.#timeUs) this.#begin(nowUs, position, false);
  }

  #begin(timeUs: number, before: number, byItem: boolean): void {
    this.#timeUs = timeUs;
    this.#before = before;
    this.#byItem = byItem;
  }
}
