import type { Micros } from "../sim/config.js";

/** What a task waits for. */
export type Wait =
  /** An instant. */
  | { readonly kind: "until"; readonly timeUs: Micros }
  /**
   * A place in the run: an instant, once so many queue items of that very instant were processed. Whatever else goes on
   * there goes first. Resumed with whether there were as many.
   */
  | { readonly kind: "place"; readonly timeUs: Micros; readonly items: number }
  /** A condition, at the latest an instant (`null`: however long it takes). Resumed with whether it came true. */
  | { readonly kind: "condition"; readonly test: () => boolean; readonly deadlineUs: Micros | null }
  /** The same for whoever waits for others' doings: it gives up after all of them. */
  | { readonly kind: "others"; readonly test: () => boolean };

/** A script that runs in virtual time: it yields what it waits for and is resumed with whether that came true. */
export type Script = Generator<Wait, void, boolean>;

/** Thrown where a script would do something that may do nothing any more: it ends there. */
export class CutOff extends Error {}

/** A script under way. */
export class Task {
  readonly name: string;
  /** Whether it is the scenario's own sequence of steps, which lets all others go first. */
  readonly main: boolean;
  /** Whether it only goes on as long as something else does: a lease's renewals hold up no scenario's end. */
  readonly background: boolean;
  readonly #script: Script;
  #wait: Wait | null = null;
  done = false;

  constructor(name: string, script: Script, background = false, main = false) {
    this.name = name;
    this.main = main;
    this.background = background;
    this.#script = script;
  }

  /** The instant at which the task goes on at the latest; `null` when only a condition can wake it. */
  get deadlineUs(): Micros | null {
    if (this.#wait === null) return null;
    if (this.#wait.kind === "others") return null;
    return this.#wait.kind === "condition" ? this.#wait.deadlineUs : this.#wait.timeUs;
  }

  /** The place that it waits for; `null` when it waits for something else. */
  get place(): (Wait & { readonly kind: "place" }) | null {
    return !this.done && this.#wait?.kind === "place" ? this.#wait : null;
  }

  /** Goes on as far as possible at `nowUs`; true when it moved. */
  poll(nowUs: Micros): boolean {
    if (this.done) return false;
    let moved = false;
    for (;;) {
      const answer = this.#wait === null ? true : answerOf(this.#wait, nowUs);
      if (answer === null) return moved;
      moved = true;
      if (!this.#goOn(answer)) return true;
    }
  }

  /** Goes on from the place it waited for, where it is now or which it has missed. */
  arrive(there: boolean): void {
    if (this.place !== null) this.#goOn(there);
  }

  #goOn(answer: boolean): boolean {
    try {
      const next = this.#script.next(answer);
      if (next.done === true) this.done = true;
      else this.#wait = next.value;
    } catch (error) {
      if (!(error instanceof CutOff)) throw error;
      this.done = true;
    }
    return !this.done;
  }

  /** It does no more. */
  cut(): void {
    this.done = true;
  }

  /** Nothing will ever happen again: what is awaited does not come true. `kind`: the waits that are given up. False: it has none. */
  giveUp(kind: "condition" | "others" = "condition"): boolean {
    if (this.done || this.#wait === null || this.#wait.kind !== kind) return false;
    this.#goOn(false);
    return true;
  }
}

function answerOf(wait: Wait, nowUs: Micros): boolean | null {
  // Who waits for a place goes on when nobody else does: see the driver.
  if (wait.kind === "place") return null;
  if (wait.kind === "until") return nowUs >= wait.timeUs ? true : null;
  if (wait.test()) return true;
  if (wait.kind === "others") return null;
  return wait.deadlineUs !== null && nowUs >= wait.deadlineUs ? false : null;
}
