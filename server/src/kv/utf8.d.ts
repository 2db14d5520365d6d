/** The UTF-8 of a text; half a surrogate pair becomes U+FFFD, as in the web's TextEncoder. */
export declare function utf8(text: string): Uint8Array;
/** How many bytes a text's UTF-8 has. */
export declare function utf8Length(text: string): number;
