/** `1 byte`, `2,048 bytes` */
export declare function bytes(count: number): string;
/** `1 row`, `2 rows` */
export declare function rows(count: number): string;
/** `s1, s2, s3`: parts of equal rank. */
export declare function list(parts: readonly string[]): string;
/** `slow disk; clock drifts`: parts that may hold commas themselves. */
export declare function longList(parts: readonly string[]): string;
/** `s1: what it is` */
export declare function labelled(name: string, text: string): string;
/**
 * Room that a text takes, in widths of a Latin letter: Chinese characters are about twice as wide.
 *
 * @returns what an average letter's width is to be multiplied with
 */
export declare function letters(text: string): number;
/** The text as far as so many letters' widths go, with an ellipsis where it was cut. */
export declare function shortened(text: string, room: number): string;
