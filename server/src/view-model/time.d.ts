/** Virtual time and counts, as people read them. */
/** `412 µs`, `412.037 ms`, `12.412 s`: exact to the microsecond below a second, to the millisecond above. */
export declare function formatTime(us: number): string;
/** Like {@link formatTime} but with three figures at most, for axes and chips. */
export declare function formatShortTime(us: number): string;
/** `1,000,000`. */
export declare function formatCount(count: number): string;
/** A step of 1, 2 or 5 times a power of ten, so that `span` has at most `most` of them. */
export declare function niceStep(span: number, most: number): number;
