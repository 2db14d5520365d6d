/** CRC-32C (RFC 3720 §12.1) of bytes that come one after the other. */
export declare class Crc32c {
    #private;
    /** Adds one byte. */
    byte(value: number): void;
    /** Adds bytes. */
    bytes(values: Uint8Array): void;
    /** The checksum so far, as an unsigned number. */
    get value(): number;
}
