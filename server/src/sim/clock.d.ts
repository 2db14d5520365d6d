import type { Micros } from "./config.js";
/** Parts per million: the rate of a clock that is right. */
export declare const TRUE_RATE = 1000000;
/** The rate of a clock that goes on only by jumps: those of a world with manual timers. */
export declare const STANDS_STILL = 0;
/**
 * A server's own clock: local microseconds as a function of virtual time, linear between changes. Its timers run by it,
 * and so does whatever else a server measures, such as a lease. A clock that nobody touched shows virtual time. All in
 * integers, so that every machine reads the same.
 */
export declare class LocalClock {
    #private;
    constructor(rate?: number);
    /** Local microseconds per second of virtual time. */
    get rate(): number;
    /** What the clock shows at `timeUs`, which is not before its last change. */
    localAt(timeUs: Micros): Micros;
    /** The first instant, not before the clock's last change, at which it shows `localUs` or more. It must run. */
    instantOf(localUs: Micros): Micros;
    /** From `nowUs` on the clock runs at `rate`. */
    setRate(rate: number, nowUs: Micros): void;
    /** At `nowUs` the clock leaps by `byUs`, back when negative. */
    jump(byUs: Micros, nowUs: Micros): void;
    /** An independent copy. */
    clone(): LocalClock;
}
