/** `a, b, c` */
export declare function commas(texts: readonly string[]): string;
/** `a; b; c` */
export declare function semicolons(texts: readonly string[]): string;
/** `a or b or c` */
export declare function alternatives(texts: readonly string[]): string;
/** `a and b and c` */
export declare function conjunction(texts: readonly string[]): string;
/** Sentences one after another, without the last one's end. */
export declare function sentences(texts: readonly string[]): string;
