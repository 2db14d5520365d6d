import type { RandomStream } from "../sim/random.js";
import type { EventLog } from "../trace/event-log.js";
import type { Task } from "./task.js";

/** Steps that are told up to an event of the trace: after it, none of them does anything any more. */
export class Story {
  /**
   * Chooses where its steps say `any` or `random`. They begin with the numbers of whoever tells the story and leave those to it: how
   * far they get is then not seen in what is chosen after them.
   */
  readonly random: RandomStream;
  readonly #log: EventLog;
  readonly #upTo: number;
  readonly #parent: Story | null;
  readonly #tasks: Task[] = [];
  #ended = false;

  /** `upTo`: the number of the last event; `parent`: the story that it is a part of. */
  constructor(log: EventLog, upTo: number, parent: Story | null, random: RandomStream) {
    this.#log = log;
    this.#upTo = upTo;
    this.#parent = parent;
    this.random = random.clone();
  }

  /** Whether its event has happened, or it was ended before. */
  get over(): boolean {
    return this.#ended || this.#log.count > this.#upTo || (this.#parent?.over ?? false);
  }

  /** Takes note of a task that it began, to end it as well. */
  add(task: Task): void {
    this.#tasks.push(task);
    this.#parent?.add(task);
  }

  /** Ends it, with all its tasks. */
  end(): void {
    this.#ended = true;
    for (const task of this.#tasks) task.cut();
  }

  /** Whether another one is this one, or a part of it. */
  includes(other: Story | null): boolean {
    for (let story = other; story !== null; story = story.#parent) if (story === this) return true;
    return false;
  }
}
