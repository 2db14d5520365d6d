import type { Micros } from "../sim/config.js";

/** What a task waits for. */
export type Wait =
  /** An instant. */
  | { readonly kind: "until"; readonly timeUs: Micros }
  /** A condition, at the latest an instant (`null`: however long it takes). Resumed with whether it came true. */
  | { readonly kind: "condition"; readonly test: () => boolean; readonly deadlineUs: Micros | null };

/** A script that runs in virtual time: it yields what it waits for and is resumed with whether that came true. */
export type Script = Generator<Wait, void, boolean>;

/** A script under way. */
export class Task {
  readonly name: string;
  /** Whether it only goes on as long as something else does: a lease's renewals hold up no scenario's end. */
  readonly background: boolean;
  readonly #script: Script;
  #wait: Wait | null = null;
  done = false;

  constructor(name: string, script: Script, background = false) {
    this.name = name;
    this.background = background;
    this.#script = script;
  }

  /** The instant at which the task goes on at the latest; `null` when only a condition can wake it. */
  get deadlineUs(): Micros | null {
    if (this.#wait === null) return null;
    return this.#wait.kind === "until" ? this.#wait.timeUs : this.#wait.deadlineUs;
  }

  /** Goes on as far as possible at `nowUs`; true when it moved. */
  poll(nowUs: Micros): boolean {
    if (this.done) return false;
    let moved = false;
    for (;;) {
      const answer = this.#wait === null ? true : answerOf(this.#wait, nowUs);
      if (answer === null) return moved;
      moved = true;
      const next = this.#script.next(answer);
      if (next.done === true) {
        this.done = true;
        return true;
      }
      this.#wait = next.value;
    }
  }

  /** Nothing will ever happen again: what is awaited does not come true. */
  giveUp(): boolean {
    if (this.done || this.#wait === null || this.#wait.kind !== "condition") return false;
    const next = this.#script.next(false);
    if (next.done === true) this.done = true;
    else this.#wait = next.value;
    return true;
  }
}

function answerOf(wait: Wait, nowUs: Micros): boolean | null {
  if (wait.kind === "until") return nowUs >= wait.timeUs ? true : null;
  if (wait.test()) return true;
  return wait.deadlineUs !== null && nowUs >= wait.deadlineUs ? false : null;
}
