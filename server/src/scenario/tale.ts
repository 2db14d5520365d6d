import type { Answer } from "./clients/answer.js";
import type { RunPlace } from "./instant.js";

/** What a step of a person gave. */
export interface Gave {
  readonly ok: boolean;
  readonly result: string;
  /** No further step of the same text was begun. */
  readonly gaveUp: boolean;
  readonly answer: Answer | null;
}

/** What became of one step of a text. */
export interface StepTale {
  /** Where it began, the first time. */
  readonly from: RunPlace;
  /** Whether it did something to the cluster, or tried to. */
  readonly acted: boolean;
  /** In order; of a step that is done very often, the first ones. */
  readonly gave: readonly Gave[];
}

interface OpenTale {
  readonly from: RunPlace;
  acted: boolean;
  readonly gave: Gave[];
}

/** More than that is kept of no step: in a loop that goes on for hours it would fill the memory. */
const MOST_GIVEN = 64;

/** What became of the steps of a text that a person typed. Steps are named by where they begin in it. */
export class Tale {
  readonly #steps = new Map<number, OpenTale>();

  /** A step begins. */
  began(start: number, from: RunPlace): void {
    if (!this.#steps.has(start)) this.#steps.set(start, { from, acted: false, gave: [] });
  }

  /** A step does something. */
  acted(start: number): void {
    const step = this.#steps.get(start);
    if (step !== undefined) step.acted = true;
  }

  /** A step gave something. */
  gave(start: number, given: Gave): void {
    const step = this.#steps.get(start);
    if (step !== undefined && step.gave.length < MOST_GIVEN) step.gave.push(given);
  }

  /** What became of the step that begins there; `undefined` when it was never begun. */
  of(start: number): StepTale | undefined {
    return this.#steps.get(start);
  }

  /** Whether a step gave up, after which no other was begun. */
  get gaveUp(): boolean {
    return [...this.#steps.values()].some(({ gave }) => gave.some(({ gaveUp }) => gaveUp));
  }
}
