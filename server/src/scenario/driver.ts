import type { SharedState } from "./context.js";
import { checkStanding } from "./standing.js";

/** What a {@link Driver} did when asked to go on. */
export type Progress =
  /** One queue item was processed. */
  | "stepped"
  /** Time passed to the next instant a task waits for. */
  | "advanced"
  /** Nothing is due up to the limit. */
  | "idle"
  /** Nothing will ever happen again by itself. */
  | "exhausted";

/** Drives a recording and the tasks that run on it through virtual time, in one defined order. */
export class Driver {
  readonly #shared: SharedState;

  constructor(shared: SharedState) {
    this.#shared = shared;
  }

  /** Whether every task has ended but those in the background. */
  get done(): boolean {
    return this.#shared.tasks.every((task) => task.done || task.background);
  }

  /** Lets every task go on as far as it can at the present instant. */
  poll(): void {
    const { tasks, recording } = this.#shared;
    for (let moved = true; moved; ) {
      moved = false;
      // Tasks that start others append to the list; those are polled in the same round.
      for (const task of tasks) if (task.poll(recording.world.nowUs)) moved = true;
    }
  }

  /** Goes on by one queue item or to the next instant that a task waits for, but not past `limitUs`. Polls first. */
  progress(limitUs: number): Progress {
    this.poll();
    return this.goOn(limitUs);
  }

  /** The same for whoever has polled just now. */
  goOn(limitUs: number): Progress {
    const { tasks, recording, checks } = this.#shared;
    let wakeUs: number | null = null;
    for (const { done, deadlineUs } of tasks) {
      if (!done && deadlineUs !== null && (wakeUs === null || deadlineUs < wakeUs)) wakeUs = deadlineUs;
    }
    const { nextUs } = recording.world;
    if (nextUs !== null && (wakeUs === null || nextUs <= wakeUs)) {
      if (nextUs > limitUs) return "idle";
      recording.step();
      checks.progress.passed(recording.world, recording.timeOf);
      checkStanding(this.#shared);
      return "stepped";
    }
    if (wakeUs === null) return "exhausted";
    if (wakeUs > limitUs) return "idle";
    recording.advanceTo(wakeUs);
    return "advanced";
  }

  /** Nothing will ever happen again: what tasks wait for does not come true. */
  giveUp(): void {
    for (const task of this.#shared.tasks) task.giveUp();
  }
}
