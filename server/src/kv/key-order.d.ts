/**
 * The order of keys. etcd orders by bytes; a well-formed string in UTF-8 has the order of its code points, which
 * differs from JavaScript's order by UTF-16 units where surrogate pairs meet U+E000..U+FFFF.
 */
/** Compares two keys by their UTF-8 bytes: negative, 0 or positive. A prefix comes before what it begins. */
export declare function compareKeys(a: string, b: string): number;
