import type { Micros } from "./config.js";

/** Parts per million: the rate of a clock that is right. */
export const TRUE_RATE = 1_000_000;

/** The rate of a clock that goes on only by jumps: those of a world with manual timers. */
export const STANDS_STILL = 0;

/**
 * A server's own clock: local microseconds as a function of virtual time, linear between changes. Its timers run by it,
 * and so does whatever else a server measures, such as a lease. A clock that nobody touched shows virtual time. All in
 * integers, so that every machine reads the same.
 */
export class LocalClock {
  /** The instant of the last change, and what the clock showed then. */
  #sinceUs: Micros = 0;
  #localUs: Micros = 0;
  /** Local microseconds per virtual second. */
  #rate: number;

  constructor(rate = TRUE_RATE) {
    this.#rate = rate;
  }

  /** Local microseconds per second of virtual time. */
  get rate(): number {
    return this.#rate;
  }

  /** What the clock shows at `timeUs`, which is not before its last change. */
  localAt(timeUs: Micros): Micros {
    const passed = timeUs - this.#sinceUs;
    return this.#localUs + (this.#rate === TRUE_RATE ? passed : scaled(passed, this.#rate));
  }

  /** The first instant, not before the clock's last change, at which it shows `localUs` or more. It must run. */
  instantOf(localUs: Micros): Micros {
    const ahead = localUs - this.#localUs;
    if (ahead <= 0) return this.#sinceUs;
    if (this.#rate === TRUE_RATE) return this.#sinceUs + ahead;
    let passed = Math.ceil((ahead / this.#rate) * TRUE_RATE);
    while (passed > 0 && scaled(passed - 1, this.#rate) >= ahead) passed -= 1;
    while (scaled(passed, this.#rate) < ahead) passed += 1;
    return this.#sinceUs + passed;
  }

  /** From `nowUs` on the clock runs at `rate`. */
  setRate(rate: number, nowUs: Micros): void {
    this.#localUs = this.localAt(nowUs);
    this.#sinceUs = nowUs;
    this.#rate = rate;
  }

  /** At `nowUs` the clock leaps by `byUs`, back when negative. */
  jump(byUs: Micros, nowUs: Micros): void {
    this.#localUs = this.localAt(nowUs) + byUs;
    this.#sinceUs = nowUs;
  }

  /** An independent copy. */
  clone(): LocalClock {
    const copy = new LocalClock(this.#rate);
    copy.#sinceUs = this.#sinceUs;
    copy.#localUs = this.#localUs;
    return copy;
  }
}

/** `passed` at `rate`, rounded down; in two steps, so that the product stays an exact integer. */
function scaled(passed: Micros, rate: number): Micros {
  const seconds = Math.floor(passed / TRUE_RATE);
  return seconds * rate + Math.floor(((passed - seconds * TRUE_RATE) * rate) / TRUE_RATE);
}
