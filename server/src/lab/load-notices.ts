import { t } from "../l10n/text.js";

/** How many looks (seconds) the death of the worker is told for. */
const TROUBLED = 60;

/** Tells how busy the simulation is and whether it had trouble lately: when that changes, not with every look. */
export class LoadNotices {
  readonly #tell: (load: number, trouble: string | null) => void;
  #told = "";
  #load = 0;
  #trouble: string | null = null;
  #looks = 0;

  constructor(tell: (load: number, trouble: string | null) => void) {
    this.#tell = tell;
  }

  /** The worker was so busy in the last second. */
  looked(load: number): void {
    this.#load = Math.round(load * 10) / 10;
    this.#looks += 1;
    if (this.#looks > TROUBLED) this.#trouble = null;
    this.#say();
  }

  /** The worker is gone. */
  died(message: string): void {
    this.#load = 0;
    this.#looks = 0;
    this.#trouble = t("The simulation was started again: {0}", message);
    this.#say();
  }

  /** Nothing is told any more. */
  clear(): void {
    this.#told = "closed";
  }

  #say(): void {
    const now = `${this.#load} ${this.#trouble}`;
    if (now === this.#told || this.#told === "closed") return;
    this.#told = now;
    this.#tell(this.#load, this.#trouble);
  }
}
