/**
 * An append-only list whose {@link clone} costs nothing: original and copies share all chunks, each knows its own
 * length, and elements beyond it belong to somebody else. Whoever appends first at a position goes on in the shared
 * chunk; anybody else who appends there copies that one chunk and the table of chunks. Elements can be dropped, which
 * leaves all positions as they were.
 */
export declare class SharedList<T> {
    #private;
    /** Number of positions, those of dropped elements included. */
    get length(): number;
    /** The element at `position`, from 0; `undefined` outside the list, and where it was dropped. */
    at(position: number): T | undefined;
    /** Appends one element. */
    push(element: T): void;
    /** Forgets the element at `position`, here and not in clones. */
    drop(position: number): void;
    /** An independent list with the same elements, in constant time. */
    clone(): SharedList<T>;
}
