/**
 * A map ordered by {@link compareKeys}: a B+ tree whose nodes are shared between clones and copied when first changed. A
 * clone is constant time; a change copies at most one path. Every node knows how many pairs below it count, as `counts`
 * says, so that counting a range is O(log n).
 */
export declare class OrderedMap<V> {
    #private;
    /** An empty map. Left out, `counts` counts every pair. It must always say the same of the same value. */
    constructor(counts?: (value: V) => boolean);
    /** Pairs that count. */
    get count(): number;
    /** The value of `key`. */
    get(key: string): V | undefined;
    /** Adds a key or replaces its value. */
    set(key: string, value: V): void;
    /** Removes a key; `false` where it is not there. */
    delete(key: string): boolean;
    /**
     * Calls `visit` for the pairs from `from` on, in key order, until it returns `false`; passes over subtrees in which
     * nothing counts where `counted` is set. Changing the map meanwhile is not allowed.
     */
    scan(from: string, visit: (key: string, value: V) => boolean, counted?: boolean): void;
    /** How many pairs that count have a key before `key`. */
    countBefore(key: string): number;
    /** An independent map with the same pairs, in constant time. */
    clone(): OrderedMap<V>;
}
