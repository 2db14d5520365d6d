import type { Entry, Index, Term } from "./types.js";
/**
 * The log: entries from {@link firstIndex} to {@link lastIndex} (§5.3). It begins at index 1 until entries that a snapshot
 * covers are dropped (§7). Mutable, but a {@link clone} costs only one pointer per {@link CHUNK} entries: chunks are shared
 * and copied when first written to afterwards.
 */
export declare class RaftLog<C> {
    #private;
    /** A log with these entries, from index 1 on. */
    static of<C>(entries: readonly Entry<C>[]): RaftLog<C>;
    /** An empty log that goes on after the entry at `index`, which has `term` (§7: the state after a snapshot). */
    static after<C>(index: Index, term: Term): RaftLog<C>;
    /** Index of the first entry that is there; `lastIndex + 1` when the log is empty. */
    get firstIndex(): Index;
    /** Index of the last entry; the last dropped one's when the log is empty, 0 when nothing was ever dropped either. */
    get lastIndex(): Index;
    /** Term of the last entry, dropped or not; 0 when there was none. */
    get lastTerm(): Term;
    /** The entry at `index`, or `undefined` outside {@link firstIndex}..{@link lastIndex}. */
    at(index: Index): Entry<C> | undefined;
    /**
     * The term of the entry at `index`. Known also for the last dropped one; 0 for index 0, before that and beyond the end.
     */
    termAt(index: Index): Term;
    /** Whether {@link termAt} knows the term of the entry at `index`: it is there, or the last one that is not. */
    knows(index: Index): boolean;
    /** Appends one entry and returns its index. */
    append(entry: Entry<C>): Index;
    /** Removes the entries from `index` on ({@link firstIndex}..lastIndex + 1). Throws for an index that was dropped. */
    truncateFrom(index: Index): void;
    /** Drops the entries up to `index`, which a snapshot covers (§7). At most everything. */
    compactTo(index: Index): void;
    /** Forgets everything: the log goes on after the entry at `index`, which has `term`. */
    restart(index: Index, term: Term): void;
    /** Entries `from`..`to`, both inclusive, as a new array; those that were dropped are not in it. */
    slice(from: Index, to: Index): Entry<C>[];
    /** The first index, dropped entries apart, whose entry has the term of the entry at `index` in an unbroken run up to it. */
    firstIndexOfTerm(index: Index): Index;
    /** An independent copy that shares the entries. */
    clone(): RaftLog<C>;
}
