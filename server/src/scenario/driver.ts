import type { SharedState } from "./context.js";
import { checkStanding } from "./standing.js";
import type { Task } from "./task.js";

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
    return this.#shared.ended || this.#shared.tasks.every((task) => task.done || task.background);
  }

  /** Lets every task go on as far as it can at the present instant; those that wait for this very place last, one by one. */
  poll(): void {
    const { tasks, recording } = this.#shared;
    do {
      for (let moved = true; moved; ) {
        moved = false;
        // Tasks that start others append to the list; those are polled in the same round.
        for (const task of tasks) {
          if (this.#shared.ended) return;
          if (task.poll(recording.world.nowUs)) moved = true;
        }
      }
    } while (this.#arrive());
  }

  /** Lets the next task go on that waits for the present place, or has missed its own; false when there is none. */
  #arrive(): boolean {
    const { tasks, instant, recording } = this.#shared;
    const { world } = recording;
    let first: Task | null = null;
    let there = false;
    for (const task of tasks) {
      const { place } = task;
      if (place === null || world.nowUs < place.timeUs) continue;
      const reached = world.nowUs > place.timeUs || instant.items(world) >= place.items;
      // Short of its items it has missed its place only when nothing more will happen at its instant.
      if (!reached && world.nextUs === world.nowUs) continue;
      // Of several sequences of steps the innermost, which began last.
      first = task;
      there = reached;
      if (!task.main) break;
    }
    if (first === null) return false;
    // From here on it is the newest: what it starts comes after everything that was there before.
    tasks.splice(tasks.indexOf(first), 1);
    tasks.push(first);
    first.arrive(there);
    return true;
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
      this.#shared.instant.stepped(recording.world);
      checks.progress.passed(recording.world, recording.timeOf);
      checkStanding(this.#shared);
      return "stepped";
    }
    if (wakeUs === null) return "exhausted";
    if (wakeUs > limitUs) return "idle";
    this.advanceTo(wakeUs);
    return "advanced";
  }

  /** Lets time pass without anything happening. */
  advanceTo(timeUs: number): void {
    const { recording, instant } = this.#shared;
    recording.advanceTo(timeUs);
    instant.passed(recording.world);
  }

  /** Nothing will ever happen again: what tasks wait for does not come true. */
  giveUp(): void {
    const { tasks } = this.#shared;
    let given = false;
    for (const task of tasks) if (task.giveUp()) given = true;
    if (!given) for (const task of tasks) task.giveUp("others");
  }
}
