/**
 * A stream of randomness with a name. Every consumer (each server, the network, each disk, each client, the
 * nemesis) has its own, so that adding one does not shift the others.
 */
export declare class RandomStream {
    #private;
    private constructor();
    /** The stream that belongs to `seed` (any integer) and `name`. */
    static of(seed: number, name: string): RandomStream;
    /** A fraction in [0, 1). */
    fraction(): number;
    /** An integer in `min`..`max`, both inclusive. The span must be below 2^32. */
    integer(min: number, max: number): number;
    /** True with probability `chance` (0..1). Draws nothing for 0 or less. */
    chance(chance: number): boolean;
    /** An independent copy that continues with the same numbers. */
    clone(): RandomStream;
}
