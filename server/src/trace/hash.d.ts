/**
 * A running 64-bit hash of integers (two lanes of MurmurHash3's mixing): equal traces have equal hashes, on every
 * machine. Not cryptographic.
 */
export declare class TraceHash {
    #private;
    /** Takes in one 32-bit integer. */
    word(value: number): void;
    /** Takes in an instant: an integer below 2^53. */
    time(value: number): void;
    /** The hash of all words so far and their number: 16 hexadecimal digits. */
    digest(length: number): string;
}
